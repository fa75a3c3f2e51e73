import { type OperationId, operations } from "../api/operations";
import type { Connection } from "../tenant/session";
import type { Declared } from "../kinds/kind";
import { type Json, type JsonObject, isObject, ownedPaths, pathText, put } from "../reconcile";
import type { Fields } from "../kinds/tree/field";
import { mistakesOf, textOf, told } from "./mistakes";
import { UNSUPPORTED, holdsUnknown } from "../reconcile/unknown";

export interface Checked {
  inputs: JsonObject;
  /** What is allowed, but does not do what one may think. */
  advice: string[];
  failures: { property: string; reason: string }[];
}

/**
 * Every mistake of a resource's inputs, told together. The reason carries the path, since the engine prints a named
 * property's value, which may be a secret.
 */
export function checkInputs(kind: Declared, declared: JsonObject, connection: Connection): Checked {
  const cleaned = withoutNulls(emptied(kind.fields, declared));
  const inputs = kind.normalise?.(cleaned) ?? cleaned;
  const form = { values: kind.inputs, fields: kind.fields, stranger: `is no input of ${a(kind.name)}` };
  const unsupported = [...unsupportedValues(inputs, [])];
  const reasons = [
    ...connection.problems,
    ...versionProblems(kind, kind.needs, connection),
    ...versionProblems(kind, kind.needsFor?.(inputs), connection),
    ...unsupported.map(({ path, what }) => `${textOf(path)}: is ${what}, which no tenant can store: give JSON`),
    ...mistakesOf(form, inputs, (path) => isUnknownAt(inputs, path))
      .filter(({ path }) => !unsupported.some((value) => textOf(value.path) === textOf(path)))
      .map(told),
  ];
  const advice = [...(kind.warnings?.(inputs) ?? []), ...withoutEffect(kind, inputs)].map(
    (line) => `${kind.title(inputs)}: ${line}`,
  );
  return { inputs, advice, failures: reasons.map((reason) => ({ property: "", reason })) };
}

/** What is declared and the tenant alone decides, in one line for each reason. */
function withoutEffect({ rules }: Declared, inputs: JsonObject): string[] {
  const owned = ownedPaths(inputs, rules);
  return [...new Set(owned.map(({ why }) => why))].map((reason) => {
    const paths = owned.filter(({ why }) => why === reason).map(({ path }) => pathText(path));
    return `${paths.join(", ")}: ${reason}; declaring it has no effect`;
  });
}

function versionProblems({ name }: Declared, needs: OperationId | undefined, { apiVersion }: Connection): string[] {
  const versions: readonly string[] = needs === undefined ? [] : operations[needs].versions;
  if (needs === undefined || apiVersion === undefined || apiVersion === "beta" || versions.includes(apiVersion))
    return [];
  return [
    `version ${apiVersion} of the API has no ${needs}, which ${a(name)} needs: set sailpoint:apiVersion to ` +
      versions.join(" or "),
  ];
}

const a = (name: string): string => `${/^[AEIO]/.test(name) ? "an" : "a"} ${name}`;

/** A value that is not known yet cannot be wrong yet. */
function isUnknownAt(inputs: JsonObject, path: readonly PropertyKey[]): boolean {
  let value: unknown = inputs;
  for (const key of path) {
    if (typeof value !== "object" || value === null) return holdsUnknown(value);
    value = Object.hasOwn(value, key) ? (value as Record<PropertyKey, unknown>)[key] : undefined;
  }
  return path.length > 0 && holdsUnknown(value);
}

function* unsupportedValues(value: Json, path: PropertyKey[]): Generator<{ path: PropertyKey[]; what: string }> {
  if (typeof value === "string" && value.startsWith(UNSUPPORTED)) {
    yield { path, what: value.slice(UNSUPPORTED.length) };
  } else if (typeof value === "number" && !Number.isFinite(value)) {
    yield { path, what: String(value) };
  } else if (Array.isArray(value)) {
    for (const [i, member] of value.entries()) yield* unsupportedValues(member, [...path, i]);
  } else if (isObject(value)) {
    for (const [key, member] of Object.entries(value)) yield* unsupportedValues(member, [...path, key]);
  }
}

/** Null at a field of which tenants say so that there are none. */
const emptied = (fields: Fields, declared: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(declared).map(([key, value]): [string, Json] => {
      const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
      return [key, value === null && field?.type === "list" && field.nullIsEmpty === true ? [] : value];
    }),
  );

/** Null at a key means that the key is not declared. */
function withoutNulls<T extends Json>(value: T): T {
  if (Array.isArray(value)) return value.map((member) => withoutNulls(member)) as T;
  if (!isObject(value)) return value;
  const kept: JsonObject = {};
  for (const [key, member] of Object.entries(value)) if (member !== null) put(kept, key, withoutNulls(member));
  return kept as T;
}
