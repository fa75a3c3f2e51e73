import { type Json, type JsonObject, type Path, isObject, own, pathText } from "../reconcile";
import { misspelt } from "../reconcile/nearest";
import { undocumented } from "./undocumented";

/** The types of transforms that are documented (schema Transform of the API, and the guide's `join`). */
const TYPES = [
  ...["accountAttribute", "base64Decode", "base64Encode", "concat", "conditional", "dateCompare", "dateFormat"],
  ...["dateMath", "decomposeDiacriticalMarks", "displayName", "e164phone", "firstValid", "identityAttribute"],
  ...["indexOf", "iso3166", "join", "lastIndexOf", "leftPad", "lookup", "lower", "normalizeNames"],
  ...["randomAlphaNumeric", "randomNumeric", "reference", "replace", "replaceAll", "rfc5646", "rightPad", "rule"],
  ...["split", "static", "substring", "trim", "upper", "usernameGenerator", "uuid"],
];

/** Transforms of types that look like a documented one misspelt: the tenant takes any, and fails when it provisions. */
export function doubtfulTransforms(fields: Json): string[] {
  if (!Array.isArray(fields)) return [];
  return fields.flatMap((field, i) => {
    const name = own(field, "name");
    const at: Path = ["fields", typeof name === "string" ? name : i, "transform"];
    const transform = own(field, "transform");
    return isObject(transform) ? doubtful(transform, at) : [];
  });
}

function doubtful(transform: JsonObject, at: Path): string[] {
  return [...toldOf(transform["type"] ?? null, [...at, "type"]), ...within(transform, at)];
}

/** Inputs and operands are transforms again; other objects, such as a look-up's table, are not. */
function within(value: JsonObject, at: Path): string[] {
  return Object.entries(value).flatMap(([key, member]) =>
    (Array.isArray(member) ? member : [member]).flatMap((one, i): string[] => {
      if (!isObject(one)) return [];
      const path = [...at, key, ...(Array.isArray(member) ? [i] : [])];
      return isObject(one["attributes"]) ? doubtful(one, path) : within(one, path);
    }),
  );
}

function toldOf(type: Json, path: Path): string[] {
  if (typeof type !== "string") return [];
  const meant = misspelt(type, TYPES);
  return meant === undefined ? [] : [undocumented(pathText(path), type, meant)];
}
