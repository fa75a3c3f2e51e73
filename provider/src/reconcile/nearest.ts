import { closest, distance } from "fastest-levenshtein";

/**
 * The candidate that was probably meant, or none when all are too far away. Case does not count; one that begins alike
 * is nearer than one of like length, and so is the only one with a word that does.
 */
export function nearest(text: string, candidates: readonly string[]): string | undefined {
  const wanted = text.toLowerCase();
  if (wanted === "") return undefined;
  const alike = candidates.filter((candidate) => candidate.toLowerCase().startsWith(wanted));
  if (alike.length > 0) return likest(wanted, alike);
  const inside = candidates.filter((candidate) => words(candidate).some((word) => word.startsWith(wanted)));
  const [only] = inside;
  if (inside.length === 1 && wanted.length > 2) return only;
  const candidate = likest(wanted, candidates);
  const far = distance(wanted, candidate?.toLowerCase() ?? "");
  return far <= Math.max(2, Math.ceil(wanted.length / 2)) ? candidate : undefined;
}

/** The word that this one is with a slip or two: closer than the nearest, where others may be right as well. */
export function misspelt(word: string, known: readonly string[]): string | undefined {
  const meant = likest(word.toLowerCase(), known);
  const slips = distance(word.toLowerCase(), meant?.toLowerCase() ?? "");
  return slips > 0 && slips <= 2 && word.length > 3 ? meant : undefined;
}

/** What a message says of the candidate that was probably meant; nothing where none is near. */
export function nearestTold(text: string, candidates: readonly string[]): string {
  const meant = nearest(text, candidates);
  return meant === undefined ? "" : `; the nearest is ${JSON.stringify(meant)}`;
}

/** The same as a question, after a sentence. */
export function didYouMean(text: string, candidates: readonly string[]): string {
  const meant = nearest(text, candidates);
  return meant === undefined ? "" : ` Did you mean ${JSON.stringify(meant)}?`;
}

function likest(wanted: string, candidates: readonly string[]): string | undefined {
  const lower = candidates.map((candidate) => candidate.toLowerCase());
  return candidates[lower.indexOf(closest(wanted, lower))];
}

const words = (text: string): string[] => text.toLowerCase().split(/[^\p{L}\p{N}]+/u);
