import { styleText } from "node:util";
import Table from "cli-table3";

/** How results look for people: colours where the stream is a terminal that has them, lines no wider than it is. */
export interface Style {
  bold: Paint;
  faint: Paint;
  good: Paint;
  warning: Paint;
  bad: Paint;
  /** Columns of the terminal; undefined for a pipe. */
  readonly width: number | undefined;
  /** Rows under their heads. Values come from the tenant: they are made printable. */
  table: (heads: readonly string[], rows: readonly (readonly Cell[])[]) => string;
  /** Names and values below each other, those without a value left out. */
  facts: (rows: readonly (readonly [name: string, value: Cell])[]) => string;
}

type Paint = (text: string) => string;
type Format = "bold" | "dim" | "green" | "yellow" | "red";

/** A value, or one that is printed in a certain way; one that is of no use when it is cut off is printed whole. */
export type Cell = string | number | boolean | null | undefined | { text: string; in?: Paint; whole?: true };

/** The style that fits a stream. */
export function styleFor(stream: NodeJS.WriteStream): Style {
  // Node's own test of a terminal heeds NO_COLOR, FORCE_COLOR and TERM=dumb.
  const coloured = stream.isTTY && stream.hasColors();
  // A terminal that does not tell its size has 0 columns.
  return createStyle(coloured, stream.isTTY && stream.columns > 0 ? stream.columns : undefined);
}

function createStyle(coloured: boolean, width: number | undefined): Style {
  // Whether there are colours was decided for the stream: styleText shall not ask standard output again.
  const painting =
    (format: Format): Paint =>
    (text) =>
      coloured && text !== "" ? styleText(format, text, { validateStream: false }) : text;
  const style: Style = {
    bold: painting("bold"),
    faint: painting("dim"),
    good: painting("green"),
    warning: painting("yellow"),
    bad: painting("red"),
    width,
    table: (heads, rows) => aligned([heads.map((text) => ({ text, in: style.bold })), ...rows], width),
    facts: (rows) =>
      aligned(
        rows
          .filter(([, value]) => plainText(value) !== "")
          .map(([name, value]) => [{ text: name, in: style.bold }, value]),
        width,
      ),
  };
  return style;
}

/** Text of the tenant without what would steer the terminal, in one line. */
export function printable(text: string): string {
  return text.replaceAll(/\s+/g, " ").replaceAll(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, "\ufffd");
}

/** The same for texts of several lines. */
export const printableLines = (text: string): string =>
  text
    .split(/\r?\n/)
    .map((line) =>
      line.replaceAll(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, (c) => (c === "\t" ? c : "\ufffd")),
    )
    .join("\n");

const gap = 2;
const narrowest = 8;

function aligned(rows: readonly (readonly Cell[])[], width: number | undefined): string {
  const plain = rows.map((row) => row.map(plainText));
  const wanted = (plain[0] ?? []).map((_, column) => Math.max(...plain.map((row) => row[column]?.length ?? 0)));
  const isWhole = (column: number) => rows.some((row) => isObjectCell(row[column]) && row[column].whole === true);
  const widths = width === undefined ? wanted : fitted(wanted, width, isWhole);
  const table = new Table({
    chars: noLines,
    style: { "padding-left": 0, "padding-right": 0, head: [], border: [] },
    // The last column has no gap behind it; cli-table3 cuts what is longer and marks the cut.
    colWidths: widths.map((columns, i) => columns + (i === widths.length - 1 ? 0 : gap)),
    wordWrap: false,
  });
  for (const [i, row] of rows.entries()) {
    table.push(row.map((cell, column) => painted(cell, shortened(plain[i]?.[column] ?? "", widths[column] ?? 0))));
  }
  return table
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}

/** Takes from the widest columns until the row fits, as far as it can. */
function fitted(wanted: readonly number[], width: number, isWhole: (column: number) => boolean): number[] {
  const widths = [...wanted];
  const most = width - gap * (widths.length - 1);
  const mayShrink = (now: number, column: number) => (isWhole(column) ? 0 : now);
  while (widths.reduce((sum, next) => sum + next, 0) > most) {
    const shrinking = widths.map(mayShrink);
    const now = Math.max(...shrinking);
    if (now <= narrowest) break;
    widths[shrinking.indexOf(now)] = now - 1;
  }
  return widths;
}

const shortened = (text: string, width: number): string =>
  text.length > width ? `${text.slice(0, width - 1)}…` : text;

function plainText(cell: Cell): string {
  if (cell === null || cell === undefined) return "";
  return printable(isObjectCell(cell) ? cell.text : String(cell));
}

const isObjectCell = (cell: Cell): cell is Exclude<Cell, string | number | boolean | null | undefined> =>
  typeof cell === "object" && cell !== null;

const painted = (cell: Cell, text: string): string => (isObjectCell(cell) && cell.in ? cell.in(text) : text);

const noLines = Object.fromEntries(
  ["top", "top-mid", "top-left", "top-right", "bottom", "bottom-mid", "bottom-left", "bottom-right"]
    .concat(["left", "left-mid", "mid", "mid-mid", "right", "right-mid", "middle"])
    .map((part) => [part, ""]),
);
