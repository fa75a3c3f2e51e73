/**
 * @typedef {import("../../provider/src/kinds/tree/field.js").Field} Field
 * @typedef {import("../../provider/src/kinds/kind.js").Kind} Kind
 * @typedef {import("../../provider/src/kinds/kind.js").Action} Action
 * @typedef {import("../../provider/src/kinds/kind.js").Output} Output
 */

/**
 * What a field's own sentences leave to the rest of its definition.
 * @param {Field} field @param {string} [parent] what a change of an immutable field replaces
 */
export function sentencesOf(field, parent = "the resource") {
  return [
    field.doc,
    "default" in field && field.default !== undefined ? `Default: ${field.default}.` : "",
    field.immutable === undefined ? "" : `Immutable: another one replaces ${parent}.`,
  ].filter((sentence) => sentence !== "");
}

/** @param {readonly string[]} ids */
export function operationsText(ids) {
  return `API: ${ids.map((id) => `\`${id}\``).join(", ")}.`;
}

/** The name of a class without its capitals, for sentences. @param {string} name */
export function plain(name) {
  return name.replaceAll(/(?<!^)[A-Z]/g, (letter) => ` ${letter}`).toLowerCase();
}

/** @param {string} word */
export function withArticle(word) {
  return `${/^[aeio]/i.test(word) ? "an" : "a"} ${word}`;
}

/** @param {string} text @param {number} width @param {string} prefix */
export function wrapped(text, width, prefix) {
  /** @type {string[]} */
  const lines = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && prefix.length + last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.map((line) => `${prefix}${line}`);
}
