/** @param {string[]} heads @param {string[][]} rows */
export function table(heads, rows) {
  /** @param {string[]} cells */
  const line = (cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;
  return [line(heads), line(heads.map(() => "---")), ...rows.map(line)].join("\n");
}

/** @param {string} text */
export function code(text) {
  return `\`${text}\``;
}
