import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { inflateRawSync } from "node:zlib";

/** The files under a folder that hold one of these texts: as it is, escaped as in JSON, in base64, or in deflated former content. */
export function filesWith(folder: string, texts: string[]): string[] {
  const forms = texts.flatMap(spellings);
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => {
      const content = readFileSync(file);
      const former = formerIn(content.toString());
      return forms.some((form) => content.includes(form) || former.includes(form));
    });
}

/** The former contents in a state, or in a part of one, as the plain JSON that they were before they were deflated. */
const formerIn = (content: string): string =>
  [...content.matchAll(/"former\\*": *\\*"([\w+/=]+)\\*"/g)]
    .map(([, deflated = ""]) => inflateRawSync(Buffer.from(deflated, "base64")).toString())
    .join("\n");

function spellings(text: string): string[] {
  if (text.length < 6) throw new Error(`"${text}" is too short to search for: it would be found by chance`);
  const escaped = inJson(text);
  // Twice: in a text of JSON that stands in JSON, as the record in a state does.
  return [...new Set([text, escaped, inJson(escaped), ...base64Anywhere(text)])];
}

const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);

/** The part of a text's base64 that stays the same whatever stands before and after it, at each of the three offsets. */
function base64Anywhere(text: string): string[] {
  return [0, 1, 2].map((offset) => {
    const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(text)]);
    const whole = bytes.subarray(0, bytes.length - (bytes.length % 3));
    return whole.toString("base64").slice(offset === 0 ? 0 : 4);
  });
}
