import type { Field, Fields, ReferenceField } from "../../../kinds/tree/field";
import type { EnumSpec, ObjectSpec, PropertySpec, TypeSpec } from "./spec";

/** Types of the package that have a name: objects below the inputs, references, words. */
export class Types {
  private readonly named = new Map<string, ObjectSpec | EnumSpec>();

  /** A reference to a type, which is made when it is named for the first time. */
  ref(name: string, make: () => ObjectSpec | EnumSpec): TypeSpec {
    const token = `sailpoint:index:${name}`;
    if (!this.named.has(token)) this.named.set(token, make());
    return { $ref: `#/types/${token}` };
  }

  all(): Record<string, ObjectSpec | EnumSpec> {
    return Object.fromEntries([...this.named].sort(([left], [right]) => (left < right ? -1 : 1)));
  }
}

/**
 * A field as a property.
 *
 * @param owner The type that it belongs to, from whose name those of its own types are made.
 */
export function propertyOf(field: Field, owner: string, name: string, types: Types): PropertySpec {
  const sentences = [
    field.doc,
    field.default === undefined ? "" : `Default: ${field.default}.`,
    field.immutable === undefined ? "" : "Immutable: another one replaces the resource.",
  ];
  return {
    ...typeOf(field, owner, name, types),
    description: sentences.filter((sentence) => sentence !== "").join(" "),
    ...(field.secret === true ? { secret: true } : {}),
    ...(field.immutable === undefined ? {} : { willReplaceOnChanges: true }),
  };
}

const TEXT: TypeSpec = { type: "string" };
const ANY: TypeSpec = { $ref: "pulumi.json#/Any" };
const ASSET: TypeSpec = { $ref: "pulumi.json#/Asset" };

function typeOf(field: Field, owner: string, name: string, types: Types): TypeSpec {
  switch (field.type) {
    case "text":
    case "commaSet":
    case "parent":
      return TEXT;
    case "word": {
      const word = types.ref(`${owner}${capital(name)}`, () => ({
        type: "string",
        description: field.doc,
        enum: field.of.map((value) => ({ value, name: capitals(value) })),
      }));
      return field.open ? { oneOf: [TEXT, word] } : word;
    }
    case "flag":
      return { type: "boolean" };
    case "number":
      return { type: "integer" };
    case "json":
      return { type: "object", additionalProperties: ANY };
    case "object":
      return objectOf(field.named ?? `${owner}${capital(name)}`, field.doc, field.fields, types);
    case "list":
    case "keyed":
    case "set":
      return { type: "array", items: typeOf(field.of, owner, singular(name), types) };
    case "reference":
      return field.asId === true ? { oneOf: [TEXT, referenceOf(field, types)] } : referenceOf(field, types);
    case "file":
      return ASSET;
    case "files":
      return { type: "array", items: ASSET };
  }
}

const objectOf = (name: string, doc: string, fields: Fields, types: Types): TypeSpec =>
  types.ref(name, () => ({
    type: "object",
    description: doc,
    properties: Object.fromEntries(
      Object.entries(fields).map(([key, field]) => [key, propertyOf(field, name, key, types)]),
    ),
    required: Object.entries(fields).flatMap(([key, field]) => (field.required === true ? [key] : [])),
  }));

/** References by the same keys are of one type. */
function referenceOf({ by }: ReferenceField, types: Types): TypeSpec {
  const others = by.filter((key) => key !== "name" && key !== "id");
  const name = `${others.map(capital).join("")}Reference`;
  return types.ref(name, () => ({
    type: "object",
    description: `Another object of the tenant, by exactly one of ${by.map((key) => `\`${key}\``).join(", ")}.`,
    properties: Object.fromEntries(by.map((key) => [key, { ...TEXT, description: `Names it by its ${key}.` }])),
  }));
}

/** From `ACCOUNT_AGGREGATION` to `AccountAggregation`: each language writes constants of it in its own way. */
const capitals = (word: string): string =>
  word
    .split(/[^A-Za-z0-9]+/)
    .map((part) => capital(part === part.toUpperCase() ? part.toLowerCase() : part))
    .join("");
const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
const singular = (name: string): string => name.replace(/ies$/, "y").replace(/s$/, "");
