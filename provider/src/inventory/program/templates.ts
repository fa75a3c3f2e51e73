import { SailPointError } from "../../api/errors";
import { isBlank, type JsonObject, type Maybe, isObject, own, put } from "../../reconcile";
import { membersOf } from "../../reconcile/comma-set";
import type { Session } from "../../tenant/session";
import type { SourceEntry } from "../inventory";

/** What a new source of a connector has from the start. */
export interface Template {
  connectorClass: string | undefined;
  features: readonly string[];
  attributes: JsonObject;
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

/** What an application's XML says a new one has: its class, features, and the outermost attributes that are plain texts. */
export function templateIn(xml: string, className?: string): Template {
  const head = /<Application\b([^>]*)>/.exec(xml)?.[1] ?? "";
  const map = /<Attributes>\s*<Map>(.*?)<\/Map>\s*<\/Attributes>/s.exec(xml)?.[1] ?? "";
  const attributes: JsonObject = {};
  // An entry with a value of its own is one line; entries within a value are not the application's.
  for (const [, entry = ""] of map.replaceAll(/<value>.*?<\/value>/gs, "").matchAll(/<entry\b([^>]*)\/>/g)) {
    const [key, value] = [attributeIn(entry, "key"), attributeIn(entry, "value")];
    if (key !== undefined && value !== undefined) put(attributes, key, value);
  }
  return {
    connectorClass: attributeIn(head, "connector") ?? className,
    features: membersOf(attributeIn(head, "featuresString")),
    attributes,
  };
}

function attributeIn(text: string, name: string): string | undefined {
  const value = new RegExp(`(?:^|\\s)${name}=("([^"]*)"|'([^']*)')`).exec(text);
  return value ? unescaped(value[2] ?? value[3] ?? "") : undefined;
}

const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };
const unescaped = (text: string): string =>
  text.replaceAll(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return ENTITIES[name] ?? whole;
    return String.fromCodePoint(decimal === undefined ? parseInt(hex ?? "", 16) : Number(decimal));
  });

/** Inputs of a source without what a new one of its connector has anyway. */
export function beyond(inputs: JsonObject, template: Template | undefined): JsonObject {
  if (template === undefined) return inputs;
  const { connectorClass, features, connectorAttributes, ...rest } = inputs;
  const more = Array.isArray(features) ? features.filter((one) => !template.features.includes(String(one))) : [];
  const attributes: JsonObject = {};
  for (const [key, value] of Object.entries(isObject(connectorAttributes) ? connectorAttributes : {})) {
    if (!isDefault(key, value, own(template.attributes, key))) put(attributes, key, value);
  }
  return {
    ...rest,
    ...(connectorClass === undefined || connectorClass === template.connectorClass ? {} : { connectorClass }),
    ...(more.length === 0 ? {} : { features: more }),
    ...(isBlank(attributes) ? {} : { connectorAttributes: attributes }),
  };
}

function isDefault(key: string, value: Maybe, there: Maybe): boolean {
  if (there === undefined) return false;
  if (key === "encrypted") return isSameSet(membersOf(value), membersOf(there));
  return typeof value !== "object" && String(value) === String(there);
}

const isSameSet = (left: readonly string[], right: readonly string[]): boolean =>
  left.length === right.length && left.every((member) => right.includes(member));
