import { type Args, type Drift, type Entry, add, move, place, remove, set, without } from "./entry";

const otherDescription: Drift = {
  edit: () => [set("/description", "theirs")],
  shows: [{ path: "description", old: "theirs", new: "declared" }],
  writes: ["/description"],
};

export const policy: Entry = {
  kind: "ProvisioningPolicy",
  declared: (of) => ({
    source: of,
    usageType: "CREATE",
    name: "Account",
    description: "declared",
    fields: [
      { name: "distinguishedName", type: "string", isRequired: true, attributes: { template: "CN=$name" } },
      { name: "sAMAccountName", type: "string", transform: { type: "identityAttribute", attributes: { name: "uid" } } },
      { name: "mail", type: "string" },
    ],
  }),
  part: "provisioning-policies/CREATE",
  others: ({ fields }) => [add(`/fields/${place(fields, "distinguishedName")}/attributes/theirs`, "theirs")],
  drift: {
    scalar: otherDescription,
    "nested-key": {
      edit: () => [set("/fields/1/transform/attributes/name", "theirs")],
      shows: [{ path: "fields[1].transform.attributes.name", old: "theirs", new: "uid" }],
      writes: ["/fields"],
    },
    "list-element": {
      edit: () => [set("/fields/2/type", "int"), set("/fields/0/isRequired", false)],
      shows: [
        { path: "fields[0].isRequired", old: false, new: true },
        { path: "fields[2].type", old: "int", new: "string" },
      ],
      writes: ["/fields"],
    },
    order: {
      edit: () => [move("/fields/2", "/fields/1")],
      shows: [
        { path: "fields[1].name", old: "mail", new: "sAMAccountName" },
        { path: "fields[1].transform", new: { type: "identityAttribute", attributes: { name: "uid" } } },
        { path: "fields[2].name", old: "sAMAccountName", new: "mail" },
        { path: "fields[2].transform", old: { type: "identityAttribute", attributes: { name: "uid" } } },
      ],
      writes: ["/fields"],
    },
    removed: {
      edit: () => [remove("/fields/2"), set("/description", null)],
      shows: [
        { path: "description", new: "declared" },
        { path: "fields[2]", new: { name: "mail", type: "string" } },
      ],
      writes: ["/description", "/fields"],
    },
    "added-to-list": {
      edit: () => [add("/fields/-", { name: "theirs", type: "string" })],
      shows: [{ path: "fields[3]", old: { name: "theirs", type: "string" } }],
      writes: ["/fields"],
    },
    "added-by-others": { edit: () => [], shows: [] },
  },
  update: {
    changed: (declared) => ({
      ...declared,
      description: "updated",
      fields: [
        { name: "mail", type: "string", isMultiValued: true },
        { name: "distinguishedName", type: "string", attributes: { template: "CN=$name" } },
      ],
    }),
    writes: ["/description", "/fields"],
  },
  withdrawn: {
    changed: (declared) => without(declared, "description", "fields"),
    back: ({ description, fields }) => [description, fields],
  },
  replace: {
    changed: (declared) => ({ ...declared, usageType: "DISABLE", fields: [{ name: "reason", type: "string" }] }),
    key: "usageType",
  },
};

/** One of several policies of a usage type, each for a subtype that the source has. */
export const machineAccounts: Entry = {
  kind: "ProvisioningPolicy",
  label: "MachineAccounts",
  declared: (of) => ({
    source: of,
    usageType: "CREATE_MACHINE_ACCOUNT",
    subtype: { name: "robot" },
    name: "Robots",
    description: "declared",
    fields: [
      { name: "sAMAccountName", type: "string", transform: { type: "static", attributes: { value: "robot" } } },
      { name: "mail", type: "string" },
    ],
  }),
  part: "provisioning-policies/CREATE_MACHINE_ACCOUNT:robot-{source}",
  others: () => [add("/fields/0/attributes/theirs", "theirs")],
  drift: {
    scalar: otherDescription,
    "nested-key": {
      edit: () => [set("/fields/0/transform/attributes/value", "theirs")],
      shows: [{ path: "fields[0].transform.attributes.value", old: "theirs", new: "robot" }],
      writes: ["/fields"],
    },
    removed: {
      edit: () => [remove("/fields/1")],
      shows: [{ path: "fields[1]", new: { name: "mail", type: "string" } }],
      writes: ["/fields"],
    },
    "added-by-others": { edit: () => [], shows: [] },
  },
  update: { changed: (declared) => ({ ...declared, description: "updated" }), writes: ["/description"] },
  replace: { changed: (declared) => ({ ...declared, subtype: { name: "Service accounts" } }), key: "subtype" },
};

/** The subtypes of a source, as they are stored: one is named by its technical name here, one as people see it. */
export const subtypesOf = (source: string): Args[] =>
  [
    ["robot", "Robots"],
    ["service", "Service accounts"],
  ].map(([technicalName, displayName]) => ({
    id: `${String(technicalName)}-${source}`,
    sourceId: source,
    technicalName,
    displayName,
    source: { type: "SOURCE", id: source },
  }));
