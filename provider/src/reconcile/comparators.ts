import { type Json, type Maybe, isObject, own, same } from "./json";

/** Whether a declared value and the live one mean the same. `root` is the whole live object. */
export type Equal = (declared: Maybe, live: Maybe, root: Maybe) => boolean;

/** Equality of two values by a normal form of them. */
const by =
  (normal: (value: Maybe) => Maybe): Equal =>
  (declared, live) =>
    same(normal(declared), normal(live));

/** Equalities that the tree of fields names. */
export const comparators = {
  /** Words that are told apart by blanks, in any case: a cron expression, which tenants give back in upper case. */
  words: by((value) => (typeof value === "string" ? value.trim().split(/\s+/).join(" ").toUpperCase() : value)),
  /** A connector's script name: tenants answer `delimited-file` with `delimited-file-angularsc`. */
  connector: by((value) => (typeof value === "string" ? value.replace(/-angularsc$/, "") : value)),
  /** Any case, blanks around it left out. */
  caseless: by((value) => (typeof value === "string" ? value.trim().toUpperCase() : value)),
  /**
   * Lists of files, in any order: the same names, wherever the files lie, and the same contents where both sides know
   * them. A tenant lists names only.
   */
  files: (declared, live) => {
    const [ours, theirs] = [filesIn(declared), filesIn(live)];
    return (
      ours.size === theirs.size &&
      [...ours].every(([name, hash]) => {
        const there = theirs.get(name);
        return there !== undefined && (hash === "" || there === "" || hash === there);
      })
    );
  },
} as const satisfies Record<string, Equal>;

export type ComparatorName = keyof typeof comparators;

/** The hash of each file by its name: of an asset `{ path, hash }`, or a bare name. */
function filesIn(list: Maybe): Map<string, string> {
  const files = typeof list === "string" ? list.split(",") : Array.isArray(list) ? list : [];
  return new Map(
    files.flatMap((file: Json): [string, string][] => {
      const [name, hash] = isObject(file) ? [own(file, "path"), own(file, "hash")] : [file, ""];
      const base = typeof name === "string" ? lastPart(name) : "";
      return base === "" ? [] : [[base, typeof hash === "string" ? hash : ""]];
    }),
  );
}

/** The name of a file without its folders, as Windows and everybody else writes them. */
const lastPart = (path: string): string => path.trim().replace(/^.*[/\\]/s, "");
