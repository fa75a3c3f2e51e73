import { operations, pathIn, rights, type Operation, type OperationId } from "pulumi-sailpoint/api";
import { z } from "zod";

import type { ApiDocument, DocumentedOperation } from "./document";
import type { Judge } from "./judge";

/** Holds each row of the client's table of operations against the document. */
export function judgeProviderTable(document: ApiDocument, judge: Judge): void {
  const all: [OperationId, Operation][] = Object.entries(operations) as [OperationId, Operation][];
  for (const [id, row] of all) {
    const documented = document.operations.find((operation) => operation.id === (row.documentedAs ?? id));
    // Slices of the documents leave out what is described elsewhere.
    if (documented === undefined && row.describedIn !== undefined) continue;
    judge.check(`the client's ${id}`, mistakesOf(document, row, documented));
    if (documented !== undefined) judge.check(`the rights for ${id}`, rightsMistakes(id, documented));
  }
}

function mistakesOf(document: ApiDocument, row: Operation, documented: DocumentedOperation | undefined): string[] {
  const versions: readonly string[] = row.versions;
  const claimed = versions.includes(document.version);
  if (documented === undefined) return claimed ? [`The document of ${document.version} does not have it.`] : [];
  if (!claimed) return [`The document of ${document.version} has it; the table says that this version does not.`];
  return [
    ...same("method", row.method, documented.method),
    ...same("path", pathIn(document.version, row.path, row.number), documented.address),
    ...queryMistakes(row, documented),
    ...headerMistakes(document, row, documented),
    ...bodyMistakes(document, row, documented),
    ...answerMistakes(row, documented),
    ...pagingMistakes(row, documented),
  ];
}

const same = (what: string, ours: unknown, theirs: unknown) =>
  ours === theirs ? [] : [`${what}: the table has ${String(ours)}, the document ${String(theirs)}.`];

/** Parameters of every collection: harmless on one that, in this version, does not know them. */
const standardParameters = ["limit", "offset", "count"];

function queryMistakes(row: Operation, documented: DocumentedOperation): string[] {
  const ours = Object.entries(row.query ?? {});
  const theirs = documented.parameters.filter((parameter) => parameter.in === "query");
  const unknown = ours.filter(
    ([name]) => !standardParameters.includes(name) && !theirs.some((parameter) => parameter.name === name),
  );
  const missing = theirs.filter(({ name, required }) => required && !ours.some(([own]) => own === name));
  return [
    ...unknown.map(([name]) => `The document has no query parameter "${name}".`),
    ...missing.map(({ name }) => `The table lacks the required query parameter "${name}".`),
  ];
}

/** Where the header is asked for is said exactly; the client sends it in all versions once one of them asks. */
function headerMistakes(document: ApiDocument, row: Operation, documented: DocumentedOperation): string[] {
  const places: readonly string[] = row.experimentalIn;
  const asked = documented.parameters.some(
    ({ name, required }) => required && name.toLowerCase() === "x-sailpoint-experimental",
  );
  if (asked === places.includes(document.version)) return [];
  return asked
    ? [`The document asks for the experimental header; the table says that ${document.version} does not.`]
    : [`The table says that ${document.version} asks for the experimental header; the document does not.`];
}

/**
 * Each scope that the table names must be enough in every version; one that is enough in some only is left out of it. A
 * version that also serves clients which stand for no user is met by asking for a user all the same.
 */
function rightsMistakes(id: OperationId, { security, userLevels }: DocumentedOperation): string[] {
  const { scopes, levels = [], ofUser = false } = rights[id];
  const enough = security.flatMap((way) => Object.values(way)).flat();
  const unknown = scopes.filter((scope) => !enough.includes(scope));
  const servesClients = security.some((way) => "applicationAuth" in way);
  return [
    ...unknown.map((scope) => `The document does not know that ${scope} is enough.`),
    ...(ofUser || servesClients ? [] : ["The document asks for the token of a user; the table does not."]),
    ...same("user levels", [...levels].sort().join(", "), [...userLevels].sort().join(", ")),
  ];
}

const contentTypes = {
  json: "application/json",
  "json-patch": "application/json-patch+json",
  multipart: "multipart/form-data",
};

function bodyMistakes(document: ApiDocument, row: Operation, documented: DocumentedOperation): string[] {
  const takes = row.body !== undefined;
  const [type] = documented.bodies;
  if (row.body !== undefined && row.sends === "json" && documented.bodySchema !== undefined) {
    const ours = propertiesOf(document, z.toJSONSchema(row.body, { io: "input", unrepresentable: "any" }));
    const theirs = propertiesOf(document, JSON.parse(documented.bodySchema));
    const unknown = [...ours.all].filter((name) => !theirs.all.has(name));
    const missing = [...theirs.required].filter((name) => !ours.all.has(name));
    if (unknown.length > 0) return [`The document's body has no field ${unknown.join(", ")}.`];
    if (missing.length > 0) return [`The table's body lacks the required field ${missing.join(", ")}.`];
  }
  if (!takes) return type === undefined ? [] : [`The table sends no body, the document wants ${type}.`];
  return type === undefined
    ? ["The table sends a body, the document wants none."]
    : same("body", contentTypes[row.sends], type);
}

interface Properties {
  all: Set<string>;
  required: Set<string>;
}

/** The fields of a body, or of the members of a body that is a list. */
function propertiesOf(document: ApiDocument, schema: unknown): Properties {
  const resolved = document.resolve(schema);
  if (resolved["items"] !== undefined) return propertiesOf(document, resolved["items"]);
  const alternatives = ["allOf", "anyOf", "oneOf"].flatMap((key) => (resolved[key] ?? []) as unknown[]);
  const parts = alternatives.map((part) => propertiesOf(document, part));
  return {
    all: new Set([...Object.keys(resolved["properties"] ?? {}), ...parts.flatMap(({ all }) => [...all])]),
    required: new Set([
      ...((resolved["required"] ?? []) as string[]),
      ...parts.flatMap(({ required }) => [...required]),
    ]),
  };
}

function answerMistakes(row: Operation, documented: DocumentedOperation): string[] {
  const success = [...documented.responses].find(([status]) => status.startsWith("2"));
  const types = Object.keys(success?.[1]["content"] ?? {});
  const reads = { json: "application/json", csv: "text/csv", total: undefined, nothing: undefined }[row.reads];
  return same("answer", reads, types[0]);
}

function pagingMistakes(row: Operation, documented: DocumentedOperation): string[] {
  const pages = documented.parameters.some(({ name }) => name === "offset");
  return row.pageSize !== undefined && !pages ? ["The table pages through it; the document has no offset."] : [];
}
