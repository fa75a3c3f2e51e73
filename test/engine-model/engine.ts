import type { JsonObject } from "../../provider/src/reconcile";
import { UNKNOWN } from "../../provider/src/reconcile/unknown";
import { type Declared, type Goal, type Json, asJson, goalsOf, refsIn, withoutRefs } from "./goal";
import { withIgnored } from "./ignored";
import { Providers, type Settings } from "./provider";
import { type Kept, State } from "./state";

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

export interface Options {
  /** Reads everything first. Default true. */
  refresh?: boolean;
  /** URNs: nothing else is touched. */
  targets?: readonly string[];
  /** URNs that are made anew. */
  replace?: readonly string[];
}

/**
 * The part of the Pulumi engine that decides what a provider goes through, in its order: refresh; then resource by
 * resource, after those that it needs, check, diff and create, update or replace; then deletions, what needs others
 * first. A replacement creates first and deletes at the very end, unless it is to delete before: then what hangs on the
 * object and would be replaced with it is deleted first, then the object. The state keeps half-done work as the real
 * one does: a partial failure with its errors, of any other failed creation nothing; a refresh forgets the errors; what
 * is deleted with another resource that goes is dropped without a call. After a failure nothing more is begun.
 */
export class Engine {
  private readonly state: State;
  private providers = new Providers({}, {});
  private steps: Step[] = [];
  private errors: string[] = [];
  private preparing: Promise<unknown> = Promise.resolve();
  private isPreview = false;
  /** More settings, for the commands that come. */
  extra: Settings = {};

  /** With a file, the state is written after every step, and read from there at the beginning. */
  constructor(
    private readonly settings: Settings,
    file?: string,
  ) {
    this.state = new State(file);
  }

  /** The id of a resource, by its name or URN. */
  idOf(name: string): string {
    const kept = this.state.resources().find((other) => [other.urn, other.name].includes(name) && !other.doomed);
    if (!kept) throw new Error(`${name} is not in the state`);
    return kept.id;
  }

  kept(): readonly Readonly<Kept>[] {
    return this.state.resources().filter(({ pendingReplacement }) => pendingReplacement !== true);
  }

  /** `pulumi state taint`. */
  taint(urn: string): void {
    const kept = this.state.find({ urn, aliases: [] });
    if (kept) this.state.keep({ ...kept, tainted: true }, kept);
  }

  /** `pulumi state delete`, with what depends on it. */
  forget(urn: string): void {
    const kept = this.state.find({ urn, aliases: [] });
    if (kept) this.state.forget(kept, ...this.state.dependents([kept]));
  }

  refresh(options: Options = {}): Promise<Result> {
    return this.command(() => this.refreshAll(options));
  }

  up(program: readonly Declared[] | readonly Goal[], options: Options = {}): Promise<Result> {
    return this.command(() => this.deployAll(asGoals(program), options));
  }

  /** What `up` would do. The state stays as it is. */
  async preview(program: readonly Declared[] | readonly Goal[], options: Options = {}): Promise<Result> {
    const before = this.state.snapshot();
    this.isPreview = true;
    try {
      return await this.command(() => this.deployAll(asGoals(program), options));
    } finally {
      this.isPreview = false;
      this.state.restore(before);
    }
  }

  destroy(options: Options = {}): Promise<Result> {
    return this.command(async () => {
      if (options.refresh !== false && !(await this.refreshAll(options))) return;
      await this.deleteAll([...this.state.resources()]);
    });
  }

  private async command(act: () => Promise<unknown>): Promise<Result> {
    this.providers = new Providers(this.settings, this.extra);
    [this.steps, this.errors] = [[], []];
    try {
      await act();
    } finally {
      this.providers.end();
    }
    return { steps: this.steps, errors: this.errors };
  }

  private async deployAll(goals: readonly Goal[], options: Options): Promise<void> {
    if (options.refresh !== false && !(await this.refreshAll(options))) return;
    let waiting = [...goals];
    while (waiting.length > 0) {
      const ready = waiting.filter(({ dependsOn }) => !waiting.some(({ urn }) => dependsOn.includes(urn)));
      waiting = waiting.filter((goal) => !ready.includes(goal));
      await Promise.all(ready.map((goal) => this.deploy(goal, options)));
      if (this.errors.length > 0) return;
    }
    const declared = new Set(goals.map(({ urn }) => urn));
    const doomed = this.state.resources().filter((kept) => kept.doomed === true || !declared.has(kept.urn));
    await this.deleteAll(options.targets === undefined ? doomed : await this.targeted(doomed, options.targets));
  }

