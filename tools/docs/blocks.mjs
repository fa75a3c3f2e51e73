/** @typedef {{ language: string, comment: string, code: string }} Block */

/** The code blocks of a page, each with the comment before it, which says what a test does with it. @param {string} text @returns {Block[]} */
export function blocksOf(text) {
  const block = /(?:<!-- (.*?) -->\n+)?```(\w+)\n([^]*?)```/g;
  return [...text.matchAll(block)].map(([, comment = "", language = "", code = ""]) => ({ language, comment, code }));
}
