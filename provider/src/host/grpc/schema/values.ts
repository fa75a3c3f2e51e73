import type { Output } from "../../../kinds/kind";
import { SOURCE_VALUES, type Value, type Values } from "../../../tenant/answers";
import type { ObjectSpec, PropertySpec, TypeSpec } from "./spec";
import type { Types } from "./types";

const TEXT: TypeSpec = { type: "string" };
const list = (items: TypeSpec): TypeSpec => ({ type: "array", items });

const OUTPUT_TYPES: Readonly<Record<Output["type"], TypeSpec>> = {
  id: TEXT,
  text: TEXT,
  texts: list(TEXT),
  flag: { type: "boolean" },
  textByName: { type: "object", additionalProperties: TEXT },
  numberByName: { type: "object", additionalProperties: { type: "number" } },
};

/** What the tenant decides, as a property of a resource. */
export const outputPropertyOf = ({ type, doc }: Output): PropertySpec => ({ ...OUTPUT_TYPES[type], description: doc });

/** What a function takes or answers. */
export function valuesOf(values: Values, types: Types): ObjectSpec {
  return {
    type: "object",
    properties: Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, { ...typeOf(value, types), description: value.doc }]),
    ),
    required: Object.entries(values).flatMap(([name, { optional }]) => (optional === true ? [] : [name])),
  };
}

function typeOf({ type }: Value, types: Types): TypeSpec {
  switch (type) {
    case "text":
      return TEXT;
    case "texts":
      return list(TEXT);
    case "flag":
      return { type: "boolean" };
    case "named":
      return named(types);
    case "listOfNamed":
      return list(named(types));
    case "sources":
      return list(types.ref("FoundSource", () => valuesOf(SOURCE_VALUES, types)));
  }
}

const named = (types: Types): TypeSpec =>
  types.ref("Named", () => ({
    type: "object",
    description: "Another object of the tenant.",
    properties: { id: { ...TEXT, description: "Its id." }, name: { ...TEXT, description: "Its name." } },
    required: ["id", "name"],
  }));
