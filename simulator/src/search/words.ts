import { valueAt } from "../http/filters";

export type Row = Readonly<Record<string, unknown>>;
export type Test = (row: Row) => boolean;

/** The words of a text as the index of a search has them: case does not count, dots and underscores join. */
export const wordsOf = (value: unknown): string[] =>
  String(value)
    .toLowerCase()
    .match(/[\p{L}\p{N}_]+(?:[.'’][\p{L}\p{N}_]+)*/gu) ?? [];

/** The single values at a field; `name.exact` is the name as one word. A list gives each of its members. */
export function valuesAt(row: Row, field: string): (string | number | boolean)[] {
  const value = valueAt(row, field.replace(/\.exact$/, ""));
  const values: unknown[] = Array.isArray(value) ? value : [value];
  return values.filter(
    (single) => typeof single === "string" || typeof single === "number" || typeof single === "boolean",
  );
}

/** Every single value of a row, at any depth. */
export function allValues(row: unknown): unknown[] {
  if (typeof row !== "object" || row === null) return row === null ? [] : [row];
  return Object.values(row).flatMap(allValues);
}

/** Whether one of the values has any of the words, or all of them. */
export function hasWords(values: readonly unknown[], text: unknown, all: boolean): boolean {
  const wanted = wordsOf(text);
  return values.some((value) => {
    const words = new Set(wordsOf(value));
    return all ? wanted.length > 0 && wanted.every((word) => words.has(word)) : wanted.some((word) => words.has(word));
  });
}

/** Whether one of the values has these words one after the other. */
export function hasPhrase(values: readonly unknown[], text: unknown): boolean {
  const wanted = ` ${wordsOf(text).join(" ")} `;
  return wanted.trim() !== "" && values.some((value) => ` ${wordsOf(value).join(" ")} `.includes(wanted));
}

/** A pattern with `*` and `?` in the place of letters. */
export function wildcard(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "iu");
}
