import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { nearest } from "../reconcile/nearest";
import type { SchemaAttribute } from "./schema";

/** The text of a CSV, or a file of it. A path is relative to where the program runs, which is its folder. */
export type CsvText = string | { path: string };

/** How a CSV is read, and what its header cannot say. */
export interface CsvOptions {
  /** What separates the columns. Default: a comma. */
  delimiter?: string;
  /** More about some columns, by their names. A column that is not named here is a single STRING. */
  attributes?: Readonly<Record<string, Partial<Omit<SchemaAttribute, "name">>>>;
}

/**
 * The attributes of a schema from the columns of a CSV: one attribute for each, in the columns' order. The CSV is what
 * a Delimited File source loads as accounts, or what `pulumi-sailpoint schema download` gives: only its first line, the
 * header, is read.
 *
 * A header has no types: every attribute is a STRING unless `attributes` says more. A column without a name, a name that
 * stands there twice, and an attribute that is no column are errors.
 *
 * @example
 * // people.csv begins with id,name,hired,groups
 * new Schema("hr-account", {
 *   source: hr,
 *   name: "account",
 *   identityAttribute: "id",
 *   attributes: schemaAttributesFromCsv({ path: "people.csv" }, {
 *     attributes: { hired: { type: "DATE" }, groups: { isMulti: true, isEntitlement: true } },
 *   }),
 * });
 */
export function schemaAttributesFromCsv(
  csv: CsvText,
  { delimiter = ",", attributes = {} }: CsvOptions = {},
): SchemaAttribute[] {
  const columns = columnsOf(textOf(csv), delimiter);
  for (const name of Object.keys(attributes)) {
    if (columns.includes(name)) continue;
    const near = nearest(name, columns);
    const told = near === undefined ? `there are ${columns.join(", ")}` : `the nearest is ${JSON.stringify(near)}`;
    throw wrong(`has no column ${JSON.stringify(name)}; ${told}`);
  }
  return columns.map((name) => ({ name, type: "STRING", ...own(attributes, name) }));
}

function textOf(csv: CsvText): string {
  if (typeof csv !== "string") return readFileSync(csv.path, "utf8");
  if (/^[^\r\n,;]+\.(csv|txt)$/i.test(csv)) {
    throw wrong(`is the name of a file, ${JSON.stringify(csv)}: give { path: ${JSON.stringify(csv)} }`);
  }
  return csv;
}

function columnsOf(text: string, delimiter: string): string[] {
  // Rows are data of people: they are neither read nor held to any form.
  const [columns = []]: string[][] = parse(text, { bom: true, delimiter, trim: true, skip_empty_lines: true, to: 1 });
  if (columns.length === 0) throw wrong("is empty: its first line names the columns");
  const unnamed = columns.indexOf("");
  if (unnamed >= 0) throw wrong(`has a column without a name, the ${unnamed + 1}. of ${columns.length}`);
  const twice = columns.find((column, i) => columns.indexOf(column) !== i);
  if (twice !== undefined) throw wrong(`has two columns ${JSON.stringify(twice)}`);
  return columns;
}

const wrong = (what: string): Error => new Error(`schemaAttributesFromCsv: the CSV ${what}`);

const own = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;
