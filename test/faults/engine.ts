import { readFileSync, renameSync, writeFileSync } from "node:fs";
import * as handlers from "../../provider/src/dynamic";
import { sessions } from "../../provider/src/host/dynamic/handler";
import type { JsonObject } from "../../provider/src/reconcile";

export type Kind = keyof typeof handlers;
export type Json = Record<string, unknown>;

/** One resource of a program. An input `{ ref: "name" }` is the id of another resource. */
export interface Declared {
  name: string;
  kind: Kind;
  args: Json;
}

/** What the state keeps of a resource. */
interface Kept extends Declared {
  id: string;
  inputs: Json;
  outputs: Json;
  initErrors: string[];
  /** Deleted to be replaced, and its successor is not there yet. */
  pendingReplacement?: true;
}

export interface Step {
  op: "create" | "update" | "delete" | "replace" | "read";
  name: string;
}

export interface Result {
  /** What was done, refreshes that changed nothing aside. */
  steps: Step[];
  /** Every message that the engine would show. */
  errors: string[];
}

/**
 * The part of the Pulumi engine that decides what a provider goes through: refresh, check, diff, create, update, replace
 * and delete in the order of dependencies, and what the state keeps of half-done work. As in the real engine, a
 * partial failure is kept with its errors, any other failure of a creation leaves nothing in the state, a successful
 * refresh forgets the errors, and what is deleted with its parent is dropped without a call.
 *
 * Each command has a session of its own, as each command of the real engine has a process.
 */
export class Engine {
  private state = new Map<string, Kept>();
  private commands = 0;
  private config: Json = {};
  private steps: Step[] = [];
  private errors: string[] = [];
  /** More settings, for the commands that come. */
  extra: Readonly<Record<string, string>> = {};

