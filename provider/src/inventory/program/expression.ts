import type { Json } from "../../reconcile";

/** TypeScript that is no literal: a variable, a call. */
export class Code {
  constructor(readonly text: string) {}
}

/** What stands in an exported program: JSON with code in it. */
export type Expression = Json | Code | Expression[] | { [key: string]: Expression };

/** As TypeScript. How it is broken into lines is Prettier's. */
export function printed(expression: Expression): string {
  if (expression instanceof Code) return expression.text;
  if (typeof expression === "string") return text(expression);
  if (Array.isArray(expression)) return `[${expression.map(printed).join(", ")}]`;
  if (expression === null || typeof expression !== "object") return JSON.stringify(expression);
  const members = Object.entries(expression).map(([key, value]) => `${keyText(key)}: ${printed(value)}`);
  if (members.length === 0) return "{}";
  // Prettier leaves an object on several lines that begins on a line of its own; others it breaks where they are too long.
  return Object.values(expression).every(isSmall) ? `{ ${members.join(", ")} }` : `{\n${members.join(",\n")},\n}`;
}

const isSmall = (value: Expression): boolean =>
  typeof value !== "object" ||
  value === null ||
  value instanceof Code ||
  (!Array.isArray(value) && Object.keys(value).length === 1 && Object.values(value).every(isSmall));

/** JSON's escapes are TypeScript's; besides, nothing that turns the direction of a line, or hides in it, is left as it is. */
const text = (value: string): string =>
  JSON.stringify(value).replaceAll(
    /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

/** `__proto__: …` would set what the object inherits. */
const keyText = (key: string): string =>
  key === "__proto__" ? `["__proto__"]` : /^[A-Za-z_$][\w$]*$/.test(key) ? key : text(key);
