import { invalid } from "../http/errors";
import type { JsonObject } from "../json";

/** Whether a source is of the type that takes CSV files: a Delimited File source made with `provisionAsCsv`. */
export const takesCsv = (source: Readonly<JsonObject>): boolean => source["type"] === "DelimitedFile";

/** Refuses a source of another type; so does a Delimited File source that was made without `provisionAsCsv`. */
export function requireDelimitedFile(source: Readonly<JsonObject>, what: string): void {
  if (!takesCsv(source)) throw invalid(`Only a source type, DelimitedFile, supports ${what}`);
}
