/** The table: each kind of resource as data. A new kind gets the whole lifecycle test by one entry here. */
export const driftClasses = [
  "scalar",
  "nested-key",
  "list-element",
  "order",
  "removed",
  "added-to-list",
  "added-by-others",
] as const;
export type DriftClass = (typeof driftClasses)[number];

export type Args = Record<string, unknown>;
/** A JSON Patch on what the tenant stores. */
export type Edit = (stored: Args) => { op: string; path: string; from?: string; value?: unknown }[];

/** What somebody does on the tenant, what the preview shows of it, and where the repair writes. */
export interface Drift {
  edit: Edit;
  /** Empty: it is no drift, and nothing is written. */
  shows: { path: string; old?: unknown; new?: unknown }[];
  /** The paths that the one PATCH writes, guards aside. Absent where the API can only PUT. */
  writes?: string[];
}

export interface Entry {
  kind: string;
  /** The program's arguments. `cell` is unique on the tenant. */
  declared: (source: string, cell: string) => Args;
  /** Where the tenant stores it, below its source; absent for a source. */
  part?: string;
  /** What is there before the program comes, where a fresh source has too little to be worth restoring. */
  former?: Args;
  /** What others do besides, in every cell: it never shows, is never written and stays. */
  others: Edit;
  /** Lists of the stored object whose order means nothing. */
  unordered?: string[];
  drift: Partial<Record<DriftClass, Drift>>;
  /** A change in the program, and where the one PATCH writes. */
  update: { changed: (declared: Args) => Args; writes?: string[] };
  /** Something that is no longer declared of an object that was taken over: what `back` picks is as it was before. */
  withdrawn?: { changed: (declared: Args) => Args; back: (stored: Args) => unknown };
  /** A change of what is immutable, and the input that the preview blames. `spare` is another source. */
  replace: { changed: (declared: Args, spare: string) => Args; key: string };
}

const set = (path: string, value: unknown) => ({ op: "replace", path, value });
const add = (path: string, value: unknown) => ({ op: "add", path, value });
const remove = (path: string) => ({ op: "remove", path });
const move = (from: string, path: string) => ({ op: "move", from, path });

interface Named {
  name?: unknown;
  property?: unknown;
}
/** Where the member of this name stands. */
function place(list: unknown, name: string): string {
  const index = (list as Named[]).findIndex((member) => (member.name ?? member.property) === name);
  if (index < 0) throw new Error(`There is no ${name} in ${JSON.stringify(list)}`);
  return String(index);
}

const without = (args: Args, ...keys: string[]): Args =>
  Object.fromEntries(Object.entries(args).filter(([key]) => !keys.includes(key)));