  /** With a file, the state is written after every step, and read from there at the beginning. */
  constructor(
    private readonly settings: Readonly<Record<string, string>>,
    private readonly file?: string,
  ) {
    if (file === undefined) return;
    try {
      this.state = new Map(JSON.parse(readFileSync(file, "utf8")) as [string, Kept][]);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
  }

  idOf(name: string): string {
    const kept = this.state.get(name);
    if (!kept) throw new Error(`${name} is not in the state`);
    return kept.id;
  }

  kept(): readonly Readonly<Kept>[] {
    return [...this.state.values()].filter(({ pendingReplacement }) => pendingReplacement !== true);
  }

  refresh(): Promise<Result> {
    return this.command(() => this.refreshAll());
  }

  up(program: readonly Declared[]): Promise<Result> {
    return this.command(async () => {
      if (!(await this.refreshAll())) return;
      let waiting = [...program];
      while (waiting.length > 0) {
        const ready = waiting.filter(({ args }) => !waiting.some(({ name }) => refers(args, name)));
        waiting = waiting.filter((declared) => !ready.includes(declared));
        await Promise.all(ready.map((declared) => this.deploy(declared)));
        if (this.errors.length > 0) return;
      }
      await this.deleteAll(
        [...this.state.values()].filter(({ name }) => !program.some((other) => other.name === name)),
      );
    });
  }

  destroy(): Promise<Result> {
    return this.command(async () => {
      if (await this.refreshAll()) await this.deleteAll([...this.state.values()]);
    });
  }

  private async command(act: () => Promise<unknown>): Promise<Result> {
    this.commands += 1;
    const { settleSeconds = "0", ...settings } = { ...this.settings, ...this.extra };
    this.config = { ...settings, settleSeconds: String(Number(settleSeconds) + engines.next() / 1e9) };
    [this.steps, this.errors] = [[], []];
    try {
      await act();
    } finally {
      sessions.end((key) => this.config[key] as string | undefined);
    }
    return { steps: this.steps, errors: this.errors };
  }

  private async refreshAll(): Promise<boolean> {
    await Promise.all(
      [...this.state.values()].map(async (kept) => {
        if (kept.pendingReplacement) return;
        const read = await this.attempt(() =>
          this.handler(kept.kind).read(kept.id, asJson({ ...kept.outputs, __provider: kept.kind })),
        );
        if (!read) return;
        if (read.id === "") {
          this.state.delete(kept.name);
          this.steps.push({ op: "read", name: kept.name });
          return;
        }
        const inputs = (read.inputs as Json | undefined) ?? kept.inputs;
        this.state.set(kept.name, {
          ...kept,
          inputs: asJson(inputs),
          outputs: asJson(read.props ?? {}),
          initErrors: [],
        });
      }),
    );
    this.save();
    return this.errors.length === 0;
  }

  private async deploy(declared: Declared): Promise<void> {
    const { name, kind } = declared;
    const old = this.state.get(name);
    const news = { ...(this.resolved(declared.args) as Json), __provider: kind };
    const checked = await this.handler(kind).check(asJson(old?.inputs ?? {}), asJson(news));
    if (checked.failures.length > 0) {
      this.errors.push(...checked.failures.map(({ reason }) => `${name}: ${reason}`));
      return;
    }
    const inputs: Json = { ...asJson(checked.inputs), __provider: kind };
    if (!old || old.pendingReplacement) return this.create(declared, inputs);
    const outputs = asJson({ ...old.outputs, __provider: kind });
    const diff = await this.attempt(() => this.handler(kind).diff(old.id, outputs, asJson(inputs)));
    if (!diff) return;
    if (diff.replaces.length > 0) {
      for (const child of this.childrenOf(old)) this.state.delete(child.name);
      if (!(await this.delete(old))) return;
      this.keep({ ...old, pendingReplacement: true });
      return this.create(declared, inputs);
    }
    if (!diff.changes && old.initErrors.length === 0) return;
    const updated = await this.attempt(() => this.handler(kind).update(old.id, outputs, asJson(inputs)));
    if (!updated) return;
    this.steps.push({ op: "update", name });
    this.keep({ ...old, inputs, outputs: asJson(updated.outs), initErrors: [] });
  }

  private async create(declared: Declared, inputs: Json): Promise<void> {
    const { name, kind } = declared;
    try {
      const { id, outs } = await this.handler(kind).create(asJson(inputs));
      this.steps.push({ op: "create", name });
      this.keep({ ...declared, id, inputs, outputs: asJson(outs), initErrors: [] });
    } catch (error) {
      this.report(error);
      const half = error as { id?: unknown; reasons?: unknown; properties?: unknown };
      if (typeof half.id !== "string" || !Array.isArray(half.reasons) || half.reasons.length === 0) return;
      const outputs = asJson(half.properties as Json);
      if (outputs["__provider"] !== kind)
        throw new Error(`The properties of a partial failure lack __provider (${name})`, { cause: error });
      this.steps.push({ op: "create", name });
      this.keep({ ...declared, id: half.id, inputs, outputs, initErrors: half.reasons.map(String) });
    }
  }

  /** Children first; those whose parent goes are dropped without a call. */
  private async deleteAll(doomed: readonly Kept[]): Promise<void> {
    const isDoomed = (name: string) => doomed.some((kept) => kept.name === name);
    const parents = doomed.filter((kept) => !this.parentsOf(kept).some(isDoomed));
    for (const kept of doomed.filter((other) => !parents.includes(other))) this.state.delete(kept.name);
    this.save();
    await Promise.all(
      parents.map(async (kept) => {
        if (kept.pendingReplacement || (await this.delete(kept))) this.forget(kept.name);
      }),
    );
  }

  private async delete({ kind, id, name, outputs }: Kept): Promise<boolean> {
    const done = await this.attempt(async () => {
      await this.handler(kind).delete(id, asJson({ ...outputs, __provider: kind }));
      return true;
    });
    if (done) this.steps.push({ op: "delete", name });
    return done === true;
  }

  /** The handler, pointed at this engine's tenant: a call keeps the connection that it began with. */
  private handler(kind: Kind): (typeof handlers)[Kind] {
    const { config } = this;
    handlers[kind].configure({ config: { get: (key) => config[key.replace("sailpoint:", "")] as string | undefined } });
    return handlers[kind];
  }

  private async attempt<T>(act: () => Promise<T>): Promise<T | undefined> {
    try {
      return await act();
    } catch (error) {
      this.report(error);
      return undefined;
    }
  }

  private report(error: unknown): void {
    if (!(error instanceof Error)) throw new Error(`Something that is no Error was thrown: ${JSON.stringify(error)}`);
    // A numeric code would be taken for a gRPC status.
    if (typeof (error as { code?: unknown }).code === "number")
      throw new Error(`An error has a code: ${error.message}`);
    this.errors.push(`${error.message}\n${String(error.stack)}`);
  }

  private resolved(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.resolved(item));
    if (typeof value !== "object" || value === null) return value;
    if ("ref" in value) return this.idOf(String(value.ref));
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, this.resolved(member)]));
  }

  private parentsOf = ({ args }: Declared): string[] => [...this.state.keys()].filter((name) => refers(args, name));

  private childrenOf = ({ name }: Declared): Kept[] =>
    [...this.state.values()].filter(({ args }) => refers(args, name));

  private keep(kept: Kept): void {
    this.state.set(kept.name, kept);
    this.save();
  }

  private forget(name: string): void {
    this.state.delete(name);
    this.save();
  }

  private save(): void {
    if (this.file === undefined) return;
    writeFileSync(`${this.file}.new`, JSON.stringify([...this.state]));
    renameSync(`${this.file}.new`, this.file);
  }
}

/** Tells the sessions of commands apart. */
const engines = {
  count: 0,
  next(): number {
    this.count += 1;
    return this.count;
  },
};

const refers = (args: Json, name: string): boolean => {
  const source = args["source"];
  return typeof source === "object" && source !== null && "ref" in source && source.ref === name;
};

/** As it crosses the wire to the provider process, where `undefined` cannot go. */
function asJson<T extends object>(value: T): JsonObject & T {
  const text = JSON.stringify(value, (key, member: unknown) => {
    if (member === undefined) throw new Error(`${key} is undefined, which no state can keep`);
    return member;
  });
  return JSON.parse(text) as JsonObject & T;
}
