import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { root } from "../../tools/setup/places.mjs";

/** @typedef {import("./objects.mjs").Objects} Objects */
/** @typedef {Record<string, any>} Json */

/** An OpenAPI document without what the simulator does not serve. @param {string} file @returns {Json} */
export function readDocument(file) {
  return servedOf(satisfiable(JSON.parse(readFileSync(file, "utf8"))));
}

/** What stands before the paths of a document: its version, or nothing in the per-service form. @param {Json} document @returns {string} */
export function prefixOf(document) {
  const [, version] = /\/(v\d+|beta)\/?$/.exec(document["servers"]?.[0]?.url ?? "") ?? [];
  return version === undefined ? "" : `/${version}`;
}

/**
 * What the simulator calls an operation: without the number that the per-service form adds.
 * @param {Json} operation @returns {string}
 */
export const idOf = (operation) => operation["operationId"].replace(/V1$/, "").replace(/V2$/, "ById");

/** The operations of a document. @param {Json} document */
export function* rows(document) {
  for (const [path, item] of Object.entries(document["paths"])) {
    for (const [method, operation] of Object.entries(/** @type {Json} */ (item))) {
      if (method === "parameters") continue;
      yield { path, method, operation: /** @type {Json} */ (operation), label: `${method.toUpperCase()} ${path}` };
    }
  }
}

/**
 * The document of what can be made, used and deleted, with bodies of createSource that name an owner who exists: from
 * the schema alone no source would be made.
 * @param {Json} document @param {Objects} objects @returns {Json}
 */
export function creatable(document, { owner }) {
  const copy = JSON.parse(JSON.stringify({ ...document, paths: perishable(document["paths"]) }));
  const creation = [...rows(copy)].find(({ operation }) => idOf(operation) === "createSource");
  if (creation === undefined) throw new Error("The document has no createSource.");
  creation.operation["requestBody"].content["application/json"].schema = {
    type: "object",
    required: ["name", "owner", "connector"],
    properties: {
      name: { type: "string", pattern: "^[A-Za-z0-9]{8,40}$" },
      owner: { enum: [owner] },
      connector: { enum: ["delimited-file", "active-directory", "web-services"] },
      description: { type: "string", maxLength: 100 },
    },
    additionalProperties: false,
  };
  return copy;
}

/** What can be made, read and deleted: only its paths, with these methods. @param {Json} paths @returns {Json} */
function perishable(paths) {
  /** @param {string} path */
  const shape = (path) => path.replace(/\{[^}]*\}/g, "{}");
  const members = Object.keys(paths).filter((path) => paths[path].delete !== undefined && path.endsWith("}"));
  const collections = new Set(members.map((path) => shape(path.slice(0, path.lastIndexOf("/")))));
  return Object.fromEntries([
    ...Object.keys(paths).flatMap((path) =>
      collections.has(shape(path)) ? [[path, { parameters: paths[path].parameters, post: paths[path].post }]] : [],
    ),
    ...members.map((path) => [
      path,
      { parameters: paths[path].parameters, get: paths[path].get, delete: paths[path].delete },
    ]),
  ]);
}

/**
 * The document with alternatives that can be told apart nowhere as such: it wants the attributes of a transform, and what
 * a search finds, to fit exactly one of their kinds, some of which take any object.
 * @param {Json} document @returns {Json}
 */
function satisfiable(document) {
  const { schemas } = document["components"];
  const [search] = [...rows(document)].filter(({ operation }) => idOf(operation) === "searchPost");
  const found = search?.operation["responses"][200]?.content["application/json"].schema.items;
  const transforms = [schemas.Transform, schemas.transform, schemas.transformread];
  for (const ambiguous of [found, ...transforms.map((schema) => schema?.properties?.attributes)]) {
    const schema = ambiguous?.$ref === undefined ? ambiguous : schemas[ambiguous.$ref.split("/").at(-1)];
    if (schema?.oneOf === undefined) continue;
    schema.anyOf = schema.oneOf;
    delete schema.oneOf;
  }
  return document;
}

/** The document without what the simulator does not serve. @param {Json} document @returns {Json} */
function servedOf(document) {
  const { operations } = createRequire(import.meta.url)(join(root, "simulator/dist/operations.js"));
  const served = new Set(operations.map((/** @type {{ id: string }} */ { id }) => id));
  /** @type {Json} */
  const paths = {};
  for (const { path, method, operation } of rows(document)) {
    if (!served.has(idOf(operation))) continue;
    paths[path] ??= document["paths"][path].parameters ? { parameters: document["paths"][path].parameters } : {};
    paths[path][method] = operation;
  }
  return { ...document, paths };
}