const source: Entry = {
  kind: "Source",
  declared: (_source, cell) => ({
    name: `Declared ${cell}`,
    description: "declared",
    owner: { alias: "slpt.services" },
    cluster: { name: "sp_connect_proxy_cluster" },
    connector: "active-directory",
    features: ["PROVISIONING", "ENABLE"],
    deleteThreshold: 10,
    connectorAttributes: {
      "a/b~c.d": "declared",
      nested: { deep: { key: "declared", float: 0.5 } },
      domainSettings: [
        { domainDN: "DC=one", port: 389 },
        { domainDN: "DC=two", port: 389 },
      ],
      searchDNs: ["OU=one", "OU=two"],
    },
  }),
  others: () => [
    add("/connectorAttributes/theirs", { list: [1] }),
    add("/connectorAttributes/nested/theirs", "theirs"),
    add("/connectorAttributes/domainSettings/0/theirs", "theirs"),
    add("/features/0", "SEARCH"),
  ],
  unordered: ["features"],
  drift: {
    scalar: {
      edit: () => [set("/description", "theirs"), set("/deleteThreshold", 50)],
      shows: [
        { path: "deleteThreshold", old: 50, new: 10 },
        { path: "description", old: "theirs", new: "declared" },
      ],
      writes: ["/deleteThreshold", "/description"],
    },
    "nested-key": {
      edit: () => [
        set("/connectorAttributes/a~1b~0c.d", "theirs"),
        set("/connectorAttributes/nested/deep/key", "theirs"),
      ],
      shows: [
        { path: 'connectorAttributes["a/b~c.d"]', old: "theirs", new: "declared" },
        { path: "connectorAttributes.nested.deep.key", old: "theirs", new: "declared" },
      ],
      writes: ["/connectorAttributes/a~1b~0c.d", "/connectorAttributes/nested/deep/key"],
    },
    "list-element": {
      edit: () => [set("/connectorAttributes/domainSettings/1/port", 636)],
      shows: [{ path: "connectorAttributes.domainSettings[1].port", old: 636, new: 389 }],
      writes: ["/connectorAttributes/domainSettings"],
    },
    order: {
      edit: () => [
        move("/connectorAttributes/searchDNs/1", "/connectorAttributes/searchDNs/0"),
        move("/features/0", "/features/2"),
      ],
      shows: [
        { path: "connectorAttributes.searchDNs[0]", old: "OU=two", new: "OU=one" },
        { path: "connectorAttributes.searchDNs[1]", old: "OU=one", new: "OU=two" },
      ],
      writes: ["/connectorAttributes/searchDNs"],
    },
    removed: {
      edit: () => [
        remove("/connectorAttributes/nested/deep/float"),
        remove("/connectorAttributes/searchDNs/1"),
        remove("/features/2"),
      ],
      shows: [
        { path: "connectorAttributes.nested.deep.float", new: 0.5 },
        { path: "connectorAttributes.searchDNs[1]", new: "OU=two" },
        { path: "features[1]", new: "ENABLE" },
      ],
      writes: ["/connectorAttributes/nested/deep/float", "/connectorAttributes/searchDNs", "/features"],
    },
    "added-to-list": {
      edit: () => [add("/connectorAttributes/searchDNs/-", "OU=theirs")],
      shows: [{ path: "connectorAttributes.searchDNs[2]", old: "OU=theirs" }],
      writes: ["/connectorAttributes/searchDNs"],
    },
    "added-by-others": { edit: () => [], shows: [] },
  },
  update: {
    changed: (declared) => ({
      ...without(declared, "deleteThreshold"),
      description: "updated",
      features: ["PROVISIONING"],
      connectorAttributes: {
        nested: { deep: { key: "updated", float: 0.5 } },
        domainSettings: [
          { domainDN: "DC=one", port: 389 },
          { domainDN: "DC=two", port: 389 },
        ],
        searchDNs: ["OU=one", "OU=two"],
        more: { key: "new" },
      },
    }),
    writes: [
      "/connectorAttributes/a~1b~0c.d",
      "/connectorAttributes/more",
      "/connectorAttributes/nested/deep/key",
      "/deleteThreshold",
      "/description",
      "/features",
    ],
  },
  replace: { changed: (declared) => ({ ...declared, connector: "open-ldap" }), key: "connector" },
};