  /** What may be deleted of what is to go: targets, as long as nothing else would have to go with them. */
  private async targeted(doomed: readonly Kept[], targets: readonly string[]): Promise<Kept[]> {
    const isTarget = ({ urn }: Kept) => targets.includes(urn);
    const along = await Promise.all(
      this.state
        .resources()
        .filter(isTarget)
        .map((kept) => this.replacedWith(kept)),
    );
    const more = doomed.filter((kept) => !isTarget(kept) && along.flat().some(({ urn }) => urn === kept.urn));
    this.errors.push(...more.map(({ urn }) => `${urn} will be destroyed but was not specified in the list of targets`));
    return doomed.filter(isTarget);
  }

  private async refreshAll({ targets }: Options): Promise<boolean> {
    const unknown = targets?.find((urn) => !this.state.resources().some((kept) => kept.urn === urn));
    if (unknown !== undefined) {
      this.errors.push(`Target '${unknown}' could not be found in the stack`);
      return false;
    }
    const read = this.state
      .resources()
      .filter((kept) => !kept.pendingReplacement && (targets === undefined || targets.includes(kept.urn)));
    await Promise.all(read.map((kept) => this.read(kept)));
    return this.errors.length === 0;
  }

  private async read(kept: Kept): Promise<void> {
    const answer = await this.attempt(() =>
      this.handler(kept).read(kept.id, asJson({ ...kept.outputs, __provider: kept.kind })),
    );
    if (!answer) return;
    if (answer.id === "") {
      this.state.forget(kept);
      this.steps.push({ op: "read", name: kept.name });
      return;
    }
    const inputs = asJson((answer.inputs as Json | undefined) ?? kept.inputs);
    this.state.keep({ ...kept, inputs, outputs: asJson(answer.props ?? {}), initErrors: [] }, kept);
  }

  private async deploy(goal: Goal, options: Options): Promise<void> {
    // What is no target stays in the state as it was, also what the program says to the engine alone.
    if (options.targets?.includes(goal.urn) === false) return;
    // What is to be done is decided for one resource after the other, and done for many at once.
    const decided = this.preparing.then(() => this.decide(goal, options));
    this.preparing = decided;
    const act = await decided;
    if (act && this.errors.length === 0) await act();
  }

