import { z } from "zod";
import { type JsonObject, isObject } from "../reconcile";
import { UNKNOWN } from "../reconcile/unknown";
import { absentAsUndefined, asBody, asObject } from "../tenant/wire";
import { childId, namedApart, ofSource, splitId } from "./children";
import type { Kind } from "./kind";
import { EVEN_IF_WRONG, flag, jsonObject, oneOf, outputOnly, reference, required, text } from "./validation";

const TYPES = ["STRING", "LONG", "INT", "BOOLEAN", "DATE"] as const;

const attribute = z
  .strictObject({
    name: required("a name"),
    nativeName: text("a native name").optional(),
    type: oneOf("schema attribute type", TYPES),
    description: text("a description").optional(),
    isMulti: flag.optional(),
    isEntitlement: flag.optional(),
    isGroup: flag.optional(),
    schema: reference("schema").optional(),
  })
  .superRefine((declared: unknown, context) => {
    if (!isObject(declared) || declared["isGroup"] !== true) return;
    const { isEntitlement, schema } = declared;
    if (isEntitlement !== true && isEntitlement !== UNKNOWN) {
      context.addIssue({ code: "custom", path: ["isGroup"], message: "needs isEntitlement: true beside it" });
    }
    if (schema === undefined) {
      context.addIssue({
        code: "custom",
        path: ["schema"],
        message: "is missing: an attribute with isGroup refers to the schema of its groups, { name } or a Schema",
      });
    }
  }, EVEN_IF_WRONG);

const inputs = z.strictObject({
  source: required("a Source, or a source's id"),
  name: required("a name, for example account"),
  nativeObjectType: text("the object type's name on the system").optional(),
  identityAttribute: text("an attribute's name").optional(),
  displayAttribute: text("an attribute's name").optional(),
  hierarchyAttribute: text("an attribute's name").optional(),
  includePermissions: flag.optional(),
  features: z.array(required("a feature")).optional(),
  configuration: jsonObject.optional(),
  attributes: namedApart(attribute).optional(),
  id: outputOnly("the tenant gives a schema its id"),
  created: outputOnly("the tenant keeps it"),
  modified: outputOnly("the tenant keeps it"),
});

const flagRule = { is: "value", absent: false } as const;
const value = { is: "value" } as const;

/** A schema of a source: what its accounts, groups or other objects look like. API: `createSourceSchema` and others. */
export const schema: Kind = {
  name: "Schema",
  inputs,
  adoption: "always",
  rules: {
    is: "object",
    fields: {
      source: ofSource("a schema"),
      name: { is: "value", immutable: "the tenant refuses to change a schema's name" },
      nativeObjectType: value,
      identityAttribute: value,
      displayAttribute: value,
      hierarchyAttribute: value,
      includePermissions: flagRule,
      features: { is: "set" },
      configuration: { is: "free" },
      attributes: {
        is: "keyed",
        by: "name",
        of: {
          is: "object",
          fields: {
            name: value,
            nativeName: value,
            type: value,
            description: value,
            isMulti: flagRule,
            isEntitlement: flagRule,
            isGroup: flagRule,
            schema: { is: "reference", to: "schema" },
          },
        },
      },
    },
  },
  normalise: (declared) => ({
    ...declared,
    ...(Array.isArray(declared["attributes"])
      ? { attributes: declared["attributes"].map((item) => (isObject(item) ? currentSpelling(item) : item)) }
      : {}),
  }),

  title: ({ name }) => `Schema "${String(name)}"`,
  id: ({ source, name }) => childId(source, name),
  sourceOf: (id) => splitId(id).sourceId,
  outputs: (live) => ({ schemaId: live["id"] ?? null, created: live["created"] ?? null }),
  view: (live, _applied, id) => ({ ...live, source: splitId(id).sourceId }),
  imported: (live, id) => ({ ...live, source: splitId(id).sourceId }),

  api: {
    find: ({ reads }, { source, name }) => reads.schema(String(source), String(name), true),
    get: async ({ client, reads }, id, fresh, known = {}) => {
      const { sourceId, key } = splitId(id);
      const schemaId = known["schemaId"] ?? known["id"];
      if (fresh && typeof schemaId === "string") {
        const live = await absentAsUndefined(client.call("getSourceSchema", { sourceId, schemaId }).then(asObject));
        if (live?.["name"] === key) return live;
        // Gone, or made anew under the same name.
      }
      return reads.schema(sourceId, key, fresh);
    },
    create: async ({ client }, body, { source }) =>
      asObject(
        await client.call("createSourceSchema", {
          sourceId: String(source),
          body: asBody("createSourceSchema", body),
        }),
      ),
    patch: async ({ client }, id, live, patch) =>
      asObject(await client.call("updateSourceSchema", { ...path(id, live), body: patch })),
    put: async ({ client }, id, whole) =>
      asObject(await client.call("putSourceSchema", { ...path(id, whole), body: asBody("putSourceSchema", whole) })),
    remove: async ({ client, reads }, id) => {
      const { sourceId, key } = splitId(id);
      const live = await reads.schema(sourceId, key, true);
      if (live) await absentAsUndefined(client.call("deleteSourceSchema", path(id, live)));
    },
  },
};

const path = (id: string, live: JsonObject) => ({ sourceId: splitId(id).sourceId, schemaId: String(live["id"]) });

/** Older documentation calls `isMulti` `isMultiValued`. */
function currentSpelling({ isMultiValued, ...rest }: JsonObject): JsonObject {
  return isMultiValued === undefined ? rest : { isMulti: isMultiValued, ...rest };
}
