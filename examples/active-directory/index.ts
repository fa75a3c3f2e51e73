/**
 * Active Directory: accounts that are members of groups, what happens to an account when it is made, enabled and
 * disabled, and when the tenant reads all of it.
 *
 *     pulumi config set --secret servicePassword
 *     pulumi config set correlationRuleId      # SailPoint deploys cloud rules: no list of the API has them by name
 *     pulumi config set beforeProvisioningRuleId
 */
import * as pulumi from "@pulumi/pulumi";
import { ProvisioningPolicy, Schedule, Schema, Source } from "pulumi-sailpoint";

const config = new pulumi.Config();
const password = config.requireSecret("servicePassword");

const ad = new Source("ad", {
  name: "Active Directory",
  description: "The domain corp.example.com",
  owner: { alias: "slpt.services" },
  cluster: { name: "Production VA Cluster" },
  connector: "active-directory",
  features: ["PROVISIONING", "ENABLE", "UNLOCK", "PASSWORD", "GROUP_PROVISIONING", "AUTHENTICATE"],
  deleteThreshold: 5,
  accountCorrelationRule: { id: config.require("correlationRuleId") },
  beforeProvisioningRule: { id: config.require("beforeProvisioningRuleId") },
  managerCorrelationMapping: { accountAttributeName: "manager", identityAttributeName: "uid" },
  passwordPolicies: [{ name: "Corporate Password Policy" }],
  connectorAttributes: {
    pageSize: 500,
    IQServiceHost: "iq.corp.example.com",
    IQServicePort: 5051,
    useTLSForIQService: true,
    IQServiceUser: "CORP\\svc-isc",
    IQServicePassword: password,
    forestSettings: [{ forestName: "corp", gcServer: "gc.corp.example.com:3269", useSSL: true }],
    domainSettings: [
      {
        domainDN: "DC=corp,DC=example,DC=com",
        domainNetBiosName: "CORP",
        user: "CORP\\svc-isc",
        password,
        servers: ["dc1.corp.example.com", "dc2.corp.example.com"],
        useSSL: true,
        port: "636",
      },
    ],
    searchDNs: [
      {
        searchDN: "OU=People,DC=corp,DC=example,DC=com",
        iterateSearchFilter: "(objectClass=user)",
        searchScope: "SUBTREE",
      },
    ],
    "group.searchDNs": [{ searchDN: "OU=Groups,DC=corp,DC=example,DC=com", searchScope: "SUBTREE" }],
  },
});

const group = new Schema("ad-group", {
  source: ad,
  name: "group",
  nativeObjectType: "Group",
  identityAttribute: "distinguishedName",
  displayAttribute: "sAMAccountName",
  hierarchyAttribute: "memberOf",
  attributes: [
    { name: "distinguishedName", type: "STRING" },
    { name: "sAMAccountName", type: "STRING" },
    { name: "description", type: "STRING" },
    { name: "owner", type: "STRING" },
    { name: "GroupScope", type: "STRING", description: "Global, Universal or DomainLocal" },
  ],
});

new Schema("ad-account", {
  source: ad,
  name: "account",
  nativeObjectType: "User",
  identityAttribute: "distinguishedName",
  displayAttribute: "sAMAccountName",
  attributes: [
    { name: "distinguishedName", type: "STRING" },
    { name: "sAMAccountName", type: "STRING" },
    { name: "employeeID", type: "STRING" },
    { name: "mail", type: "STRING" },
    { name: "manager", type: "STRING" },
    { name: "userAccountControl", type: "INT" },
    { name: "accountLocked", type: "BOOLEAN" },
    // A Schema in the place of a name: the group schema is made first.
    { name: "memberOf", type: "STRING", isMulti: true, isEntitlement: true, isGroup: true, schema: group },
  ],
});

const fromIdentity = (name: string) => ({ type: "identityAttribute", attributes: { name } });

new ProvisioningPolicy("ad-create", {
  source: ad,
  usageType: "CREATE",
  name: "New account",
  // In this order: a field may use those before it.
  fields: [
    {
      name: "ObjectType",
      type: "string",
      isRequired: true,
      transform: { type: "static", attributes: { value: "User" } },
    },
    { name: "sAMAccountName", type: "string", isRequired: true, transform: fromIdentity("uid") },
    { name: "mail", type: "string", transform: fromIdentity("email") },
    {
      name: "distinguishedName",
      type: "string",
      isRequired: true,
      attributes: { template: "CN=$displayName,OU=People,DC=corp,DC=example,DC=com", cloudMaxUniqueChecks: "50" },
    },
    { name: "password", type: "secret", attributes: { template: "$password" } },
  ],
});

// isRequired is for CREATE only: elsewhere the tenant drops it, so declaring it would be refused.
new ProvisioningPolicy("ad-enable", {
  source: ad,
  usageType: "ENABLE",
  name: "Back at work",
  fields: [{ name: "description", type: "string", transform: { type: "static", attributes: { value: "Active" } } }],
});

new ProvisioningPolicy("ad-disable", {
  source: ad,
  usageType: "DISABLE",
  name: "Leaves",
  fields: [
    { name: "description", type: "string", transform: { type: "static", attributes: { value: "Disabled by ISC" } } },
    {
      name: "AC_NewParent",
      type: "string",
      transform: { type: "static", attributes: { value: "OU=Leavers,DC=corp,DC=example,DC=com" } },
    },
  ],
});

// Quartz: seconds, minutes, hours, day of month, month, day of week; one of the two days is "?".
new Schedule("ad-accounts", { source: ad, type: "ACCOUNT_AGGREGATION", cronExpression: "0 0 5,13,21 * * ?" });
new Schedule("ad-groups", { source: ad, type: "GROUP_AGGREGATION", cronExpression: "0 30 2 ? * SUN" });

export const sourceId = ad.sourceId;
