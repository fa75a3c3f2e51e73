import { type JsonObject, isObject } from "../reconcile";
import { UNKNOWN } from "../reconcile/unknown";
import { absentAsUndefined, ask, asObject } from "../tenant/wire";
import { child, splitId } from "./children";
import { namesOf } from "./member-names";
import { type Mistake, flag, json, keyed, object, reference, set, text, word } from "./tree/field";

const attribute = object({
  named: "SchemaAttribute",
  open: true,
  doc: "An attribute of a schema.",
  fields: {
    name: text({ doc: "Unique in the schema.", required: true, give: "a name" }),
    nativeName: text({
      doc: "The attribute's name on the system, where it differs.",
      give: "a native name",
      mayBeEmpty: true,
    }),
    type: word({
      doc: "The type of its values.",
      required: true,
      what: "schema attribute type",
      of: ["STRING", "LONG", "INT", "BOOLEAN", "DATE"],
    }),
    description: text({ doc: "What it means.", give: "a description", mayBeEmpty: true }),
    isMulti: flag("More than one value."),
    isEntitlement: flag("Its values are entitlements."),
    isGroup: flag("Its values are groups; needs `isEntitlement` and `schema`."),
    isManaged: { ...flag("Tenants print it, and no document names it: sent as it is."), carried: true },
    schema: reference({
      doc: "The schema of its values: a Schema, or the name of one of the same source.",
      to: "schema",
      what: "schema",
      resource: "Schema",
    }),
  },
  check: groupMistakes,
});

export const schema = child({
  name: "Schema",
  what: "a schema",
  doc:
    "A schema of a source: what its accounts, groups or other objects look like. A schema that the tenant made with the " +
    "source (`account`) is taken over without asking; its former content is kept, and destroying the resource restores it.",
  operations: [
    ...(["createSourceSchema", "getSourceSchemas", "getSourceSchema", "updateSourceSchema"] as const),
    ...(["putSourceSchema", "deleteSourceSchema"] as const),
  ],
  example: `const account = new Schema("hr-account", {
  source: hr,
  name: "account",
  nativeObjectType: "User",
  identityAttribute: "id",
  displayAttribute: "name",
  attributes: [{ name: "id", type: "STRING" }, { name: "name", type: "STRING" }],
});`,
  fields: {
    name: text({
      doc: "`account`, `group` or another object type.",
      required: true,
      give: "a name, for example account",
      immutable: "the tenant refuses to change a schema's name",
    }),
    nativeObjectType: text({
      doc: "The object type's name on the system, for example `User`.",
      give: "the object type's name on the system",
      mayBeEmpty: true,
    }),
    identityAttribute: text({
      doc: "The attribute that identifies an object.",
      give: "an attribute's name",
      mayBeEmpty: true,
    }),
    displayAttribute: text({ doc: "The attribute that people read.", give: "an attribute's name", mayBeEmpty: true }),
    hierarchyAttribute: text({
      doc: "The attribute that names the parent, for hierarchies of groups.",
      give: "an attribute's name",
      mayBeEmpty: true,
    }),
    includePermissions: flag("Whether permissions are read with the objects."),
    features: set({
      doc: "Features that the schema shall have; others are left alone.",
      of: text({ doc: "A feature.", give: "a feature" }),
    }),
    configuration: json({
      doc: "The connector's own settings of the schema; keys that are not declared are left alone.",
    }),
    attributes: keyed({
      doc: "Merged by `name`: order does not matter, attributes that are not declared are left alone, unless `exact`.",
      by: "name",
      of: attribute,
      exact: "exact",
    }),
    exact: {
      ...flag(
        "Attributes that are not declared go, among them those that the tenant made with the schema. Taken out again, " +
          "what was there before comes back.",
      ),
      apart: true,
    },
  },
  notInputs: {
    id: "the tenant gives a schema its id",
    created: "the tenant keeps it",
    modified: "the tenant keeps it",
  },
  identity: "schemaId",
  outputs: {
    schemaId: { doc: "The tenant's id of the schema.", type: "text", of: ({ id }) => id },
    created: {
      doc: "When the schema was created, as an ISO 8601 time.",
      type: "text",
      optional: true,
      of: ({ created }) => created,
    },
  },
  normalise: (declared) => ({
    ...declared,
    ...(Array.isArray(declared["attributes"])
      ? { attributes: declared["attributes"].map((item) => (isObject(item) ? currentSpelling(item) : item)) }
      : {}),
  }),
  title: ({ name }) => `Schema "${String(name)}"`,
  // Ours alone: the tenant knows nothing of it.
  view: (live, { exact }, id) => ({ ...live, source: splitId(id).sourceId, ...(exact === undefined ? {} : { exact }) }),
  besides: ({ attributes, exact }, live) => {
    const declared = namesOf(attributes);
    const others = namesOf(live["attributes"]).filter((name) => !declared.includes(name));
    if (attributes === undefined || exact === true || others.length === 0) return undefined;
    return `attributes that stay beside those declared: ${others.join(", ")} (exact: true takes them away)`;
  },
  key: "name",
  list: "getSourceSchemas",
  address: (_name, { id }) => ({ schemaId: id }),
  api: {
    create: "createSourceSchema",
    get: async ({ client }, sourceId, name, known) => {
      const schemaId = known["schemaId"] ?? known["id"];
      if (typeof schemaId !== "string") return undefined;
      const live = await absentAsUndefined(ask(client, "getSourceSchema", { sourceId, schemaId }).then(asObject));
      // Else it is gone, or made anew under the same name.
      return live?.["name"] === name ? live : undefined;
    },
    patch: "updateSourceSchema",
    put: "putSourceSchema",
    remove: "deleteSourceSchema",
  },
});

/** Older documentation calls `isMulti` `isMultiValued`. */
function currentSpelling({ isMultiValued, ...rest }: JsonObject): JsonObject {
  return isMultiValued === undefined ? rest : { isMulti: isMultiValued, ...rest };
}

function groupMistakes({ isGroup, isEntitlement, schema: groups }: JsonObject): Mistake[] {
  if (isGroup !== true) return [];
  return [
    ...(isEntitlement !== true && isEntitlement !== UNKNOWN
      ? [{ path: ["isGroup"], message: "needs isEntitlement: true beside it" }]
      : []),
    ...(groups === undefined
      ? [
          {
            path: ["schema"],
            message: "is missing: an attribute with isGroup refers to the schema of its groups, { name } or a Schema",
          },
        ]
      : []),
  ];
}
