/** The ways in which somebody can change on the tenant what a program declares. */
export const driftClasses = [
  "scalar",
  "nested-key",
  "list-element",
  "order",
  "removed",
  "added-to-list",
  "added-by-others",
] as const;
type DriftClass = (typeof driftClasses)[number];

export type Args = Record<string, unknown>;
/** A JSON Patch on what the tenant stores. */
export type Edit = (stored: Args) => { op: string; path: string; from?: string; value?: unknown }[];

/** What somebody does on the tenant, what the preview shows of it, and where the repair writes. */
export interface Drift {
  edit: Edit;
  /** Empty: it is no drift, and nothing is written. */
  shows: { path: string; old?: unknown; new?: unknown }[];
  /** The paths that the one PATCH writes, guards aside. Absent where the API can only PUT. */
  writes?: string[];
}

export interface Entry {
  kind: string;
  /** What it is called where the table has several of its kind. */
  label?: string;
  /** The program's arguments. `cell` is unique on the tenant. */
  declared: (source: string, cell: string) => Args;
  /** Where the tenant stores it, below its source, whose id stands for `{source}`; absent for a source. */
  part?: string;
  /** What is there before the program comes, where a fresh source has too little to be worth restoring. */
  former?: Args;
  /** What others do besides, in every cell: it never shows, is never written and stays. */
  others: Edit;
  /** Lists of the stored object whose order means nothing. */
  unordered?: string[];
  drift: Partial<Record<DriftClass, Drift>>;
  /** A change in the program, and where the one PATCH writes. */
  update: { changed: (declared: Args) => Args; writes?: string[] };
  /** Something that is no longer declared of an object that was taken over: what `back` picks is as it was before. */
  withdrawn?: { changed: (declared: Args) => Args; back: (stored: Args) => unknown };
  /** A change of what is immutable, and the input that the preview blames. `spare` is another source. */
  replace: { changed: (declared: Args, spare: string) => Args; key: string };
}

export const set = (path: string, value: unknown) => ({ op: "replace", path, value });
export const add = (path: string, value: unknown) => ({ op: "add", path, value });
export const remove = (path: string) => ({ op: "remove", path });
export const move = (from: string, path: string) => ({ op: "move", from, path });

interface Named {
  name?: unknown;
  property?: unknown;
}
/** Where the member of this name stands. */
export function place(list: unknown, name: string): string {
  const index = (list as Named[]).findIndex((member) => (member.name ?? member.property) === name);
  if (index < 0) throw new Error(`There is no ${name} in ${JSON.stringify(list)}`);
  return String(index);
}

export const without = (args: Args, ...keys: string[]): Args =>
  Object.fromEntries(Object.entries(args).filter(([key]) => !keys.includes(key)));
