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
   * Lists of files, in any order: the same names, wherever the files lie, and the same contents, each where both sides
   * know them. A tenant lists names only, and Pulumi compares by contents only.
   */
  files: (declared, live) => {
    const [ours, theirs] = [filesIn(declared), filesIn(live)];
    return ours.length === theirs.length && ours.every((file) => theirs.some((there) => isSameFile(file, there)));
  },
} as const satisfies Record<string, Equal>;

export type ComparatorName = keyof typeof comparators;

/** A file as far as it is known: blank is unknown. */
interface File {
  name: string;
  hash: string;
}

const isSameFile = (left: File, right: File): boolean =>
  [
    [left.name, right.name],
    [left.hash, right.hash],
  ].every(([one, other]) => one === "" || other === "" || one === other);

/** Assets `{ path, hash }`, or bare names, each file once. */
function filesIn(list: Maybe): File[] {
  const files = typeof list === "string" ? list.split(",") : Array.isArray(list) ? list : [];
  const known = files.flatMap((file: Json): File[] => {
    const [path, hash] = isObject(file) ? [own(file, "path"), own(file, "hash")] : [file, ""];
    const name = typeof path === "string" ? lastPart(path) : "";
    const content = typeof hash === "string" ? hash : "";
    return name === "" && content === "" ? [] : [{ name, hash: content }];
  });
  // Of two files of one name, the later one is what the tenant has.
  return known.filter(({ name }, i) => name === "" || known.findLastIndex((other) => other.name === name) === i);
}

/** The name of a file without its folders, as Windows and everybody else writes them. */
const lastPart = (path: string): string => path.trim().replace(/^.*[/\\]/s, "");
