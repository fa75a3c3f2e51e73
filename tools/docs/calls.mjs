/**
 * The operations that each command calls; what names an option is called with that option only. A test runs each command
 * and holds them (test/contract/cli/calls.test.ts).
 * @type {Record<string, readonly string[]>}
 */
export const calls = {
  list: ["listSources"],
  "list --accounts": ["listSources", "listAccounts"],
  doctor: ["listSources", "getSourceConnections", "getSourceHealth", ...lookups()],
  "test-connection": ["listSources", "testSourceConnection"],
  "test-configuration": ["listSources", "testSourceConfiguration"],
  ping: ["listSources", "pingCluster"],
  health: ["listSources", "getSourceHealth"],
  "sync-attributes": ["listSources", "syncAttributesForSource"],
  "source-config": ["listSources", "getSourceConfig"],
  peek: ["listSources", "searchResourceObjects"],
  aggregate: ["listSources", "importAccounts", "getTaskStatus"],
  "aggregate --entitlements": ["listSources", "importEntitlements", "getTaskStatus"],
  "aggregate --uncorrelated": ["listSources", "importUncorrelatedAccounts", "getTaskStatus"],
  "remove-accounts": ["listSources", "deleteAccountsAsync", "getTaskStatus"],
  "schema download": ["listSources", "getAccountsSchema"],
  "schema download --entitlements": ["listSources", "getEntitlementsSchema"],
  "schema upload": ["listSources", "importAccountsSchema"],
  "schema upload --entitlements": ["listSources", "importEntitlementsSchema"],
  upload: ["listSources", "importConnectorFile"],
  export: [...everythingOfASource(), "getConnector"],
  compare: everythingOfASource(),
  restore: ["listSources", "listIdentities", "getSourceSchemas", "listProvisioningPolicies"],
  history: ["searchPost"],
};

/** What a program asks for when it names something, and what `doctor` tries. */
function lookups() {
  return [
    ...["listIdentities", "getManagedClusters", "listWorkgroups", "listPasswordPolicies"],
    ...["getConnectorRuleList", "getConnectorList"],
  ];
}

function everythingOfASource() {
  return [
    ...["listSources", "listIdentities", "getSourceSchemas", "listProvisioningPolicies", "getSourceSchedules"],
    ...["getCorrelationConfig", "getNativeChangeDetectionConfig", "getSourceAttrSyncConfig"],
    "getSourceEntitlementRequestConfig",
  ];
}
