import { tellingInputs } from "../kinds/imported";
import type { Kind } from "../kinds/kind";
import type { Field, Fields } from "../kinds/tree/field";
import { type Json, type JsonObject, type Maybe, isObject, own, put } from "../reconcile";
import { canonical } from "./canonical";
import { type Entry, UNNAMED, nameKey } from "./inventory";
import type { Named, Naming } from "./naming";
import { withoutSecrets } from "./secrecy";

/** How the references of an object are named. */
export type Spell = (to: string, live: JsonObject, sourceId: string) => Promise<Named> | Named;

/** By the names that stand beside the ids, where no tenant can be asked. */
export const asWritten: Spell = (_to, { alias, name }) => ({
  reference: { ...(alias === undefined ? {} : { alias }), name: name ?? UNNAMED },
});

export const asTheTenantKnows =
  (naming: Naming): Spell =>
  (to, live, sourceId) =>
    naming.named(to, live, sourceId);

/** A live object as an entry. `unnamable` takes what its references name and nobody finds by that name. */
export async function entryOf(
  kind: Kind,
  live: JsonObject,
  id: string,
  spell: Spell,
  unnamable: Map<string, string>,
): Promise<Entry> {
  // What hangs on a source says nothing of it here: it stands with its source.
  const { [parentOf(kind) ?? ""]: _parent, ...raw } = tellingInputs(kind, live, id);
  const shown = kind.secrets ? withoutSecrets(raw, kind.fields, kind.secrets(live)) : raw;
  const sourceId = kind.sourceOf(id);
  const named = await inNames(shown, kind.fields, async (to, reference) => {
    const { reference: spelled, unnamable: why } = await spell(to, reference, sourceId);
    if (why !== undefined) unnamable.set(nameKey(to, spelled), why);
    return spelled;
  });
  const inputs = canonical(withNone(completed(named, kind.fields), kind), kind.fields);
  return { kind, key: keyOf(kind, inputs, raw), inputs, live, id };
}

/**
 * What can never change of what hangs on a source tells it from others of its kind.
 *
 * @param withIds the same inputs, with ids of what has no name
 */
export function keyOf({ fields }: Kind, inputs: JsonObject, withIds = inputs): string {
  if (parentOf({ fields }) === undefined) return "";
  const parts = Object.entries(fields).flatMap(([name, { type, immutable }]) => {
    const value = own(inputs, name);
    if (immutable === undefined || type === "parent" || value === undefined || value === null) return [];
    if (typeof value !== "object") return String(value);
    const named = own(value, "name");
    return String(named === undefined || named === UNNAMED ? own(own(withIds, name), "id") : named);
  });
  return parts.join(" of ");
}

/** The input that holds the source. */
export const parentOf = ({ fields }: Pick<Kind, "fields">): string | undefined =>
  Object.keys(fields).find((name) => fields[name]?.type === "parent");

type Name = (to: string, reference: JsonObject) => Promise<JsonObject>;

async function inNames(inputs: JsonObject, fields: Fields, name: Name): Promise<JsonObject> {
  const result: JsonObject = {};
  for (const [key, value] of Object.entries(inputs)) {
    const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
    put(result, key, field ? await renamed(value, field, name) : value);
  }
  return result;
}

async function renamed(value: Json, field: Field, name: Name): Promise<Json> {
  // Some references stand on the tenant as an id alone.
  if (field.type === "reference") return name(field.to, isObject(value) ? value : { id: value });
  if ((field.type === "list" || field.type === "keyed") && Array.isArray(value)) {
    return Promise.all(value.map((member) => renamed(member, field.of, name)));
  }
  return field.type === "object" && isObject(value) ? inNames(value, field.fields, name) : value;
}

/** A flag that must be said is said also where it is off. */
function completed(inputs: JsonObject, fields: Fields): JsonObject {
  const result: JsonObject = {};
  for (const [name, field] of Object.entries(fields)) {
    const value = own(inputs, name) ?? (field.type === "flag" && field.required === true ? false : undefined);
    if (value !== undefined) put(result, name, within(value, field) ?? null);
  }
  return result;
}

/** What can be made says also of which it has none, since a new one may have some: a policy without fields. */
function withNone(inputs: JsonObject, { fields, api }: Kind): JsonObject {
  if (api.create === undefined) return inputs;
  const none = Object.entries(fields).flatMap(([name, { type, apart }]): [string, Json][] =>
    type === "list" && apart !== true && own(inputs, name) === undefined ? [[name, []]] : [],
  );
  return { ...inputs, ...Object.fromEntries(none) };
}

function within(value: Json, field: Field): Maybe {
  if (field.type === "object" && isObject(value)) return completed(value, field.fields);
  if ((field.type === "list" || field.type === "keyed") && Array.isArray(value)) {
    return value.map((member) => within(member, field.of) ?? null);
  }
  return value;
}