const nickname = { name: "nickname", type: "STRING", isMulti: true };
const schema: Entry = {
  kind: "Schema",
  declared: (of) => ({
    source: of,
    name: "account",
    nativeObjectType: "person",
    displayAttribute: "cn",
    configuration: { nested: { key: "declared" } },
    attributes: [
      { name: "sAMAccountName", type: "STRING", description: "Login" },
      {
        name: "memberOf",
        type: "STRING",
        isMulti: true,
        isEntitlement: true,
        isGroup: true,
        schema: { name: "group" },
      },
      nickname,
    ],
  }),
  part: "schemas/account",
  others: ({ attributes }) => [
    add("/attributes/0", { ...(attributes as Args[])[0], name: "theirs" }),
    add("/configuration/theirs", { list: ["theirs"] }),
  ],
  unordered: ["attributes"],
  drift: {
    scalar: {
      edit: () => [set("/displayAttribute", "sn")],
      shows: [{ path: "displayAttribute", old: "sn", new: "cn" }],
      writes: ["/displayAttribute"],
    },
    "nested-key": {
      edit: () => [set("/configuration/nested/key", "theirs")],
      shows: [{ path: "configuration.nested.key", old: "theirs", new: "declared" }],
      writes: ["/configuration/nested/key"],
    },
    "list-element": {
      edit: ({ attributes }) => [
        set(`/attributes/${place(attributes, "sAMAccountName")}/description`, "theirs"),
        set(`/attributes/${place(attributes, "nickname")}/isMulti`, false),
      ],
      shows: [
        { path: "attributes[0].description", old: "theirs", new: "Login" },
        { path: "attributes[2].isMulti", old: false, new: true },
      ],
      writes: ["/attributes/18/isMulti", "/attributes/2/description"],
    },
    order: { edit: () => [move("/attributes/1", "/attributes/9"), move("/attributes/4", "/attributes/0")], shows: [] },
    removed: {
      edit: ({ attributes }) => [
        remove(`/attributes/${place(attributes, "nickname")}`),
        set("/displayAttribute", null),
      ],
      shows: [
        { path: "attributes[2]", new: nickname },
        { path: "displayAttribute", new: "cn" },
      ],
      writes: ["/attributes/-", "/displayAttribute"],
    },
    "added-by-others": { edit: () => [], shows: [] },
  },
  update: {
    changed: (declared) => ({
      ...declared,
      displayAttribute: "mail",
      configuration: { nested: { key: "updated" }, more: 1 },
      attributes: [
        { name: "sAMAccountName", type: "STRING", description: "Login" },
        { name: "badge", type: "INT" },
        {
          name: "memberOf",
          type: "STRING",
          isMulti: true,
          isEntitlement: true,
          isGroup: true,
          schema: { name: "group" },
        },
      ],
    }),
    writes: [
      "/attributes/-",
      "/attributes/17",
      "/configuration/more",
      "/configuration/nested/key",
      "/displayAttribute",
    ],
  },
  withdrawn: {
    changed: (declared) => without(declared, "displayAttribute", "attributes"),
    back: ({ displayAttribute, attributes }) => [displayAttribute, sortedByName(attributes)],
  },
  replace: { changed: (declared) => ({ ...declared, name: "person" }), key: "name" },
};

const sortedByName = (list: unknown) =>
  [...(list as { name: string }[])].sort((left, right) => (left.name < right.name ? -1 : 1));

