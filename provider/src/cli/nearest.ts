import { closest, distance } from "fastest-levenshtein";

/** The candidate that was probably meant, or none when all are too far away. Case does not count. */
export function nearest(text: string, candidates: readonly string[]): string | undefined {
  if (candidates.length === 0) return undefined;
  const wanted = text.toLowerCase();
  const containing = candidates.filter((candidate) => wanted.length > 2 && candidate.toLowerCase().includes(wanted));
  const [first] = containing;
  if (containing.length === 1) return first;
  const found = closest(
    wanted,
    candidates.map((candidate) => candidate.toLowerCase()),
  );
  const candidate = candidates.find((one) => one.toLowerCase() === found);
  return distance(wanted, found) <= Math.max(2, Math.ceil(wanted.length / 2)) ? candidate : undefined;
}