  /** What is to be done for a resource, or nothing where it is as it shall be or cannot be done. */
  private async decide(goal: Goal, options: Options): Promise<(() => Promise<unknown>) | undefined> {
    if (this.errors.length > 0) return undefined;
    const { name, kind } = goal;
    const untouched = goal.dependsOn.find((urn) => this.state.find({ urn, aliases: [] }) === undefined);
    if (untouched !== undefined) {
      this.errors.push(`${name} depends on ${untouched}, which was not specified in the list of targets`);
      return undefined;
    }
    const old = this.state.find(goal);
    const resolved = { inputs: this.resolved(goal.args) as Json, marks: goal.marks };
    const isAnew = old !== undefined && (old.tainted === true || options.replace?.includes(goal.urn) === true);
    const asked =
      old && !old.pendingReplacement
        ? withIgnored(resolved, { inputs: old.inputs, marks: old.inputMarks }, goal.ignoreChanges)
        : resolved;
    const isFresh = old === undefined || old.pendingReplacement === true || isAnew;
    const inputs = await this.check(goal, isFresh ? {} : old.inputs, asked.inputs);
    if (!inputs) return undefined;
    const marks = asked.marks;
    if (!old || old.pendingReplacement) return () => this.create({ ...goal, marks }, inputs, old);
    const outputs = asJson({ ...old.outputs, __provider: kind });
    if (isAnew) return this.replacing(goal, old, () => this.createFirst({ ...goal, marks }, inputs, old));
    const diff = await this.attempt(() => this.handler(goal).diff(old.id, outputs, asJson(inputs)));
    if (!diff) return undefined;
    // Of a provider that says itself what changes, the engine knows no paths: these options meet its errors only.
    const isBroken = old.initErrors.length > 0 && goal.replaceOnChanges.some((path) => /^(\*|#initerror)$/.test(path));
    if (diff.replaces.length > 0 || isBroken) {
      // A replacement is as the program says, whatever it ignores of the old one.
      const news = await this.check(goal, {}, resolved.inputs);
      if (!news) return undefined;
      const anew = { ...goal, marks: resolved.marks };
      return this.replacing(goal, old, () =>
        (goal.deleteBeforeReplace ?? diff.deleteBeforeReplace)
          ? this.deleteFirst(anew, news, old)
          : this.createFirst(anew, news, old),
      );
    }
    if (!diff.changes && old.initErrors.length === 0) {
      this.keepAsIs(goal, old, asked.marks, inputs);
      return undefined;
    }
    return async () => {
      this.steps.push({ op: "update", name });
      if (this.isPreview) return;
      try {
        const updated = await this.handler(goal).update(old.id, outputs, asJson(inputs));
        this.state.keep(keptOf({ ...goal, marks }, old.id, inputs, updated.outs), old);
      } catch (error) {
        if (!this.keepHalfDone({ ...goal, marks }, inputs, error, old)) this.steps.pop();
      }
    };
  }

  private replacing(goal: Goal, old: Kept, act: () => Promise<unknown>): (() => Promise<unknown>) | undefined {
    if (!goal.protect || !old.protect) return act;
    this.errors.push(`unable to replace resource "${old.urn}" as it is currently marked for protection`);
    return undefined;
  }

  /** Nothing to do on the tenant; what the program says to the engine alone is kept. */
  private keepAsIs(goal: Goal, old: Kept, marks = old.inputMarks, inputs = old.inputs): void {
    const { id, outputs, initErrors } = old;
    this.state.keep({ ...keptOf({ ...goal, marks }, id, inputs, outputs), initErrors }, old);
  }

  private async check(goal: Goal, olds: Json, news: Json): Promise<Json | undefined> {
    const { kind, name } = goal;
    const sent = asJson({ ...news, __provider: kind });
    const checked = await this.attempt(() => this.handler(goal).check(asJson(olds), sent));
    if (!checked) return undefined;
    this.errors.push(...checked.failures.map(({ reason }) => `${name}: ${reason}`));
    return checked.failures.length > 0 ? undefined : { ...asJson(checked.inputs), __provider: kind };
  }

  private async createFirst(goal: Goal, inputs: Json, old: Kept): Promise<void> {
    if (!(await this.create(goal, inputs))) return;
    this.state.keep({ ...old, urn: goal.urn, doomed: true }, old);
  }

  private async deleteFirst(goal: Goal, inputs: Json, old: Kept): Promise<void> {
    const dependents = await this.replacedWith(old);
    const guarded = dependents.find((kept) => kept.protect);
    if (guarded) {
      this.errors.push(`unable to replace resource "${guarded.urn}" as part of replacing "${old.urn}" (protection)`);
      return;
    }
    for (const kept of [...dependents.reverse(), old]) {
      const deleted = kept.retainOnDelete || (await this.delete(kept, []));
      if (!deleted) return;
      this.state.keep({ ...kept, pendingReplacement: true }, this.state.find(kept));
    }
    await this.create(goal, inputs, this.state.find(old));
  }

  /** What hangs on a resource and would be replaced if it were another. */
  private async replacedWith(old: Kept): Promise<Kept[]> {
    const replaced = [old];
    for (const kept of this.state.dependents([old])) {
      if (kept.pendingReplacement || !kept.dependsOn.some((urn) => replaced.some((other) => other.urn === urn)))
        continue;
      const urns = new Set(replaced.map(({ urn }) => urn));
      const touched = Object.entries(kept.args).filter(([, value]) => refsIn(value).some((urn) => urns.has(urn)));
      if (touched.length === 0) continue;
      const news = { ...kept.inputs, ...Object.fromEntries(touched.map(([key]) => [key, UNKNOWN])) };
      const outputs = asJson({ ...kept.outputs, __provider: kept.kind });
      const diff = await this.attempt(() => this.handler(kept).diff(kept.id, outputs, asJson(news)));
      if (diff && diff.replaces.length > 0) replaced.push(kept);
    }
    return replaced.slice(1);
  }

  private async create(goal: Goal, inputs: Json, instead?: Kept): Promise<boolean> {
    const { name } = goal;
    if (this.isPreview) {
      this.steps.push({ op: "create", name });
      this.state.keep(keptOf(goal, UNKNOWN, inputs, inputs), instead);
      return true;
    }
    try {
      const { id, outs } = await this.handler(goal).create(asJson(inputs));
      this.steps.push({ op: "create", name });
      this.state.keep(keptOf(goal, id, inputs, outs), instead && this.state.find(instead));
      return true;
    } catch (error) {
      if (!this.keepHalfDone(goal, inputs, error, instead)) return false;
      this.steps.push({ op: "create", name });
      return true;
    }
  }

  /** Tells of a failure, and keeps what it says is there all the same. */
  private keepHalfDone(goal: Goal, inputs: Json, error: unknown, instead?: Kept): boolean {
    this.report(error);
    const half = error as { id?: unknown; reasons?: unknown; properties?: unknown };
    if (typeof half.id !== "string" || !Array.isArray(half.reasons) || half.reasons.length === 0) return false;
    const outputs = asJson(half.properties as Json);
    if (outputs["__provider"] !== goal.kind)
      throw new Error(`The properties of a partial failure lack __provider (${goal.name})`, { cause: error });
    this.state.keep({ ...keptOf(goal, half.id, inputs, outputs), initErrors: half.reasons.map(String) }, instead);
    return true;
  }

  /** What needs others first; those that are deleted with another that goes are dropped without a call. */
  private async deleteAll(doomed: readonly Kept[]): Promise<void> {
    const gone = new Set(doomed.map(({ urn }) => urn));
    let left = [...doomed];
    while (left.length > 0 && this.errors.length === 0) {
      const now = left.filter(
        (kept) => !left.some((other) => other !== kept && other.urn !== kept.urn && other.dependsOn.includes(kept.urn)),
      );
      left = left.filter((kept) => !now.includes(kept));
      await Promise.all(
        now.map(async (kept) => {
          if (kept.pendingReplacement || (await this.delete(kept, [...gone]))) this.state.forget(kept);
        }),
      );
    }
  }

  private async delete(kept: Kept, goneToo: readonly string[]): Promise<boolean> {
    const { id, name, outputs, kind } = kept;
    if (kept.protect && goneToo.length > 0 && !kept.doomed) {
      this.errors.push(`resource "${kept.urn}" cannot be deleted because it is protected`);
      return false;
    }
    const isCalled = !kept.retainOnDelete && !(kept.deletedWith !== undefined && goneToo.includes(kept.deletedWith));
    if (this.isPreview || !isCalled) {
      if (this.isPreview) this.steps.push({ op: "delete", name });
      return true;
    }
    const done = await this.attempt(async () => {
      await this.handler(kept).delete(id, asJson({ ...outputs, __provider: kind }));
      return true;
    });
    if (done) this.steps.push({ op: "delete", name });
    return done === true;
  }

  private readonly handler = ({ kind, provider }: Pick<Goal, "kind" | "provider">) =>
    this.providers.handler(kind, provider);

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
    return withoutRefs(value, (urn) => this.idOf(urn));
  }
}

const asGoals = (program: readonly Declared[] | readonly Goal[]): readonly Goal[] =>
  isGoals(program) ? program : goalsOf(program);
const isGoals = (program: readonly Declared[] | readonly Goal[]): program is readonly Goal[] =>
  program.every((one) => "urn" in one);

function keptOf(
  { marks, ignoreChanges: _ignored, replaceOnChanges: _on, deleteBeforeReplace: _first, aliases: _old, ...goal }: Goal,
  id: string,
  inputs: Json,
  outputs: Json | JsonObject,
): Kept {
  return {
    ...goal,
    aliases: [],
    id,
    inputs,
    inputMarks: marks,
    outputs: asJson(outputs),
    outputMarks: marks,
    initErrors: [],
  };
}
