import { SailPointError } from "../../api/errors";
import { isBlank, type Json, type JsonObject, type Maybe, isObject, own, put } from "../../reconcile";
import { membersOf } from "../../reconcile/comma-set";
import type { Session } from "../../tenant/session";
import type { Entry, SourceEntry } from "../inventory";
import { type Element, attributesOf, childrenNamed, elementsIn, elementsNamed } from "../xml";

/** What a new source of a connector has from the start. */
export interface Template {
  connectorClass: string | undefined;
  features: readonly string[];
  attributes: JsonObject;
  /** The attributes of the schemas that it comes with, by the schemas' names. */
  schemas: ReadonlyMap<string, readonly string[]>;
}

/** The templates of these sources' connectors, by script name without suffix, as far as the tenant tells. */
export async function templatesOf(
  { client, signal }: Session,
  sources: readonly SourceEntry[],
): Promise<Map<string, Template>> {
  const names = [...new Set(sources.map(({ inputs }) => scriptName(inputs["connector"])))].filter(
    (name) => name !== "",
  );
  const templates = new Map<string, Template>();
  for (const name of names) {
    try {
      const { className, applicationXml } = await client.call("getConnector", { scriptName: name }, { signal });
      templates.set(name, templateIn(typeof applicationXml === "string" ? applicationXml : "", className ?? undefined));
    } catch (error) {
      // Custom connectors may not be shown to everybody: then all of their sources is exported.
      if (!(error instanceof SailPointError) || error.kind === "cancelled" || error.kind === "unavailable") throw error;
    }
  }
  return templates;
}

export const scriptName = (connector: Maybe): string =>
  typeof connector === "string" ? connector.replace(/-angularsc$/, "") : "";

/** What an application's XML says a new one has: its class, features, attributes and schemas. */
function templateIn(xml: string, className?: string): Template {
  const [application] = elementsNamed("Application", xml);
  const [map] = childrenNamed("Attributes", application).flatMap((attributes) => childrenNamed("Map", attributes));
  const attributes = map === undefined ? {} : entriesOf(map);
  const { connector, featuresString } = application ? attributesOf(application) : {};
  const schemas = childrenNamed("Schemas", application).flatMap((all) => childrenNamed("Schema", all));
  return {
    connectorClass: connector ?? className,
    features: membersOf(featuresString),
    attributes,
    schemas: new Map(schemas.map((schema) => [attributesOf(schema)["objectType"] ?? "", attributeNames(schema)])),
  };
}

const attributeNames = (schema: Element): string[] =>
  childrenNamed("AttributeDefinition", schema).flatMap((one) => attributesOf(one)["name"] ?? []);

/** A text stands as an attribute of its entry, anything else as an element below it. */
function entriesOf(map: Element): JsonObject {
  const entries: JsonObject = {};
  for (const entry of childrenNamed("entry", map)) {
    const { key, value } = attributesOf(entry);
    const [inner] = childrenNamed("value", entry).flatMap(elementsIn);
    const member = value ?? (inner && valueOf(inner));
    if (key !== undefined && member !== undefined) put(entries, key, member);
  }
  return entries;
}

function valueOf(element: Element): Json {
  if (element.nodeName === "Map") return entriesOf(element);
  if (element.nodeName === "List") return elementsIn(element).map(valueOf);
  const text = (element.textContent ?? "").trim();
  return element.nodeName === "Boolean" ? text === "true" : text;
}

/** Inputs of a source without what a new one of its connector has anyway. */
export function beyond(inputs: JsonObject, template: Template | undefined): JsonObject {
  if (template === undefined) return inputs;
  const { connectorClass, features, connectorAttributes, ...rest } = inputs;
  const attributes: JsonObject = {};
  for (const [key, value] of Object.entries(isObject(connectorAttributes) ? connectorAttributes : {})) {
    if (!isDefault(key, value, own(template.attributes, key))) put(attributes, key, value);
  }
  return {
    ...rest,
    ...(connectorClass === undefined || connectorClass === template.connectorClass ? {} : { connectorClass }),
    ...ofFeatures(features, template.features),
    ...(isBlank(attributes) ? {} : { connectorAttributes: attributes }),
  };
}

/**
 * Inputs of what hangs on a source. Where a new one has members of a list that this one has not, they would stay beside
 * those declared unless the list is said to be exact.
 */
export function exactly({ kind, key }: Entry, inputs: JsonObject, template: Template | undefined): JsonObject {
  const result = { ...inputs };
  for (const [name, field] of Object.entries(kind.fields)) {
    if (field.type !== "keyed" || field.exact === undefined) continue;
    const members = inputs[name] ?? [];
    const ours = new Set(Array.isArray(members) ? members.map((member) => own(member, field.by)) : []);
    if (template?.schemas.get(key)?.some((other) => !ours.has(other)) !== true) continue;
    Object.assign(result, { [name]: members, [field.exact]: true });
  }
  return result;
}

/** Where one of the template's is missing, the list has to be told as a whole. */
function ofFeatures(features: Maybe, ofTemplate: readonly string[]): JsonObject {
  if (!Array.isArray(features)) return {};
  const isWithout = ofTemplate.some((one) => !features.includes(one));
  const told = isWithout ? features : features.filter((one) => !ofTemplate.includes(String(one)));
  return isWithout || told.length > 0 ? { features: told } : {};
}

const sorted = (list: Maybe): string => membersOf(list).sort().join();

/** Whether a value is the template's, in which numbers and flags may be texts. */
function isDefault(key: string, value: Maybe, there: Maybe): boolean {
  if (there === undefined) return false;
  if (key === "encrypted") return sorted(value) === sorted(there);
  if (Array.isArray(value) && Array.isArray(there)) {
    return value.length === there.length && value.every((member, i) => isDefault("", member, there[i]));
  }
  if (isObject(value) && isObject(there)) {
    const keys = Object.keys(value);
    return (
      keys.length === Object.keys(there).length && keys.every((inner) => isDefault("", value[inner], own(there, inner)))
    );
  }
  return typeof value !== "object" && typeof there !== "object" && String(value) === String(there);
}