const policy: Entry = {
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
    scalar: {
      edit: () => [set("/description", "theirs")],
      shows: [{ path: "description", old: "theirs", new: "declared" }],
      writes: ["/description"],
    },
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

const schedule: Entry = {
  kind: "Schedule",
  declared: (of) => ({ source: of, type: "ACCOUNT_AGGREGATION", cronExpression: "0 0 3 * * ?" }),
  part: "schedules/ACCOUNT_AGGREGATION",
  others: () => [],
  drift: {
    scalar: {
      edit: () => [set("/cronExpression", "0 0 4 * * ?")],
      shows: [{ path: "cronExpression", old: "0 0 4 * * ?", new: "0 0 3 * * ?" }],
      writes: ["/cronExpression"],
    },
  },
  update: { changed: (declared) => ({ ...declared, cronExpression: "0 30 3 * * ?" }), writes: ["/cronExpression"] },
  replace: { changed: (declared) => ({ ...declared, type: "GROUP_AGGREGATION" }), key: "type" },
};

const byEmail = { property: "email", value: "mail", operation: "EQ" };
const byName = { property: "displayName", value: "cn", operation: "EQ", matchMode: "START" };
const stored = { complex: false, ignoreCase: false };
const correlation: Entry = {
  kind: "CorrelationConfig",
  declared: (of) => ({ source: of, attributeAssignments: [byEmail, byName] }),
  part: "correlation-config/",
  former: { attributeAssignments: [{ ...byEmail, ...stored, value: "userPrincipalName", matchMode: "END" }] },
  others: ({ attributeAssignments }) => [
    add(`/attributeAssignments/${place(attributeAssignments, "email")}/operationMatchMode`, "ALL"),
  ],
  drift: {
    "list-element": {
      edit: () => [set("/attributeAssignments/1/value", "theirs")],
      shows: [{ path: "attributeAssignments[1].value", old: "theirs", new: "cn" }],
    },
    order: {
      edit: () => [move("/attributeAssignments/1", "/attributeAssignments/0")],
      shows: [
        { path: "attributeAssignments[0].matchMode", old: "START" },
        { path: "attributeAssignments[0].property", old: "displayName", new: "email" },
        { path: "attributeAssignments[0].value", old: "cn", new: "mail" },
        { path: "attributeAssignments[1].matchMode", new: "START" },
        { path: "attributeAssignments[1].property", old: "email", new: "displayName" },
        { path: "attributeAssignments[1].value", old: "mail", new: "cn" },
      ],
    },
    removed: {
      edit: () => [remove("/attributeAssignments/1")],
      shows: [{ path: "attributeAssignments[1]", new: byName }],
    },
    "added-to-list": {
      edit: () => [add("/attributeAssignments/-", { ...byEmail, ...stored, property: "theirs" })],
      shows: [{ path: "attributeAssignments[2]", old: { property: "theirs", value: "mail", operation: "EQ" } }],
    },
    "added-by-others": { edit: () => [], shows: [] },
  },
  update: { changed: (declared) => ({ ...declared, attributeAssignments: [{ ...byName, ignoreCase: true }] }) },
  replace: { changed: (declared, spare) => ({ ...declared, source: spare }), key: "source" },
};

const detection: Entry = {
  kind: "NativeChangeDetection",
  declared: (of) => ({
    source: of,
    enabled: true,
    operations: ["ACCOUNT_UPDATED", "ACCOUNT_CREATED"],
    selectedEntitlements: ["memberOf"],
  }),
  part: "native-change-detection-config/",
  former: {
    enabled: false,
    operations: ["ACCOUNT_UPDATED"],
    allEntitlements: false,
    allNonEntitlementAttributes: false,
    selectedEntitlements: ["groups"],
    selectedNonEntitlementAttributes: ["mail"],
  },
  others: () => [
    add("/operations/0", "ACCOUNT_DELETED"),
    set("/allNonEntitlementAttributes", true),
    add("/selectedNonEntitlementAttributes/-", "sn"),
  ],
  unordered: ["operations", "selectedEntitlements", "selectedNonEntitlementAttributes"],
  drift: {
    scalar: { edit: () => [set("/enabled", false)], shows: [{ path: "enabled", old: false, new: true }] },
    order: { edit: () => [move("/operations/2", "/operations/1")], shows: [] },
    removed: {
      edit: () => [remove("/operations/2"), set("/selectedEntitlements", ["groups"])],
      shows: [
        { path: "operations[1]", new: "ACCOUNT_CREATED" },
        { path: "selectedEntitlements[0]", new: "memberOf" },
      ],
    },
    "added-by-others": { edit: () => [], shows: [] },
  },
  update: { changed: (declared) => ({ ...declared, enabled: false, operations: ["ACCOUNT_CREATED"] }) },
  withdrawn: {
    changed: (declared) => without(declared, "enabled", "operations"),
    back: ({ enabled, operations }) => [enabled, operations],
  },
  replace: { changed: (declared, spare) => ({ ...declared, source: spare }), key: "source" },
};

const synchronization: Entry = {
  kind: "AttributeSyncConfig",
  declared: (of) => ({
    source: of,
    attributes: [
      { name: "email", enabled: true },
      { name: "department", enabled: true },
    ],
  }),
  part: "attribute-sync-config/",
  former: { enabled: ["firstname"] },
  others: () => [add("/enabled/0", "lastname")],
  unordered: ["enabled"],
  drift: {
    "list-element": {
      edit: () => [set("/enabled", ["lastname", "firstname", "department"])],
      shows: [{ path: "attributes[0].enabled", old: false, new: true }],
    },
    "added-by-others": { edit: () => [], shows: [] },
  },
  update: {
    changed: (declared) => ({
      ...declared,
      attributes: [
        { name: "email", enabled: false },
        { name: "firstname", enabled: false },
        { name: "department", enabled: true },
      ],
    }),
  },
  withdrawn: {
    changed: (declared) => ({ ...declared, attributes: [{ name: "email", enabled: true }] }),
    back: ({ enabled }) => (enabled as string[]).filter((name) => name !== "email"),
  },
  replace: { changed: (declared, spare) => ({ ...declared, source: spare }), key: "source" },
};

const approver = (approverType: string) => ({ approverType, approverId: null });
const requests: Entry = {
  kind: "EntitlementRequestConfig",
  declared: (of) => ({
    source: of,
    accessRequestConfig: {
      approvalSchemes: [{ approverType: "MANAGER" }, { approverType: "SOURCE_OWNER" }],
      requestCommentRequired: true,
      maxPermittedAccessDuration: { value: 2, timeUnit: "WEEKS" },
    },
    revocationRequestConfig: { approvalSchemes: [{ approverType: "MANAGER" }] },
  }),
  part: "entitlement-request-config/",
  former: {
    accessRequestConfig: {
      approvalSchemes: [approver("ENTITLEMENT_OWNER")],
      requestCommentRequired: false,
      denialCommentRequired: true,
      reauthorizationRequired: false,
      requireEndDate: false,
      maxPermittedAccessDuration: { value: 6, timeUnit: "MONTHS" },
    },
    revocationRequestConfig: { approvalSchemes: [] },
  },
  others: () => [set("/accessRequestConfig/requireEndDate", true)],
  drift: {
    scalar: {
      edit: () => [set("/accessRequestConfig/requestCommentRequired", false)],
      shows: [{ path: "accessRequestConfig.requestCommentRequired", old: false, new: true }],
    },
    "nested-key": {
      edit: () => [set("/accessRequestConfig/maxPermittedAccessDuration/value", 3)],
      shows: [{ path: "accessRequestConfig.maxPermittedAccessDuration.value", old: 3, new: 2 }],
    },
    "list-element": {
      edit: () => [set("/accessRequestConfig/approvalSchemes/1", approver("ENTITLEMENT_OWNER"))],
      shows: [
        {
          path: "accessRequestConfig.approvalSchemes[1].approverType",
          old: "ENTITLEMENT_OWNER",
          new: "SOURCE_OWNER",
        },
      ],
    },
    order: {
      edit: () => [move("/accessRequestConfig/approvalSchemes/1", "/accessRequestConfig/approvalSchemes/0")],
      shows: [
        { path: "accessRequestConfig.approvalSchemes[0].approverType", old: "SOURCE_OWNER", new: "MANAGER" },
        { path: "accessRequestConfig.approvalSchemes[1].approverType", old: "MANAGER", new: "SOURCE_OWNER" },
      ],
    },
    removed: {
      edit: () => [
        remove("/accessRequestConfig/approvalSchemes/1"),
        set("/accessRequestConfig/maxPermittedAccessDuration", null),
      ],
      shows: [
        { path: "accessRequestConfig.approvalSchemes[1]", new: { approverType: "SOURCE_OWNER" } },
        { path: "accessRequestConfig.maxPermittedAccessDuration", new: { value: 2, timeUnit: "WEEKS" } },
      ],
    },
    "added-to-list": {
      edit: () => [add("/revocationRequestConfig/approvalSchemes/-", approver("SOURCE_OWNER"))],
      shows: [{ path: "revocationRequestConfig.approvalSchemes[1]", old: { approverType: "SOURCE_OWNER" } }],
    },
    "added-by-others": { edit: () => [], shows: [] },
  },
  update: {
    changed: (declared) => ({
      ...declared,
      accessRequestConfig: {
        approvalSchemes: [{ approverType: "SOURCE_OWNER" }],
        requestCommentRequired: true,
        denialCommentRequired: false,
        maxPermittedAccessDuration: { value: 4, timeUnit: "WEEKS" },
      },
    }),
  },
  withdrawn: {
    changed: (declared) => ({ ...without(declared, "revocationRequestConfig"), accessRequestConfig: {} }),
    back: ({ accessRequestConfig, revocationRequestConfig }) => [accessRequestConfig, revocationRequestConfig],
  },
  replace: { changed: (declared, spare) => ({ ...declared, source: spare }), key: "source" },
};

export const entries: readonly Entry[] = [
  source,
  schema,
  policy,
  schedule,
  correlation,
  detection,
  synchronization,
  requests,
];
