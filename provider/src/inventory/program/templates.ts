import { SailPointError } from "../../api/errors";
import { isBlank, type JsonObject, type Maybe, isObject, own, put } from "../../reconcile";
import { membersOf } from "../../reconcile/comma-set";
import type { Session } from "../../tenant/session";
import type { SourceEntry } from "../inventory";
import { attributesOf, childrenNamed, elementsNamed } from "../xml";

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
function templateIn(xml: string, className?: string): Template {
  const [application] = elementsNamed("Application", xml);
  const [map] = childrenNamed("Attributes", application).flatMap((attributes) => childrenNamed("Map", attributes));
  const attributes: JsonObject = {};
  for (const { key, value } of childrenNamed("entry", map).map(attributesOf)) {
    if (key !== undefined && value !== undefined) put(attributes, key, value);
  }
  const { connector, featuresString } = application ? attributesOf(application) : {};
  return { connectorClass: connector ?? className, features: membersOf(featuresString), attributes };
}

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

const sorted = (list: Maybe): string => membersOf(list).sort().join();

function isDefault(key: string, value: Maybe, there: Maybe): boolean {
  if (there === undefined) return false;
  if (key === "encrypted") return sorted(value) === sorted(there);
  return typeof value !== "object" && String(value) === String(there);
}
