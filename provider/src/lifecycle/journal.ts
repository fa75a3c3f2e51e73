import type { Kind } from "../kinds/kind";
import type { JsonObject } from "../reconcile";
import type { Session } from "../tenant/session";

/** What a creation that never came to its end left to the next one. */
export interface Interrupted {
  /** When it began, in milliseconds since 1970. */
  startedAt: number;
  /** The object that it took over, as it was before. */
  before?: JsonObject;
}

/** A note of a creation under way. */
export interface Attempt {
  /** An earlier creation of the same object, whose process was killed or which could not learn what came of it. */
  readonly earlier: Interrupted | undefined;
  /** Something was sent, and whether it was applied is not known. */
  inDoubt: boolean;
  /** Called before the first write. */
  begin(before?: JsonObject): void;
  /** The engine hears what came of it, so nothing is left to be told. */
  end(): void;
  /** It failed: what is in doubt is left to the next creation. */
  fail(): void;
}

/**
 * What one process leaves to the next on the same machine: creations note that they are under way, so that the next one
 * of the same object learns of one that was cut off, and since when an object has its present owner.
 */
export interface Journal {
  /** @param key Tells the object: its tenant, kind and natural key. */
  attempt(key: readonly string[]): Attempt;
  /** Notes since when an object has its present owner, in milliseconds since 1970. */
  noteOwner(key: readonly string[], since: number): void;
  /** Since when it has, if that was noted lately. */
  ownerSince(key: readonly string[]): number | undefined;
  /** Tells all processes of this command something. */
  note(key: readonly string[], text: string): void;
  /** What they were told under this key, the oldest first. */
  noted(key: readonly string[]): readonly string[];
}

export const sourceIdOf = (inputs: JsonObject): string =>
  typeof inputs["source"] === "string" ? inputs["source"] : "";

/** The note of this creation. Its source is told by the id alone: what it is called is known at one time, and not at another. */
export const attemptOf = ({ host }: Pick<Session, "host">, journal: Journal, kind: Kind, inputs: JsonObject): Attempt =>
  journal.attempt([host, kind.name, kind.title({ ...inputs, source: "" }), sourceIdOf(inputs)]);
