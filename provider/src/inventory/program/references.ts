import type { Field, Fields } from "../../kinds/tree/field";
import { type Json, type JsonObject, isObject, own } from "../../reconcile";
import { ASKED } from "./declared";
import type { Expression, Said } from "./expression";
import { capital, identifier, slugs } from "./names";

/** What several sources refer to, as constants of a file of their own. */
export interface SharedReferences {
  /** The constant for a reference, or nothing where it stands at its one place. */
  constant: (to: string, reference: JsonObject) => string | undefined;
  /** The constants by name, each with what it is. */
  all: readonly (readonly [name: string, reference: JsonObject])[];
}

/** The references in these inputs that are made more than once. Those to schemas are of one source only. */
export function sharedReferences(objects: readonly { inputs: JsonObject; fields: Fields }[]): SharedReferences {
  const counts = new Map<string, { to: string; reference: JsonObject; times: number }>();
  for (const { inputs, fields } of objects) {
    for (const { to, reference } of referencesIn(inputs, fields)) {
      const key = keyOf(to, reference);
      const seen = counts.get(key) ?? { to, reference, times: 0 };
      counts.set(key, { ...seen, times: seen.times + 1 });
    }
  }
  const shared = [...counts].filter(([, { times }]) => times > 1);
  // By kind and name together, so that a rule and a cluster of one name are told apart.
  const label = ({ to, reference }: { to: string; reference: JsonObject }) =>
    `${to} ${String(Object.values(reference)[0])}`;
  const names = slugs(
    shared.map(([, one]) => label(one)),
    "reference",
  );
  const constants = new Map(
    shared.map(([key, one]) => [key, identifier(names.get(label(one)) ?? "reference", "reference")] as const),
  );
  return {
    constant: (to, reference) => constants.get(keyOf(to, reference)),
    all: shared
      .map(([key, { reference }]) => [constants.get(key) ?? "", reference] as const)
      .sort(([left], [right]) => (left < right ? -1 : 1)),
  };
}

const keyOf = (to: string, reference: JsonObject): string => JSON.stringify([to, reference]);

function referencesIn(value: Json, fields: Fields): { to: string; reference: JsonObject }[] {
  if (!isObject(value)) return [];
  return Object.entries(fields).flatMap(([name, field]) => inField(own(value, name) ?? null, field));
}

function inField(value: Json, field: Field): { to: string; reference: JsonObject }[] {
  if (field.type === "reference") {
    const isShared = field.to !== "schema" && isObject(value) && !isAsked(value);
    return isShared ? [{ to: field.to, reference: value }] : [];
  }
  if (field.type === "object") return referencesIn(value, field.fields);
  if ((field.type === "list" || field.type === "keyed") && Array.isArray(value)) {
    return value.flatMap((member) => inField(member, field.of));
  }
  return [];
}

const isAsked = (reference: JsonObject): boolean => Object.values(reference).includes(ASKED);

/** Inputs with constants in the place of shared references, and questions to the configuration where nobody knows. */
export function withReferences(
  inputs: JsonObject,
  fields: Fields,
  use: (to: string, reference: JsonObject) => Said | undefined,
  ask: (name: string) => Said,
): Record<string, Expression> {
  const result: Record<string, Expression> = {};
  for (const [name, value] of Object.entries(inputs)) {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    result[name] = field ? referred(value, field, name, use, ask) : value;
  }
  return result;
}

function referred(
  value: Json,
  field: Field,
  name: string,
  use: (to: string, reference: JsonObject) => Said | undefined,
  ask: (name: string) => Said,
): Expression {
  if (field.type === "reference" && isObject(value)) {
    if (!isAsked(value)) return use(field.to, value) ?? value;
    return Object.fromEntries(Object.keys(value).map((key) => [key, ask(`${name}${capital(key)}`)]));
  }
  if (field.type === "object" && isObject(value)) return withReferences(value, field.fields, use, ask);
  if ((field.type === "list" || field.type === "keyed") && Array.isArray(value)) {
    return value.map((member) => referred(member, field.of, name, use, ask));
  }
  return value;
}
