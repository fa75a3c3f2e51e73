import { closest } from "fastest-levenshtein";
import { z } from "zod";
import { isBlank, isObject, own } from "../reconcile";
import { UNKNOWN } from "../reconcile/unknown";
import { absentAsUndefined, asBody, asObject } from "../tenant/wire";
import { childId, namedApart, ofSource, splitId } from "./children";
import type { Kind } from "./kind";
import { EVEN_IF_WRONG, flag, jsonObject, oneOf, outputOnly, required, text } from "./validation";

/** The usage types that are documented; newer tenants know more. */
const USAGE_TYPES: ReadonlySet<string> = new Set([
  ...["CREATE", "UPDATE", "ENABLE", "DISABLE", "DELETE", "ASSIGN", "UNASSIGN", "CREATE_GROUP", "UPDATE_GROUP"],
  ...["DELETE_GROUP", "EDIT_GROUP", "REGISTER", "CREATE_IDENTITY", "UPDATE_IDENTITY", "UNLOCK", "CHANGE_PASSWORD"],
  "CREATE_MACHINE_ACCOUNT",
]);
const FIELD_TYPES = ["string", "int", "long", "date", "boolean", "secret"] as const;

const field = z.strictObject({
  name: required("a name"),
  type: oneOf("type of a policy's field", FIELD_TYPES).optional(),
  isRequired: flag.optional(),
  isMultiValued: flag.optional(),
  transform: jsonObject.optional(),
  attributes: jsonObject.optional(),
});

const inputs = z
  .strictObject({
    source: required("a Source, or a source's id"),
    usageType: required("a usage type, for example CREATE"),
    name: text("a name").optional(),
    description: text("a description").optional(),
    fields: namedApart(field).optional(),
  })
  .extend({ id: outputOnly("it follows from source and usageType") })
  .superRefine((declared: unknown, context) => {
    if (!isObject(declared)) return;
    const { usageType, fields } = declared;
    if (typeof usageType !== "string" || usageType === "CREATE" || usageType === UNKNOWN) return;
    if (!Array.isArray(fields)) return;
    for (const [i, declaredField] of fields.entries()) {
      if (own(declaredField, "isRequired") !== true) continue;
      const message = `has no effect for ${usageType}: the tenant keeps it for CREATE only and drops it here. Leave it out`;
      context.addIssue({ code: "custom", path: ["fields", i, "isRequired"], message });
    }
  }, EVEN_IF_WRONG);

const value = { is: "value" } as const;
const flagRule = { is: "value", absent: false } as const;

/** A provisioning policy: which attributes an account gets, per usage type. API: `createProvisioningPolicy` and others. */
export const provisioningPolicy: Kind = {
  name: "ProvisioningPolicy",
  inputs,
  adoption: "always",
  rules: {
    is: "object",
    fields: {
      source: ofSource("a provisioning policy"),
      usageType: { is: "value", immutable: "it is the policy's key" },
      name: value,
      description: value,
      // Fields are worked through in order.
      fields: {
        is: "list",
        by: "name",
        of: {
          is: "object",
          fields: {
            name: value,
            type: value,
            isRequired: flagRule,
            isMultiValued: flagRule,
            transform: { is: "free" },
            attributes: { is: "free" },
          },
        },
      },
    },
  },
  warnings: ({ usageType }) =>
    typeof usageType !== "string" || usageType === UNKNOWN || USAGE_TYPES.has(usageType)
      ? []
      : [
          `usageType ${JSON.stringify(usageType)} is not documented; it is sent as it is. ` +
            `The nearest that is: ${closest(usageType, [...USAGE_TYPES])}`,
        ],

  title: ({ usageType }) => `ProvisioningPolicy ${String(usageType)}`,
  id: ({ source, usageType }) => childId(source, usageType),
  sourceOf: (id) => splitId(id).sourceId,
  outputs: () => ({}),
  view: (live, applied, id) => ({
    ...live,
    source: splitId(id).sourceId,
    // The name may come back null or empty whatever was sent.
    ...(isBlank(live["name"]) && applied["name"] !== undefined ? { name: applied["name"] } : {}),
  }),
  imported: (live, id) => ({ ...live, source: splitId(id).sourceId }),

  api: {
    find: ({ reads }, { source, usageType }) => reads.policy(String(source), String(usageType), true),
    get: ({ client, reads }, id, fresh) => {
      if (fresh) return absentAsUndefined(client.call("getProvisioningPolicy", path(id)).then(asObject));
      const { sourceId, usageType } = path(id);
      return reads.policy(sourceId, usageType, false);
    },
    create: async ({ client }, body, { source }) => {
      const named = { name: body["usageType"] ?? null, ...body };
      const operation = "createProvisioningPolicy";
      return asObject(await client.call(operation, { sourceId: String(source), body: asBody(operation, named) }));
    },
    patch: async ({ client }, id, _live, patch) =>
      asObject(await client.call("updateProvisioningPolicy", { ...path(id), body: patch })),
    put: async ({ client }, id, whole) => {
      const operation = "putProvisioningPolicy";
      return asObject(await client.call(operation, { ...path(id), body: asBody(operation, whole) }));
    },
    remove: async ({ client }, id) => {
      await absentAsUndefined(client.call("deleteProvisioningPolicy", path(id)));
    },
  },
};

function path(id: string): { sourceId: string; usageType: string } {
  const { sourceId, key } = splitId(id);
  return { sourceId, usageType: key };
}
