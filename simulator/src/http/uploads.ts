import { parse } from "csv-parse/sync";

import { fault, invalid } from "./errors";
import type { Call } from "./operation";

export interface Upload {
  name: string;
  bytes: Buffer;
}

/** The uploaded file; 400 if there is none. */
export function requiredFile(call: Call): Upload {
  const file = optionalFile(call);
  if (file === undefined) throw invalid("The multipart body has no part named file.");
  return file;
}

/** The uploaded file, if there is one. */
export const optionalFile = (call: Call): Upload | undefined =>
  call.form === "unreadable" ? undefined : call.form?.files.get("file");

/** Refuses a multipart body without any part: the real server stumbles over it. */
export function requireParts(call: Call): void {
  const { form } = call;
  const empty = form === "unreadable" || (form !== undefined && form.files.size + form.fields.size === 0);
  if (!empty) return;
  const cause = "The multipart body has no parts.";
  throw call.tenant.settings.behaviours.emptyMultipart === 500 ? fault(cause) : invalid(cause);
}

/** A CSV file with a header row: the names of its columns, and a record for each further row. */
export interface Table {
  columns: string[];
  rows: Record<string, string>[];
}

/** The CSV of an upload. Refuses what is no CSV, and columns without a name or of the same name. */
export function tableOf(file: Upload, delimiter = ","): Table {
  const [columns = [], ...records] = recordsOf(file, delimiter);
  if (columns.length === 0) throw invalid(`The file "${file.name}" is empty.`);
  if (columns.some((column) => column === "")) throw invalid(`The file "${file.name}" has a column without a name.`);
  const double = columns.find((column, index) => columns.indexOf(column) !== index);
  if (double !== undefined) throw invalid(`The file "${file.name}" has two columns "${double}".`);
  const rows = records.map((record) =>
    Object.fromEntries(columns.map((column, index) => [column, record[index] ?? ""])),
  );
  return { columns, rows };
}

function recordsOf(file: Upload, delimiter: string): string[][] {
  try {
    const options = { bom: true, delimiter, trim: true, skip_empty_lines: true, relax_column_count: true };
    return parse(file.bytes, options);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw invalid(`The file "${file.name}" is no CSV: ${reason}`);
  }
}

/** One line of CSV. */
export const csvLine = (values: readonly string[]): string =>
  values.map((value) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)).join(",");
