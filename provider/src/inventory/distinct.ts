import { type Entry, type Note, titleOf } from "./inventory";

/** Without those that could be any of several: each of them would be taken for another. What is left out is noted. */
export function distinct(source: string, entries: readonly Entry[], notes: Note[]): Entry[] {
  const told = new Set<string>();
  const note = (entry: Entry, why: string): void => {
    const title = titleOf(entry);
    if (!told.has(title)) notes.push({ source, title, why });
    told.add(title);
  };
  const known = entries.filter((entry) => {
    const why = entry.live && entry.kind.indistinct?.(entry.live);
    if (why !== undefined) note(entry, why);
    return why === undefined;
  });
  return known.filter((entry) => {
    const isOnly = known.every((other) => other === entry || other.kind !== entry.kind || other.key !== entry.key);
    if (!isOnly) note(entry, "there are several of this key, which a program cannot tell apart");
    return isOnly;
  });
}
