import { type ZodType, z } from "zod";
import type { Operation } from "../api";
import type { Context, OptionSpec } from "./command";
import { UsageError } from "./failure";
import { fileToUpload, parseJson, textFrom, wholeNumber } from "./options";
import { findSource } from "./sources";

/** Parameters of an operation, by their names in the API. */
export type Input = Readonly<Record<string, unknown>>;

/** What an operation takes, read from its definition. */
export interface Shape {
  inPath: readonly string[];
  query: readonly (readonly [name: string, type: ZodType])[];
  /** The fields of an upload. */
  form: readonly (readonly [name: string, type: ZodType])[];
  /** A JSON body. */
  takesBody: boolean;
  needsBody: boolean;
}

export function shapeOf({ path, query, body, sends, pageSize }: Operation): Shape {
  const uploads = sends === "multipart";
  return {
    inPath: [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name),
    // Collections are counted by --all.
    query: entries(query ?? {}).filter(([name]) => !(name === "count" && pageSize !== undefined)),
    form: uploads ? fieldsOf(body) : [],
    takesBody: body !== undefined && !uploads,
    needsBody: body !== undefined && !uploads && !body.safeParse(undefined).success,
  };
}

export function optionsOf(operation: Operation, { inPath, query, form, takesBody, needsBody }: Shape): OptionSpec[] {
  const body = "the body: JSON, @FILE, or @- for standard input";
  return [
    ...inPath.map((name) => ({
      flags: `--${name} <value>`,
      about: aboutPath(operation, name),
      required: true,
      as: name,
    })),
    ...query.map(([name, type]) => optionFor(name, type)),
    ...form.map(([name, type]) => optionFor(name, type)),
    ...(takesBody ? [{ flags: "--body <json>", about: body, required: needsBody }] : []),
    ...(operation.pageSize === undefined ? [] : [{ flags: "--all", about: "all pages" }]),
  ];
}

/** The parameters of a call, with a source's name turned into its id. */
export async function parametersFrom(
  { client, signal }: Context,
  operation: Operation,
  shape: Shape,
  input: Input,
): Promise<Input> {
  const parameters: Record<string, unknown> = {};
  const body = shape.takesBody ? await jsonBody(operation, input["body"]) : await formBody(shape.form, input);
  if (body !== undefined) parameters["body"] = body;
  for (const name of [...shape.inPath, ...shape.query.map(([name]) => name)]) {
    if (input[name] !== undefined) parameters[name] = input[name];
  }
  const source = sourceParameter(operation);
  if (source !== undefined) parameters[source] = (await findSource(client, String(input[source]), signal)).id;
  return parameters;
}

/** The path parameter that names a source, and takes its name too. */
export const sourceParameter = ({ path }: Operation): string | undefined => /^\/sources\/\{(\w+)\}/.exec(path)?.[1];

async function jsonBody(operation: Operation, given: unknown): Promise<unknown> {
  if (typeof given !== "string") return undefined;
  const path = given.startsWith("@") ? given.slice(1) : undefined;
  const what = path === undefined ? "--body" : path === "-" ? "Standard input" : `The file ${path}`;
  const body = parseJson(path === undefined ? given : await textFrom(path), what);
  const checked = operation.body?.safeParse(body);
  if (checked?.success !== false) return body;
  const reasons = checked.error.issues.map(
    ({ path: at, message }) => `${at.length === 0 ? "the body" : at.join(".")}: ${message}`,
  );
  throw new UsageError(`${what} is not what the operation takes: ${reasons.join("; ")}`);
}

async function formBody(form: Shape["form"], input: Input): Promise<unknown> {
  const given = form.filter(([name]) => input[name] !== undefined);
  if (given.length === 0) return undefined;
  const read = given.map(async ([name, type]) => {
    return [name, isFile(type) ? await fileToUpload(String(input[name])) : input[name]] as const;
  });
  return Object.fromEntries(await Promise.all(read));
}

const aboutPath = (operation: Operation, name: string): string =>
  name === sourceParameter(operation) ? "the source's name or id" : (aboutParameter[name] ?? "");

const aboutParameter: Readonly<Record<string, string>> = {
  id: "the id",
  schemaId: "the schema's id",
  usageType: "the usage type, such as CREATE",
  scheduleType: "ACCOUNT_AGGREGATION or GROUP_AGGREGATION",
  scriptName: "the connector's script name",
  file: "the path of the file to upload",
  disableOptimization: "process accounts that did not change, too",
  provisionAsCsv: "create a Delimited File source",
  limit: "how many at most in a page",
  offset: "how many to leave out",
  filters: "the API's filter, such as 'name eq \"HR Feed\"'",
  sorters: "what to sort by, such as -name",
  locale: "the language of texts, such as de",
  schemaName: "which schema of entitlements",
  "for-subadmin": "sources that this identity may manage: an id, or me",
  "include-names": "schemas of these names, separated by commas",
  "include-types": "schemas of these types: group, user",
  includeIDNSource: "with the tenant's own source",
  defaultFilter: "CORRELATED_ONLY or NONE",
  "add-core-filters": "only what the tenant's own pages show",
  name: "the name",
  useDefaultFields: "with the fields of the connector's template",
};

/** A parameter or a field as an option: the kind of its value is that of its definition. */
function optionFor(name: string, type: ZodType): OptionSpec {
  const inner = required(type);
  const spec = { about: aboutParameter[name] ?? "", as: name, required: !type.safeParse(undefined).success };
  if (inner instanceof z.ZodBoolean) return { ...spec, flags: `--${name} [boolean]`, parse: flag };
  if (inner instanceof z.ZodNumber) return { ...spec, flags: `--${name} <number>`, parse: wholeNumber(0, 1e9) };
  return { ...spec, flags: `--${name} <${isFile(type) ? "path" : "value"}>` };
}

function flag(text: string): boolean {
  if (text === "true" || text === "false") return text === "true";
  throw new UsageError(`${JSON.stringify(text)} is neither true nor false.`);
}

/** The fields of a form, as the operation's definition has them. */
function fieldsOf(body: ZodType | undefined): (readonly [string, ZodType])[] {
  const object = body === undefined ? undefined : required(body);
  return object instanceof z.ZodObject ? entries(object.shape) : [];
}

const isFile = (type: ZodType): boolean => required(type) instanceof z.ZodObject;

/** The border to zod's inner types: a definition without its `optional`. */
const required = (type: ZodType): unknown => (type instanceof z.ZodOptional ? type.unwrap() : type);
const entries = (shape: object): (readonly [string, ZodType])[] => Object.entries(shape) as [string, ZodType][];
