import { kinds } from "../../kinds";
import { handlerText } from "../../kinds/handler-text";
import type { Action, Kind } from "../../kinds/kind";
import type { Json, JsonObject, Maybe } from "../../reconcile";
import { UNKNOWN } from "../../reconcile/unknown";

/** A way in which Pulumi knows our kinds: by which types, by which configuration, and with what beside their properties. */
export interface Face {
  /** The kind of a resource, or nothing where it is none of ours. */
  kindOf(type: string, properties: JsonObject): Kind | Action | undefined;
  /** What a resource's properties carry beside what the kind knows of. */
  envelope(type: string, properties: JsonObject): JsonObject;
  /** A resource's outputs as programs read them. An id that is not known yet is empty. */
  outputs(kind: Kind | Action, id: string, properties: JsonObject): JsonObject;
  /** Whether the program's own classes tell of names that the tenant lacks. */
  programTells: boolean;
  /** The settings, from the provider's configuration and its name. */
  settings(configuration: JsonObject, name: string): (key: string) => string | undefined;
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
  outputs: (_kind, _id, properties) => properties,
  programTells: true,
  settings: (configuration) => (key) => settingText(configuration[`sailpoint:${key}`]),
};

const pluginTypes = new Map(byHandler.map(({ kind }) => [`sailpoint:index:${kind.name}`, kind]));

/** As a package of their own. */
export const pluginFace: Face = {
  kindOf: (type) => pluginTypes.get(type),
  envelope: () => ({}),
  // The classes of the dynamic resources make these from the rest.
  outputs(kind, id, properties) {
    const made = Object.entries(kind.outputs).flatMap(([name, { type }]): [string, Json][] => {
      if (type === "id") return [[name, id === "" ? UNKNOWN : id]];
      return type === "flag" && properties[name] === undefined ? [[name, false]] : [];
    });
    return { ...properties, ...Object.fromEntries(made) };
  },
  programTells: false,
  // A provider that the program declares with an address of its own is another tenant than the configured one.
  settings(configuration, name) {
    const isNamed = !/^default(?:_|$)/.test(name) && configuration["baseUrl"] !== undefined;
    const given: JsonObject = isNamed ? { ...configuration, tenantName: name } : configuration;
    return (key) => settingText(given[key]);
  },
};

/** Languages with types send flags and numbers as such. */
function settingText(value: Maybe): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === "string" ? value : JSON.stringify(value);
}
