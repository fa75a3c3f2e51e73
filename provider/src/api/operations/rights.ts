import type { operations } from "./index";

/** SailPoint's names for what a user is. */
export type UserLevel =
  | ("ORG_ADMIN" | "SOURCE_ADMIN" | "SOURCE_SUBADMIN" | "ROLE_ADMIN" | "ROLE_SUBADMIN" | "CERT_ADMIN")
  | ("REPORT_ADMIN" | "HELPDESK" | "USER" | "API");

/** What a token must be allowed for a call, as SailPoint documents it. */
export interface Rights {
  /** One of these is enough, the least first; a token of `sp:scopes:all` has them all. */
  scopes: readonly [string, ...string[]];
  /** Its user must be one of these. Absent: nothing is documented. */
  levels?: readonly UserLevel[];
  /** Only the token of a user will do, as a personal access token gives it; a client that stands for no user is refused. */
  ofUser?: true;
}

const everySourceAdmin = ["ORG_ADMIN", "SOURCE_ADMIN", "SOURCE_SUBADMIN"] as const;
const manyAdmins = [...everySourceAdmin, "ROLE_ADMIN", "ROLE_SUBADMIN", "CERT_ADMIN", "REPORT_ADMIN"] as const;
const admin = ["ORG_ADMIN"] as const;
const ofUser = true;

/** Reading and managing one sort of object; who manages may read. */
const scopesOf = (object: string) =>
  ({ read: [`idn:${object}:read`, `idn:${object}:manage`], manage: [`idn:${object}:manage`] }) as const;

const scopes = {
  sources: scopesOf("sources"),
  schemas: scopesOf("source-schema"),
  policies: scopesOf("provisioning-policy"),
  attributeSync: scopesOf("attr-sync-source-config"),
  connectors: scopesOf("connector-config"),
  identities: scopesOf("identity"),
  clusters: scopesOf("remote-client"),
  workgroups: scopesOf("workgroup"),
  rules: scopesOf("rule-management-connector"),
};

const readSources: Rights = { scopes: scopes.sources.read, levels: everySourceAdmin };
const manageSources: Rights = { scopes: scopes.sources.manage, levels: everySourceAdmin };
const readSchemas: Rights = { scopes: scopes.schemas.read, ofUser };
const manageSchemas: Rights = { scopes: scopes.schemas.manage, ofUser };
const readPolicies: Rights = { scopes: scopes.policies.read, levels: admin };
const managePolicies: Rights = { scopes: scopes.policies.manage, levels: admin };
// One policy is open to who looks after its source only; the list of them is not.
const manageOwnPolicy = ["idn:provisioning-policy-source-admin-operations:manage", ...scopes.policies.manage] as const;
const readOnePolicy: Rights = {
  scopes: ["idn:provisioning-policy-source:read", "idn:provisioning-policy:read", ...manageOwnPolicy],
  levels: everySourceAdmin,
};
const createPolicy: Rights = { scopes: manageOwnPolicy, levels: admin };
const changePolicy: Rights = { scopes: manageOwnPolicy, levels: everySourceAdmin };
const askConnector: Rights = { scopes: ["idn:source-connector:manage"], levels: admin };
const readConnectors: Rights = { scopes: scopes.connectors.read, levels: everySourceAdmin, ofUser };
const readIdentities: Rights = { scopes: scopes.identities.read, ofUser };
const readClusters: Rights = { scopes: scopes.clusters.read, levels: admin, ofUser };
const readWorkgroups: Rights = { scopes: scopes.workgroups.read, levels: admin };
const readRules: Rights = { scopes: scopes.rules.read, levels: admin, ofUser };

/**
 * What a token must be allowed for each operation. `npm run conformance` holds it against the API's documents.
 *
 * @example
 * rights.createSourceSchema.scopes; // ["idn:source-schema:manage"]
 */
