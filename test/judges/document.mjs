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

/** The version of the API that a document tells of. @param {Json} document @returns {string} */
export function versionOf(document) {
  return /\/(v\d+|beta)\/?$/.exec(document["servers"]?.[0]?.url ?? "")?.[1] ?? "v2025";
}

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
  copy["paths"]["/sources"].post.requestBody.content["application/json"].schema = {
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
 * The document with alternatives that can be told apart nowhere as such: it wants the attributes of a transform to fit
 * exactly one of its kinds, some of which take any object.
 * @param {Json} document @returns {Json}
 */
function satisfiable(document) {
  const attributes = document["components"].schemas.Transform?.properties.attributes;
  if (attributes?.oneOf !== undefined) {
    attributes.anyOf = attributes.oneOf;
    delete attributes.oneOf;
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
    if (!served.has(operation.operationId)) continue;
    paths[path] ??= document["paths"][path].parameters ? { parameters: document["paths"][path].parameters } : {};
    paths[path][method] = operation;
  }
  return { ...document, paths };
}
