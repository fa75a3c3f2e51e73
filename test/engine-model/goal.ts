import type * as handlers from "../../provider/src/dynamic";
import type { JsonObject } from "../../provider/src/reconcile";
import { type Marks, NONE } from "./marks";

export type Kind = keyof typeof handlers;
export type Json = Record<string, unknown>;

/** One resource of a program. An input `{ ref: "name" }` is the id of another resource; of a goal, `{ ref: "URN" }`. */
export interface Declared {
  name: string;
  kind: Kind;
  args: Json;
}

/** What a program asks of the engine for one resource. */
export interface Goal extends Declared {
  urn: string;
  /** Which of its inputs the program has marked as secrets. */
  marks: Marks;
  /** The settings of the provider that it goes to; undefined: the configured one. */
  provider?: Readonly<Record<string, string>>;
  /** URNs of the resources that it needs. */
  dependsOn: readonly string[];
  deletedWith?: string;
  /** URNs that it had. */
  aliases: readonly string[];
  ignoreChanges: readonly string[];
  replaceOnChanges: readonly string[];
  protect: boolean;
  retainOnDelete: boolean;
  deleteBeforeReplace?: boolean;
}

/** The goals of a program that is a list; what refers to another as its source goes with it, as in a real program. */
export function goalsOf(program: readonly Declared[]): Goal[] {
  const urnOf = (name: string) => urnFor(program.find((other) => other.name === name) ?? { name, kind: "source" });
  return program.map((declared) => {
    const source = refIn(declared.args["source"]);
    return {
      ...declared,
      args: withoutRefs(declared.args, (name) => ({ ref: urnOf(name) })) as Json,
      urn: urnFor(declared),
      marks: NONE,
      dependsOn: refsIn(declared.args).map(urnOf),
      ...(source === undefined ? {} : { deletedWith: urnOf(source) }),
      aliases: [],
      ignoreChanges: [],
      replaceOnChanges: [],
      protect: false,
      retainOnDelete: false,
    };
  });
}

const urnFor = ({ kind, name }: Pick<Declared, "kind" | "name">): string => `${kind}::${name}`;

const refIn = (value: unknown): string | undefined =>
  typeof value === "object" && value !== null && "ref" in value ? String(value.ref) : undefined;

export function refsIn(value: unknown): string[] {
  const ref = refIn(value);
  if (ref !== undefined) return [ref];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(refsIn) : [];
}

/** A value with something in place of each `{ ref }`. */
export function withoutRefs(value: unknown, found: (ref: string) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutRefs(item, found));
  if (typeof value !== "object" || value === null) return value;
  const ref = refIn(value);
  if (ref !== undefined) return found(ref);
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withoutRefs(member, found)]));
}

/** As it crosses the wire to the provider process, where `undefined` cannot go. */
export function asJson<T extends object>(value: T): JsonObject & T {
  const text = JSON.stringify(value, (key, member: unknown) => {
    if (member === undefined) throw new Error(`${key} is undefined, which no state can keep`);
    return member;
  });
  return JSON.parse(text) as JsonObject & T;
}
