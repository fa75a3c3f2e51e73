import { type JsonObject, type Maybe, isBlank, own } from "../reconcile";
import { nearest } from "../reconcile/nearest";
import { UNKNOWN } from "../reconcile/unknown";
import { absentAsUndefined, ask, asObject } from "../tenant/wire";
import { child, childId, splitId } from "./children";
import { BY_SUBTYPE, allPolicies, byIdToo, indistinct, keyText } from "./policies-by-id";
import { doubtfulTransforms } from "./transforms";
import { type Mistake, flag, json, list, object, reference, text, word } from "./tree/field";
import { undocumented } from "./undocumented";

/** The usage types that are documented; newer tenants know more. */
const USAGE_TYPES = [
  ...["CREATE", "UPDATE", "ENABLE", "DISABLE", "DELETE", "ASSIGN", "UNASSIGN", "CREATE_GROUP", "UPDATE_GROUP"],
  ...["DELETE_GROUP", "EDIT_GROUP", "REGISTER", "CREATE_IDENTITY", "UPDATE_IDENTITY", "UNLOCK", "CHANGE_PASSWORD"],
  BY_SUBTYPE,
];

const field = object({
  named: "PolicyField",
  open: true,
  doc: "A field of a provisioning policy: one attribute that an account gets.",
  fields: {
    name: text({ doc: "The account attribute; unique in the policy.", required: true, give: "a name" }),
    type: word({
      doc: "The type of its value.",
      what: "type of a policy's field",
      of: ["string", "int", "long", "date", "boolean", "secret"],
    }),
    isRequired: flag("Only for usage type CREATE: elsewhere the tenant drops it, and declaring it is an error."),
    isMultiValued: flag("More than one value."),
    transform: json({
      doc: "A transform, as JSON. Another `type` is another transform, which takes the place of the old one; `{}` says that there is none.",
      variant: "type",
    }),
    attributes: json({ doc: "Settings of the field, as JSON; keys that are not declared are left alone." }),
  },
});

export const provisioningPolicy = child({
  name: "ProvisioningPolicy",
  what: "a provisioning policy",
  doc:
    "A provisioning policy: which attributes an account gets, per usage type. A policy that is there already (CREATE often " +
    "is) is taken over without asking; its former content is kept, and destroying the resource restores it.",
  operations: [
    ...(["createProvisioningPolicy", "listProvisioningPolicies", "getProvisioningPolicy"] as const),
    ...(["updateProvisioningPolicy", "putProvisioningPolicy", "deleteProvisioningPolicy"] as const),
    ...(["listProvisioningPoliciesById", "createProvisioningPolicyById", "updateProvisioningPolicyById"] as const),
    ...(["putProvisioningPolicyById", "deleteProvisioningPolicyById", "listSourceSubtypes"] as const),
  ],
  example: `new ProvisioningPolicy("hr-create", {
  source: hr,
  usageType: "CREATE",
  name: "Account",
  fields: [{ name: "id", type: "string", isRequired: true, attributes: { template: "$name" } }],
});`,
  fields: {
    usageType: word({
      doc: "CREATE, UPDATE, ENABLE, DISABLE, DELETE, ASSIGN … One that is not documented is sent with a warning.",
      required: true,
      what: "usage type",
      of: USAGE_TYPES,
      open: { give: "a usage type, for example CREATE" },
      immutable: "it is the policy's key",
    }),
    subtype: reference({
      doc:
        "Which of the source's subtypes it is for, by its technical or display name, or its id: CREATE_MACHINE_ACCOUNT " +
        "needs one. Only in the per-service form of the API (`sailpoint:apiVersion` is `services`).",
      to: "subtype",
      what: "subtype",
      immutable: "it is part of the policy's key",
    }),
    name: text({ doc: "What people call the policy.", default: "the usage type", give: "a name", mayBeEmpty: true }),
    description: text({ doc: "What the policy is for.", give: "a description", mayBeEmpty: true }),
    fields: list({
      doc: "In the order in which they are worked through; the whole list is the program's.",
      by: "name",
      distinct: true,
      of: field,
    }),
  },
  notInputs: {
    id: "it follows from source and usageType",
    subtypeId: "give subtype: { name } or { id }",
  },
  check: (declared) => [...requiredOutsideOfCreate(declared), ...withoutSubtype(declared)],
  needsFor: ({ subtype }) => (subtype === undefined ? undefined : "listProvisioningPoliciesById"),
  warnings: ({ usageType, fields = null }) => [...doubtfulUsageType(usageType), ...doubtfulTransforms(fields)],
  title: ({ usageType, subtype }) => {
    const of = own(subtype, "name") ?? own(subtype, "id");
    return `ProvisioningPolicy ${String(usageType)}${typeof of === "string" ? ` of subtype ${of}` : ""}`;
  },
  importId: "SOURCE_ID/usageType` or `SOURCE_ID/CREATE_MACHINE_ACCOUNT/SUBTYPE_ID",
  id: ({ source, usageType }, { subtypeId }) => childId(source, keyText(usageType, subtypeId)),
  view: (live, applied, id) => ({
    ...live,
    ...withSubtype(live, id),
    // The name may come back null or empty whatever was sent.
    ...(isBlank(live["name"]) && applied["name"] !== undefined ? { name: applied["name"] } : {}),
  }),
  imported: withSubtype,
  listed: allPolicies,
  indistinct,
  key: "usageType",
  list: "listProvisioningPolicies",
  address: (usageType) => ({ usageType }),
  endpoints: byIdToo,
  newborn: (body) => ({ name: body["usageType"] ?? null, ...body }),
  api: {
    create: "createProvisioningPolicy",
    get: ({ client }, sourceId, usageType) =>
      absentAsUndefined(ask(client, "getProvisioningPolicy", { sourceId, usageType }).then(asObject)),
    patch: "updateProvisioningPolicy",
    put: "putProvisioningPolicy",
    remove: "deleteProvisioningPolicy",
  },
});

function doubtfulUsageType(usageType: Maybe): string[] {
  if (typeof usageType !== "string" || usageType === UNKNOWN || USAGE_TYPES.includes(usageType)) return [];
  return [undocumented("usageType", usageType, nearest(usageType, USAGE_TYPES))];
}

function withSubtype(live: JsonObject, id: string): JsonObject {
  const { subtypeId } = live;
  const subtype: JsonObject = typeof subtypeId === "string" ? { subtype: { id: subtypeId } } : {};
  return { ...live, source: splitId(id).sourceId, ...subtype };
}

const withoutSubtype = ({ usageType, subtype }: JsonObject): Mistake[] =>
  usageType === BY_SUBTYPE && subtype === undefined
    ? [
        {
          path: ["subtype"],
          message: "is missing: CREATE_MACHINE_ACCOUNT is for one subtype of the source, { name } or { id }",
        },
      ]
    : [];

function requiredOutsideOfCreate({ usageType, fields }: JsonObject): Mistake[] {
  // One that is not documented may be CREATE misspelt, or keep it.
  if (typeof usageType !== "string" || usageType === "CREATE" || !USAGE_TYPES.includes(usageType)) return [];
  if (!Array.isArray(fields)) return [];
  const message = `has no effect for ${usageType}: the tenant keeps it for CREATE only and drops it here. Leave it out`;
  return fields.flatMap((declared, i) =>
    own(declared, "isRequired") === true ? [{ path: ["fields", i, "isRequired"], message }] : [],
  );
}
