import { z } from "zod";
import { onlyServices, since2024 } from "../versions";
import { operation } from "./define";
import { filtered, flag, freeform, maybe, paged, reference, sorted, text, whole } from "./shapes";

/* What sources refer to: read-only here. */

const identity = z.looseObject({
  id: text,
  name: maybe(text),
  alias: maybe(text),
  emailAddress: maybe(text),
  processingState: maybe(text),
  identityStatus: maybe(text),
  managerRef: maybe(reference),
  isManager: maybe(flag),
  attributes: maybe(freeform),
  created: maybe(text),
  modified: maybe(text),
});
/** An identity of the tenant. */
export type Identity = z.infer<typeof identity>;

const publicIdentity = z.looseObject({
  id: text,
  name: maybe(text),
  alias: maybe(text),
  email: maybe(text),
  status: maybe(text),
  identityState: maybe(text),
  manager: maybe(reference),
});
/** What every user may see of an identity. */
export type PublicIdentity = z.infer<typeof publicIdentity>;

const managedCluster = z.looseObject({
  id: text,
  name: maybe(text),
  type: maybe(text),
  description: maybe(text),
  clientType: maybe(text),
  ccgVersion: maybe(text),
  operational: maybe(flag),
  status: maybe(text),
  clientIds: maybe(z.array(text)),
  ccId: maybe(text),
});
/** A cluster of virtual appliances. */
export type ManagedCluster = z.infer<typeof managedCluster>;

/** A governance group. */
const workgroup = z.looseObject({
  id: text,
  name: maybe(text),
  description: maybe(text),
  owner: maybe(reference),
  memberCount: maybe(whole),
  connectionCount: maybe(whole),
  created: maybe(text),
  modified: maybe(text),
});
/** A governance group. */
export type Workgroup = z.infer<typeof workgroup>;

const passwordPolicy = z.looseObject({
  id: text,
  name: maybe(text),
  description: maybe(text),
  defaultPolicy: maybe(flag),
  sourceIds: maybe(z.array(text)),
});
/** A password policy. */
export type PasswordPolicy = z.infer<typeof passwordPolicy>;

const connectorRule = z.looseObject({
  id: text,
  name: text,
  description: maybe(text),
  type: maybe(text),
  created: maybe(text),
  modified: maybe(text),
});
/** A rule that runs beside the connector. */
export type ConnectorRule = z.infer<typeof connectorRule>;

const transform = z.looseObject({
  id: text,
  name: maybe(text),
  type: maybe(text),
  attributes: maybe(freeform),
  internal: maybe(flag),
});
/** A transform of the tenant. */
export type Transform = z.infer<typeof transform>;

const identityProfile = z.looseObject({
  id: text,
  name: maybe(text),
  description: maybe(text),
  priority: maybe(whole),
  authoritativeSource: maybe(reference),
});
/** An identity profile, which makes identities of a source's accounts. */
export type IdentityProfile = z.infer<typeof identityProfile>;

const account = z.looseObject({
  id: maybe(text),
  name: maybe(text),
  nativeIdentity: maybe(text),
  sourceId: maybe(text),
  sourceName: maybe(text),
  identityId: maybe(text),
  uncorrelated: maybe(flag),
  attributes: maybe(freeform),
});
/** An account of a source. */
export type Account = z.infer<typeof account>;

/** Of which kind the accounts of a source may be; machine accounts have policies for each of them. */
const sourceSubtype = z.looseObject({
  id: text,
  sourceId: maybe(text),
  technicalName: maybe(text),
  displayName: maybe(text),
  description: maybe(text),
  type: maybe(text),
  source: maybe(reference),
  systemManaged: maybe(flag),
  created: maybe(text),
  modified: maybe(text),
});
/** A sort of accounts of a source that policies can be for. */
export type SourceSubtype = z.infer<typeof sourceSubtype>;

export const lookups = {
  listAccounts: operation({
    method: "GET",
    path: "/accounts",
    does: "list the accounts",
    query: { ...paged, ...filtered, ...sorted },
    answer: z.array(account),
    pageSize: 250,
    sortedBy: "id",
    describedIn: "https://developer.sailpoint.com/docs/api/v3/list-accounts/",
  }),
  listIdentities: operation({
    method: "GET",
    path: "/identities",
    does: "list the identities",
    versions: since2024,
    query: { ...paged, ...filtered, ...sorted, defaultFilter: text.optional() },
    answer: z.array(identity),
    pageSize: 250,
    sortedBy: "alias",
  }),
  getIdentity: operation({
    method: "GET",
    path: "/identities/{id}",
    does: "read the identity",
    versions: since2024,
    answer: identity,
  }),
  getPublicIdentities: operation({
    method: "GET",
    path: "/public-identities",
    does: "list the identities",
    query: { ...paged, ...filtered, ...sorted, "add-core-filters": flag.optional() },
    answer: z.array(publicIdentity),
    pageSize: 250,
    sortedBy: "name",
  }),
  getManagedClusters: operation({
    method: "GET",
    path: "/managed-clusters",
    does: "list the clusters",
    query: { ...paged, ...filtered },
    answer: z.array(managedCluster),
    pageSize: 250,
  }),
  getManagedCluster: operation({
    method: "GET",
    path: "/managed-clusters/{id}",
    does: "read the cluster",
    answer: managedCluster,
  }),
  listWorkgroups: operation({
    method: "GET",
    path: "/workgroups",
    does: "list the governance groups",
    versions: since2024,
    query: { ...paged, ...filtered, ...sorted },
    answer: z.array(workgroup),
    pageSize: 250,
    sortedBy: "id",
  }),
  getWorkgroup: operation({
    method: "GET",
    path: "/workgroups/{id}",
    does: "read the governance group",
    versions: since2024,
    answer: workgroup,
  }),
  listPasswordPolicies: operation({
    method: "GET",
    path: "/password-policies",
    does: "list the password policies",
    experimentalIn: since2024,
    query: paged,
    answer: z.array(passwordPolicy),
    pageSize: 250,
  }),
  getPasswordPolicyById: operation({
    method: "GET",
    path: "/password-policies/{id}",
    does: "read the password policy",
    experimentalIn: since2024,
    answer: passwordPolicy,
  }),
  getConnectorRuleList: operation({
    method: "GET",
    path: "/connector-rules",
    does: "list the connector rules",
    versions: since2024,
    query: paged,
    answer: z.array(connectorRule),
    pageSize: 50,
  }),
  getConnectorRule: operation({
    method: "GET",
    path: "/connector-rules/{id}",
    does: "read the connector rule",
    versions: since2024,
    answer: connectorRule,
  }),
  /** Of all sources: filter by `source.id`, `technicalName`, `displayName` (`eq`), joined by `and`. */
  listSourceSubtypes: operation({
    method: "GET",
    path: "/source-subtypes",
    does: "list the subtypes of sources",
    versions: onlyServices,
    experimentalIn: onlyServices,
    query: { ...paged, ...filtered, ...sorted },
    answer: z.array(sourceSubtype),
    pageSize: 250,
    sortedBy: "technicalName",
  }),
  listTransforms: operation({
    method: "GET",
    path: "/transforms",
    does: "list the transforms",
    query: { ...paged, ...filtered, name: text.optional() },
    answer: z.array(transform),
    pageSize: 250,
  }),
  listIdentityProfiles: operation({
    method: "GET",
    path: "/identity-profiles",
    does: "list the identity profiles",
    query: { ...paged, ...filtered, ...sorted },
    answer: z.array(identityProfile),
    pageSize: 250,
    sortedBy: "id",
  }),
};
