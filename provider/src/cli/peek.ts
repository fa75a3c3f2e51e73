import type { ResourceObject, ResourceObjects } from "../api";
import { counted } from "../inventory/counted";
import type { AnyCommand } from "./command";
import { wholeNumber } from "./options";
import { sourceAction } from "./source-action";
import { type Style, printable } from "./style";

interface Input {
  objectType: string;
  maxCount: number;
  columns?: string[];
}

export const peek: AnyCommand = sourceAction<Input, ResourceObjects>({
  name: "peek",
  about: "show objects as the connector reads them from the system",
  details:
    "Reads from the system and keeps nothing: the way to see whether schema and settings fit before an aggregation. " +
    "A terminal shows the columns that it has room for, a pipe all.",
  options: [
    { flags: "--object-type <schema>", about: "which objects: account, group …", default: "account" },
    {
      flags: "--max-count <number>",
      about: "how many at most, 1 to 10000",
      default: 25,
      parse: wholeNumber(1, 10_000),
    },
    {
      flags: "--columns <names>",
      about: "the attributes to show, separated by commas",
      parse: (text) => text.split(",").map((name) => name.trim()),
    },
  ],
  examples: [
    ['peek "HR Feed"', "the first 25 accounts"],
    ['peek "Corporate Directory" --object-type group --max-count 5', "five groups"],
    ['peek "HR Feed" --columns id,name,e-mail', "three attributes of each"],
  ],
  doing: "Reading objects",
  call: (client, sourceId, { objectType, maxCount }, how) =>
    client.call("searchResourceObjects", { sourceId, body: { objectType, maxCount } }, how),
  show: (answer, style, { name }, { objectType, columns }) => {
    const objects = answer.resourceObjects ?? [];
    if (objects.length === 0) return `${name}: the connector reads no object of the type ${objectType}.`;
    const all = columns ?? columnsOf(objects);
    const shown = columns ?? all.slice(0, roomFor(all, objects, style));
    const rows = objects.map((object) => shown.map((column) => valueOf(object, column)));
    const left = all.length - shown.length;
    const note =
      left === 0
        ? ""
        : style.faint(`\n${counted(left, "more column")}: ${all.slice(shown.length).join(", ")} (--columns)`);
    return style.table(shown, rows) + note;
  },
});

/** All attributes of any of the objects, in the order of the objects. */
const columnsOf = (objects: readonly ResourceObject[]): string[] => [
  ...new Set(objects.flatMap(({ attributes }) => Object.keys(attributes ?? {}))),
];

function valueOf({ attributes }: ResourceObject, column: string): string {
  const value = attributes?.[column];
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) return value.map(String).join(", ");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** How many columns fit the terminal; at least one. */
function roomFor(columns: readonly string[], objects: readonly ResourceObject[], { width }: Style): number {
  if (width === undefined) return columns.length;
  let used = 0;
  for (const [i, column] of columns.entries()) {
    const widest = Math.max(
      ...[column, ...objects.map((object) => valueOf(object, column))].map((text) => printable(text).length),
    );
    used += widest + 2;
    if (used > width + 2) return Math.max(1, i);
  }
  return columns.length;
}
