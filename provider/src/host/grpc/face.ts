import { kinds } from "../../kinds";
import { handlerText } from "../../kinds/handler-text";
import type { Action, Kind } from "../../kinds/kind";
import type { JsonObject, Maybe } from "../../reconcile";

/** A way in which Pulumi knows our kinds: by which types, by which configuration, and with what beside their properties. */
export interface Face {
  /** The kind of a resource, or nothing where it is none of ours. */
  kindOf(type: string, properties: JsonObject): Kind | Action | undefined;
  /** What a resource's properties carry beside what the kind knows of. */
  envelope(type: string, properties: JsonObject): JsonObject;
  /** A setting, from the provider's configuration. */
  setting(configuration: JsonObject, key: string): string | undefined;
}

/** The type in an URN: the last of its types, where a resource has parents. */
export const typeOf = (urn: string): string => urn.split("::")[2]?.split("$").at(-1) ?? "";

const byHandler = Object.entries<Kind | Action>(kinds).map(([handler, kind]) => ({ handler, kind }));
/** Where a dynamic resource names its handler. */
export const PROVIDER = "__provider";

const byText = new Map(byHandler.map(({ handler, kind }) => [handlerText(handler), kind]));
const dynamicTypes = new Map(
  byHandler.map(({ handler, kind }) => [
    `pulumi-nodejs:dynamic/sailpoint:${kind.name}`,
    { text: handlerText(handler), kind },
  ]),
);

/**
 * As dynamic resources. A resource that is only named, as for an import, is told by its type; else it is whose text it
 * carries, whatever its type.
 */
export const dynamicFace: Face = {
  kindOf(type, { [PROVIDER]: text }) {
    return typeof text === "string" ? byText.get(text) : dynamicTypes.get(type)?.kind;
  },
  envelope(type, { [PROVIDER]: text }) {
    const provider = typeof text === "string" ? text : dynamicTypes.get(type)?.text;
    return provider === undefined ? {} : { [PROVIDER]: provider };
  },
  setting: (configuration, key) => settingText(configuration[`sailpoint:${key}`]),
};

const pluginTypes = new Map(byHandler.map(({ kind }) => [`sailpoint:index:${kind.name}`, kind]));

/** As a package of their own. */
export const pluginFace: Face = {
  kindOf: (type) => pluginTypes.get(type),
  envelope: () => ({}),
  setting: (configuration, key) => settingText(configuration[key]),
};

/** Languages with types send flags and numbers as such. */
function settingText(value: Maybe): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === "string" ? value : JSON.stringify(value);
}
