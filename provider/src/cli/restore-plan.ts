import { source as sourceKind } from "../kinds/source";
import { type IsSecret, type Json, type JsonObject, type Maybe, isBlank, isObject, own, put, same } from "../reconcile";
import { UsageError } from "./failure";

/** What `restore` would write, and why it would not. Pure. */
export interface Plan {
  /** The whole source as it is sent: the saved one, with what the tenant owns as it is now. */
  body: JsonObject;
  changes: Change[];
  /** What the API never lets change, and the file has otherwise. */
  refusals: string[];
  policies: PolicyPlan;
}

/** One value that the file has otherwise than the tenant; a secret's is hidden. */
export interface Change {
  path: string;
  now: Json | undefined;
  saved: Json | undefined;
}

export interface PolicyPlan {
  create: JsonObject[];
  write: JsonObject[];
  unchanged: string[];
  /** On the tenant and not in the file: they stay as they are. */
  leftAlone: string[];
}

/** A saved source: as `api getSource` prints it, or as `source` of an object; its policies may lie beside it. */
export function readSaved(file: unknown, policies: unknown): { source: JsonObject; policies: JsonObject[] } {
  const wrapped = isObject(file) && isObject(file["source"]) && !("connector" in file);
  const { provisioningPolicies: inside, ...source } = (wrapped ? file["source"] : file) as JsonObject;
  if (!isObject(file) || typeof source["name"] !== "string") {
    throw new UsageError(
      'The file holds no source: `pulumi-sailpoint api getSource --id "NAME" > FILE` saves one that can be restored.',
    );
  }
  const given = policies ?? (wrapped ? file["provisioningPolicies"] : inside) ?? [];
  return { source, policies: readPolicies(given) };
}

function readPolicies(given: unknown): JsonObject[] {
  if (!Array.isArray(given) || !given.every((policy) => isObject(policy) && typeof policy["usageType"] === "string")) {
    throw new UsageError(
      "The provisioning policies are no list of policies with a usageType: " +
        '`pulumi-sailpoint api listProvisioningPolicies --sourceId "NAME" > FILE` saves them.',
    );
  }
  const list = given as JsonObject[];
  const types = list.map(usageTypeOf);
  const twice = types.find((type, i) => types.indexOf(type) !== i);
  if (twice !== undefined) throw new UsageError(`The provisioning policy ${twice} is in the file twice.`);
  return list;
}

export function planOf(
  saved: { source: JsonObject; policies: JsonObject[] },
  live: JsonObject,
  livePolicies: JsonObject[],
): Plan {
  const lost: string[] = [];
  const body = bodyOf(saved.source, live, lost);
  return {
    body,
    changes: changesBetween(live, body, sourceKind.secrets?.(live) ?? (() => false)).filter(
      ({ path }) => path !== mirror,
    ),
    refusals: [...immutableChanges(saved.source, live), ...lost],
    policies: planOfPolicies(saved.policies, livePolicies),
  };
}

/** What PUT refuses to change. */
const immutable: readonly (readonly [field: string, equal: (saved: Maybe, live: Maybe) => boolean])[] = [
  ["id", same],
  ["type", same],
  ["authoritative", (saved, live) => (saved ?? false) === (live ?? false)],
  ["connector", (saved, live) => withoutSuffix(saved) === withoutSuffix(live)],
  ["connectorClass", same],
  ["passwordPolicies", (saved, live) => same(idsOf(saved), idsOf(live))],
];

const ways: Readonly<Record<string, string>> = {
  id: "The source was deleted and created again, or the file is of another tenant: take the id out of the file to write onto this one.",
  authoritative: "Identity profiles decide it.",
  passwordPolicies: "They have an operation of their own: `api updatePasswordPolicyHolders`.",
};

function immutableChanges(saved: JsonObject, live: JsonObject): string[] {
  return immutable
    .filter(([field, equal]) => field in saved && !equal(saved[field], live[field]))
    .map(([field]) => {
      const values = `the file has ${shortJson(saved[field])}, the tenant ${shortJson(live[field])}`;
      return `${field}: ${values}. ${ways[field] ?? "Only a new source can have another."}`;
    });
}

/** Fields that the tenant decides: they are sent back as they are. */
const owned = [
  ...["accountCorrelationConfig", "connectorId", "connectorImplementationId", "connectorName", "created", "healthy"],
  ...["modified", "schemas", "since", "status", ...immutable.map(([field]) => field)],
];

/** The same within connectorAttributes. The tenant refuses another `healthy`, `since` or `status`. */
const ownedAttributes = [
  ...["acctAggregationEnd", "acctAggregationStart", "beforeProvisioningRule", "cloudAuthoritativeSourcePrecedence"],
  ...["cloudDisplayName", "cloudEnabled", "cloudExternalId", "cloudOriginalApplicationType", "connectionType"],
  ...[
    "connectorName",
    "connector_files",
    "deleteStatus",
    "deltaAggregation",
    "formPath",
    "hasFullAggregationCompleted",
  ],
  ...["healthy", "lastAggregationDate_account", "lockStatus", "md5", "since", "status", "templateApplication"],
];

/** It repeats the field deleteThreshold, and is no change of its own. */
const mirror = "connectorAttributes.deleteThresholdPercentage";

