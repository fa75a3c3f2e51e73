import type { Json } from "../engine-model/goal";

/**
 * The smallest things that somebody may own on a tenant, each under a name that does not depend on its position: a
 * member of a list is called by what names it, so that what hangs on it can be followed wherever it goes.
 */
export type Atoms = ReadonlyMap<string, string>;

/** What the tenant sets by itself. */
const VOLATILE =
  /^(id|created|modified|since|healthy|status|schemas|md5|connector_files|.*[Aa]ggregation.*|cloud.*|policyId|authoritative|connectionType|connectorName|connectorId|connectorImplementationId|templateApplication|formPath|lockStatus|deleteStatus|deleteThresholdPercentage|accountCorrelationConfig|type|subtypeId)$/;

/** Lists whose members have names. */
const NAMED: Readonly<Record<string, (member: Json) => string>> = {
  connectionParameters: (member) => String(member["uniqueNameForEndPoint"]),
  attributes: (member) => String(member["name"]),
  fields: (member) => String(member["name"]),
  attributeAssignments: (member) => `${String(member["property"])}→${String(member["value"])}`,
};
/** Lists that are sets. */
const SETS = new Set(["features", "operations", "selectedEntitlements", "selectedNonEntitlementAttributes"]);
/** Values that are not there, whichever way the tenant says so. */
const isBlank = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === "" ||
  value === false ||
  (typeof value === "object" && Object.values(value).every(isBlank));

export function atomsOf(object: unknown, at: string, skip: RegExp = VOLATILE): [string, string][] {
  return walk(object, at, "", skip);
}

function walk(value: unknown, at: string, key: string, skip: RegExp): [string, string][] {
  if (isBlank(value)) return [];
  if (key === "encrypted") return members(String(value).split(","), at);
  if (Array.isArray(value)) {
    if (SETS.has(key)) return members(value, at);
    const name = NAMED[key];
    if (name === undefined || !value.every(isObject)) return [[at, JSON.stringify(value)]];
    return value.flatMap((member) => {
      const place = `${at}[${name(member)}]`;
      return [[place, "there"] as [string, string], ...walk(member, place, "", skip)];
    });
  }
  if (!isObject(value)) return [[at, JSON.stringify(value)]];
  return Object.entries(value).flatMap(([name, member]) =>
    skip.test(name) && !isTyped(name, at) ? [] : walk(member, `${at}.${name}`, name, skip),
  );
}

/** The type of a member is declared, the type of a source follows from its connector. */
const isTyped = (name: string, at: string): boolean =>
  (name === "type" && at.includes("[")) || at.endsWith(".transform");

const members = (list: readonly unknown[], at: string): [string, string][] =>
  list.map((member) => [`${at}{${String(member)}}`, "there"]);

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The lists that an atom is in, each with the member: `….connectionParameters[Users]`. */
export function membersAround(atom: string): string[] {
  return [...atom.matchAll(/\]/g)].map(({ index }) => atom.slice(0, index + 1));
}
