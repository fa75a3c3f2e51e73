import { createHash } from "node:crypto";
import { byText } from "../inventory";

/** Words for names of files, resources and configuration: lower case, of letters and digits of ASCII, by hyphens. */
export function slug(text: string): string {
  const plain = text
    .normalize("NFKD")
    .replaceAll(/\p{M}+/gu, "")
    .replaceAll(/([\p{Ll}\d])(\p{Lu})/gu, "$1-$2")
    .toLowerCase();
  return plain
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, LONGEST)
    .replaceAll(/^-+|-+$/g, "");
}
const LONGEST = 60;

/** Whether letters of the text, such as those of other scripts, are not in its slug. */
const losesLetters = (text: string): boolean =>
  /[^\p{ASCII}]/u.test(
    text
      .normalize("NFKD")
      .replaceAll(/\p{M}+/gu, "")
      .replaceAll(/[^\p{L}\p{N}]+/gu, ""),
  );

/** Names of files that Windows keeps to itself, and of resources that Pulumi's YAML does. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d|index|conf|pulumi)$/;

/**
 * A name for each text, unique, and the same whenever the same texts are named: of several that come to the same, the
 * first keeps it, and the others carry a mark of their text, not a number that would move when one of them goes.
 */
export function slugs(texts: readonly string[], fallback: string): Map<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const text of [...new Set(texts)].sort(byText)) {
    const plain = slug(text);
    const base = plain === "" ? fallback : RESERVED.test(plain) ? `${fallback}-${plain}` : plain;
    const marked = `${base}-${markOf(text)}`;
    const name = losesLetters(text) || plain === "" || taken.has(base) ? marked : base;
    taken.add(name);
    names.set(text, name);
  }
  return names;
}

const markOf = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 6);

/** Words that no variable can be called, and those that the exported files use themselves. */
const RESERVED_WORDS = new Set(
  (
    "arguments await boolean break case catch class config const continue debugger default delete do else enum eval " +
    "export extends false finally for function if implements import in infinity instanceof interface let module nan " +
    "new null number object package private protected public pulumi require static string super switch symbol this " +
    "throw true try typeof undefined var void while with yield"
  ).split(" "),
);

/** A slug as the name of a variable: `hr-feed` → `hrFeed`. */
export function identifier(name: string, fallback = "source"): string {
  const [first = "", ...rest] = name.split("-").filter((word) => word !== "");
  const camel = first + rest.map(capital).join("");
  if (/^\d/.test(camel)) return fallback + capital(camel);
  return RESERVED_WORDS.has(camel.toLowerCase()) ? `${camel}${capital(fallback)}` : camel;
}

export const capital = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);

/** The name, or one like it that nobody has taken; takes it. */
export function unique(name: string, taken: Set<string>): string {
  let result = name;
  for (let n = 2; taken.has(result); n += 1) result = `${name}-${String(n)}`;
  taken.add(result);
  return result;
}
