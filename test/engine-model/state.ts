import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { type Goal, type Json, withoutRefs } from "./goal";
import type { Marks } from "./marks";

/** What the state keeps of a resource. */
export interface Kept extends Omit<Goal, "marks" | "ignoreChanges" | "replaceOnChanges" | "deleteBeforeReplace"> {
  id: string;
  inputs: Json;
  inputMarks: Marks;
  outputs: Json;
  outputMarks: Marks;
  initErrors: string[];
  /** Deleted to be replaced, and its successor is not there yet. */
  pendingReplacement?: true;
  /** Replaced, and not deleted yet. */
  doomed?: true;
  tainted?: true;
}

/** A stack's state: resources in the order of their dependencies. With a file, it is written there after every step. */
export class State {
  private all: Kept[] = [];

  constructor(private readonly file?: string) {
    if (file === undefined) return;
    try {
      this.all = JSON.parse(readFileSync(file, "utf8")) as Kept[];
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
  }

  resources(): readonly Kept[] {
    return this.all;
  }

  /** The resource of this URN, or of one that it had. */
  find({ urn, aliases }: Pick<Goal, "urn" | "aliases">): Kept | undefined {
    const names = [urn, ...aliases];
    return names.map((name) => this.all.find((kept) => kept.urn === name && !kept.doomed)).find((kept) => kept);
  }

  /** Puts one resource in another's place, or at the end. */
  keep(kept: Kept, instead?: Kept): void {
    const at = instead === undefined ? -1 : this.all.indexOf(instead);
    this.all = at < 0 ? [...this.all, kept] : this.all.with(at, kept);
    if (instead !== undefined && instead.urn !== kept.urn) this.rename(instead.urn, kept.urn);
    this.save();
  }

  forget(...gone: readonly Kept[]): void {
    this.all = this.all.filter((kept) => !gone.includes(kept));
    this.save();
  }

  dependents(on: readonly Kept[]): Kept[] {
    const urns = new Set(on.map(({ urn }) => urn));
    const found: Kept[] = [];
    for (const kept of this.all) {
      if (kept.doomed || !kept.dependsOn.some((urn) => urns.has(urn))) continue;
      urns.add(kept.urn);
      found.push(kept);
    }
    return found.filter((kept) => !on.includes(kept));
  }

  snapshot(): readonly Kept[] {
    return this.all;
  }

  restore(snapshot: readonly Kept[]): void {
    this.all = [...snapshot];
  }

  private rename(from: string, to: string): void {
    this.all = this.all.map((kept) =>
      kept.dependsOn.includes(from) || kept.deletedWith === from
        ? {
            ...kept,
            args: withoutRefs(kept.args, (urn) => ({ ref: urn === from ? to : urn })) as Json,
            dependsOn: kept.dependsOn.map((urn) => (urn === from ? to : urn)),
            ...(kept.deletedWith === from ? { deletedWith: to } : {}),
          }
        : kept,
    );
  }

  private save(): void {
    if (this.file === undefined) return;
    writeFileSync(`${this.file}.new`, JSON.stringify(this.all));
    renameSync(`${this.file}.new`, this.file);
  }
}
