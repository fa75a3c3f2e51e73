import type { JsonObject } from "../json";

/** A kind of system that sources connect to, and what a new source of it starts with. */
export interface Connector {
  /** The script name without suffix: what a source's `connector` is given as. */
  scriptName: string;
  name: string;
  type: string;
  className: string;
  implementation: string;
  connectionType: "direct" | "file";
  features: readonly string[];
  category: string;
  /** `connectorAttributes` of a new source; `encrypted` among them names the keys that are secret. */
  defaults: JsonObject & { encrypted: string };
  /** What the connector writes into its own source while it works: a token that it rotates, a cursor that it moves. */
  writesItself?: { token: string; cursor: string };
  schemas: readonly SchemaTemplate[];
  /** Account attributes of the CREATE policy. */
  createFields: readonly PolicyField[];
}

export interface SchemaTemplate {
  name: string;
  nativeObjectType: string;
  identityAttribute: string;
  displayAttribute: string;
  hierarchyAttribute: string | null;
  attributes: readonly AttributeTemplate[];
}

/** Name, type, and what else is special: multi-valued, an entitlement, a group of that schema. */
export interface AttributeTemplate {
  name: string;
  type: "STRING" | "LONG" | "INT" | "BOOLEAN" | "DATE";
  multi?: boolean;
  entitlement?: boolean;
  group?: string;
}

export interface PolicyField {
  name: string;
  transform: JsonObject;
  attributes: JsonObject;
  isRequired: boolean;
  type: "string" | "secret";
  isMultiValued: boolean;
}

/** The comma list that tells a tenant which keys of a connector are secret. */
export const secretKeys = (...keys: string[]) => keys.join(",");

/** Attributes of type STRING. */
export const strings = (...names: string[]): AttributeTemplate[] => names.map((name) => ({ name, type: "STRING" }));

/** A multi-valued attribute that holds groups of the named schema. */
export const groups = (name: string, schema = "group"): AttributeTemplate => ({
  name,
  type: "STRING",
  multi: true,
  entitlement: true,
  group: schema,
});

export const schema = (
  name: string,
  nativeObjectType: string,
  identityAttribute: string,
  displayAttribute: string,
  attributes: readonly AttributeTemplate[],
  hierarchyAttribute: string | null = null,
): SchemaTemplate => ({
  name,
  nativeObjectType,
  identityAttribute,
  displayAttribute,
  hierarchyAttribute,
  attributes,
});

/** A field of a CREATE policy that takes an attribute of the identity. */
export const fromIdentity = (name: string, identityAttribute: string): PolicyField => ({
  name,
  transform: { type: "identityAttribute", attributes: { name: identityAttribute } },
  attributes: {},
  isRequired: false,
  type: "string",
  isMultiValued: false,
});

/** A field of a CREATE policy that makes up a random password. */
export const generatedPassword = (name: string): PolicyField => ({
  name,
  transform: { type: "rule", attributes: { name: "Create Password" } },
  attributes: {},
  isRequired: false,
  type: "secret",
  isMultiValued: false,
});