function bodyOf(saved: JsonObject, live: JsonObject, lost: string[]): JsonObject {
  const savedAttributes = isObject(saved["connectorAttributes"]) ? saved["connectorAttributes"] : {};
  const liveAttributes = isObject(live["connectorAttributes"]) ? live["connectorAttributes"] : {};
  const attributes = unmasked(withOwned(savedAttributes, liveAttributes, ownedAttributes), liveAttributes, [], lost);
  // The list of secret keys may be absent in the file, and must not be null; the mirror follows its field.
  if (isBlank(attributes["encrypted"])) Object.assign(attributes, pick(liveAttributes, ["encrypted"]));
  if ("deleteThresholdPercentage" in liveAttributes) {
    put(attributes, "deleteThresholdPercentage", saved["deleteThreshold"] ?? null);
  }
  return { ...withOwned(saved, live, owned), connectorAttributes: attributes };
}

function withOwned(saved: JsonObject, live: JsonObject, keys: readonly string[]): JsonObject {
  const rest = Object.fromEntries(Object.entries(saved).filter(([key]) => !keys.includes(key)));
  return { ...rest, ...pick(live, keys) };
}

const pick = (object: JsonObject, keys: readonly string[]): JsonObject =>
  Object.fromEntries(keys.flatMap((key) => (key in object ? [[key, object[key] ?? null] as const] : [])));

const MASK = /^\*{6,}$/;

/** A masked secret keeps the one that is on the tenant. Where there is none, the file cannot give it back. */
function unmasked(saved: JsonObject, live: Maybe, path: readonly string[], lost: string[]): JsonObject {
  const value = (item: Json, there: Maybe, at: readonly string[]): Json => {
    if (typeof item === "string" && MASK.test(item)) {
      if (typeof there === "string") return there;
      lost.push(
        `connectorAttributes.${at.join(".")}: the file has only asterisks, and the tenant no secret to keep. Write the secret in its place, or take the key out.`,
      );
      return item;
    }
    if (Array.isArray(item)) {
      return item.map((member, i) => value(member, Array.isArray(there) ? there[i] : undefined, [...at, String(i)]));
    }
    return isObject(item) ? unmasked(item, there, at, lost) : item;
  };
  const result: JsonObject = {};
  for (const [key, item] of Object.entries(saved)) put(result, key, value(item, own(live, key), [...path, key]));
  return result;
}

function changesBetween(live: Maybe, body: Maybe, isSecret: IsSecret, path: readonly string[] = []): Change[] {
  const key = path.at(-1) ?? "";
  if (same(live, body) || sameReference(live, body) || (key === "features" && same(sorted(live), sorted(body))))
    return [];
  if (isObject(live) && isObject(body)) {
    const keys = [...new Set([...Object.keys(live), ...Object.keys(body)])];
    return keys.flatMap((name) => changesBetween(own(live, name), own(body, name), isSecret, [...path, name]));
  }
  const shown = (value: Maybe): Maybe => (isBlank(value) ? undefined : hidden(value, key, isSecret));
  return [{ path: path.join("."), now: shown(live), saved: shown(body) }];
}

/** The value with every secret in it replaced. */
function hidden(value: Maybe, key: string, isSecret: IsSecret): Maybe {
  if (Array.isArray(value)) return value.map((item) => hidden(item, key, isSecret) ?? null);
  if (isObject(value)) {
    const result: JsonObject = {};
    for (const [name, item] of Object.entries(value)) put(result, name, hidden(item, name, isSecret) ?? null);
    return result;
  }
  return typeof value === "string" && isSecret(key, value, value) ? "[secret]" : value;
}

function planOfPolicies(saved: JsonObject[], live: JsonObject[]): PolicyPlan {
  const known = new Map(live.map((policy) => [usageTypeOf(policy), policy]));
  const changed = saved.filter((policy) => !same(known.get(usageTypeOf(policy)), policy));
  return {
    create: changed.filter((policy) => !known.has(usageTypeOf(policy))),
    write: changed.filter((policy) => known.has(usageTypeOf(policy))),
    unchanged: saved.filter((policy) => !changed.includes(policy)).map(usageTypeOf),
    leftAlone: [...known.keys()].filter((type) => !saved.some((policy) => usageTypeOf(policy) === type)),
  };
}

export const usageTypeOf = (policy: JsonObject): string => String(policy["usageType"]);

/** A value in one short line. */
export function shortJson(value: Maybe): string {
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  return text.length > 100 ? `${text.slice(0, 99)}…` : text;
}

const withoutSuffix = (connector: Maybe): Maybe =>
  typeof connector === "string" ? connector.replace(/-angularsc$/, "") : connector;

/** The name in a reference follows the id. */
const sameReference = (left: Maybe, right: Maybe): boolean =>
  isReference(left) && isReference(right) && left["id"] === right["id"] && same(left["type"], right["type"]);
const isReference = (value: Maybe): value is JsonObject =>
  isObject(value) &&
  typeof value["id"] === "string" &&
  Object.keys(value).every((key) => ["type", "id", "name"].includes(key));

const idsOf = (list: Maybe): Maybe => (Array.isArray(list) ? list.map((item) => own(item, "id") ?? null) : list);
const sorted = (list: Maybe): Maybe => (Array.isArray(list) ? list.map(String).sort() : list);