export const rights: Readonly<Record<keyof typeof operations, Rights>> = {
  listSources: { scopes: scopes.sources.read, levels: [...everySourceAdmin, "ROLE_SUBADMIN"] },
  createSource: manageSources,
  getSource: readSources,
  putSource: manageSources,
  updateSource: manageSources,
  deleteSource: manageSources,
  getSourceConnections: readSources,
  getSourceHealth: { scopes: scopes.sources.read },
  importConnectorFile: { scopes: ["idn:sources-admin:manage"], levels: admin, ofUser },
  getSourceSchemas: { ...readSchemas, levels: everySourceAdmin },
  createSourceSchema: { ...manageSchemas, levels: ["ORG_ADMIN", "SOURCE_ADMIN"] },
  getSourceSchema: readSchemas,
  putSourceSchema: manageSchemas,
  updateSourceSchema: manageSchemas,
  deleteSourceSchema: manageSchemas,
  getAccountsSchema: readSchemas,
  importAccountsSchema: manageSchemas,
  // In v3 who manages may not read it.
  getEntitlementsSchema: { scopes: ["idn:source-schema:read"], ofUser },
  importEntitlementsSchema: manageSchemas,
  listProvisioningPolicies: readPolicies,
  createProvisioningPolicy: createPolicy,
  getProvisioningPolicy: readOnePolicy,
  putProvisioningPolicy: changePolicy,
  updateProvisioningPolicy: changePolicy,
  deleteProvisioningPolicy: managePolicies,
  updateProvisioningPoliciesInBulk: managePolicies,
  listProvisioningPoliciesById: readPolicies,
  createProvisioningPolicyById: createPolicy,
  getProvisioningPolicyById: readOnePolicy,
  putProvisioningPolicyById: changePolicy,
  updateProvisioningPolicyById: changePolicy,
  deleteProvisioningPolicyById: managePolicies,
  getSourceSchedules: readSources,
  createSourceSchedule: manageSources,
  getSourceSchedule: readSources,
  updateSourceSchedule: manageSources,
  deleteSourceSchedule: manageSources,
  getCorrelationConfig: readSources,
  putCorrelationConfig: manageSources,
  // Three scopes for one configuration, none of which includes another.
  getNativeChangeDetectionConfig: { scopes: ["idn:sources:read"], levels: admin },
  putNativeChangeDetectionConfig: { scopes: ["idn:sources:update"], levels: admin },
  deleteNativeChangeDetectionConfig: { scopes: ["idn:sources:manage"], levels: admin },
  getSourceAttrSyncConfig: { scopes: scopes.attributeSync.read, levels: ["ORG_ADMIN", "HELPDESK"], ofUser },
  putSourceAttrSyncConfig: { scopes: scopes.attributeSync.manage, levels: admin, ofUser },
  getSourceEntitlementRequestConfig: readSources,
  updateSourceEntitlementRequestConfig: manageSources,
  listPasswordPolicyHoldersOnSource: {
    scopes: ["idn:password-policy:read"],
    levels: [...everySourceAdmin, "ROLE_SUBADMIN"],
    ofUser,
  },
  updatePasswordPolicyHolders: { scopes: scopes.sources.manage, levels: [...everySourceAdmin, "ROLE_SUBADMIN"] },
  testSourceConnection: askConnector,
  testSourceConfiguration: askConnector,
  pingCluster: askConnector,
  searchResourceObjects: askConnector,
  getSourceConfig: { scopes: scopes.connectors.read, levels: admin, ofUser },
  getConnectorList: readConnectors,
  getConnector: readConnectors,
  getTaskStatus: {
    scopes: ["idn:task-management:read", "idn:task-management:write"],
    levels: [...manyAdmins, "HELPDESK"],
  },
  importAccounts: manageSources,
  importUncorrelatedAccounts: { scopes: scopes.sources.manage, levels: admin },
  importEntitlements: { scopes: ["idn:entitlement:manage"], levels: admin, ofUser },
  deleteAccountsAsync: { scopes: ["idn:accounts:manage"], levels: admin, ofUser },
  syncAttributesForSource: { scopes: scopes.attributeSync.manage, levels: ["ORG_ADMIN", "SOURCE_ADMIN"], ofUser },
  listAccounts: { scopes: ["idn:accounts:read", "idn:accounts:manage"], levels: [...everySourceAdmin, "HELPDESK"] },
  listIdentities: readIdentities,
  getIdentity: readIdentities,
  getPublicIdentities: { scopes: ["sp:scopes:default"], levels: ["USER"], ofUser },
  getManagedClusters: readClusters,
  getManagedCluster: readClusters,
  listWorkgroups: readWorkgroups,
  getWorkgroup: readWorkgroups,
  listPasswordPolicies: { scopes: ["idn:password-policy:read"] },
  getPasswordPolicyById: { scopes: ["idn:password-policy:read"], levels: admin },
  getConnectorRuleList: readRules,
  getConnectorRule: readRules,
  listSourceSubtypes: readSources,
  listTransforms: { scopes: ["idn:transform:read", "idn:transform:manage"], levels: admin },
  listIdentityProfiles: { scopes: ["idn:identity-profile:read"], levels: ["ORG_ADMIN", "API"] },
  searchPost: { scopes: ["sp:search:read"], levels: manyAdmins },
  searchCount: { scopes: ["sp:search:read"] },
};
