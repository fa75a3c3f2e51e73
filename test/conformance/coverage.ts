import type { Session } from "./session";

/** Every operation of the document on sources that the simulator serves must have been seen to succeed. */
export function judgeCoverage(session: Session): void {
  for (const id of sourceOperations) {
    const documented = session.document.operations.some((operation) => operation.id === id);
    if (!documented) continue;
    const statuses = [...(session.judge.seen.get(id) ?? [])];
    const succeeded = statuses.some((status) => status < 300);
    session.judge.check(`${id} was driven`, succeeded ? [] : ["No answer of it that means success was judged."]);
  }
}

/** The operations on sources, and the searches, by the document's names. */
const sourceOperations = [
  "listSources",
  "createSource",
  "getSource",
  "putSource",
  "updateSource",
  "deleteSource",
  "getSourceConnections",
  "getSourceHealth",
  "getSourceSchemas",
  "createSourceSchema",
  "getSourceSchema",
  "putSourceSchema",
  "updateSourceSchema",
  "deleteSourceSchema",
  "getAccountsSchema",
  "importAccountsSchema",
  "getEntitlementsSchema",
  "importEntitlementsSchema",
  "listProvisioningPolicies",
  "createProvisioningPolicy",
  "getProvisioningPolicy",
  "putProvisioningPolicy",
  "updateProvisioningPolicy",
  "deleteProvisioningPolicy",
  "updateProvisioningPoliciesInBulk",
  "getSourceSchedules",
  "createSourceSchedule",
  "getSourceSchedule",
  "updateSourceSchedule",
  "deleteSourceSchedule",
  "getCorrelationConfig",
  "putCorrelationConfig",
  "getNativeChangeDetectionConfig",
  "putNativeChangeDetectionConfig",
  "deleteNativeChangeDetectionConfig",
  "getSourceAttrSyncConfig",
  "putSourceAttrSyncConfig",
  "syncAttributesForSource",
  "getSourceEntitlementRequestConfig",
  "updateSourceEntitlementRequestConfig",
  "updatePasswordPolicyHolders",
  "importConnectorFile",
  "importAccounts",
  "importUncorrelatedAccounts",
  "deleteAccountsAsync",
  "testSourceConnection",
  "testSourceConfiguration",
  "pingCluster",
  "searchResourceObjects",
  "getSourceConfig",
  "importEntitlements",
  "listPasswordPolicyHoldersOnSource",
  "listProvisioningPoliciesV2",
  "createProvisioningPolicyV2",
  "getProvisioningPolicyV2",
  "putProvisioningPolicyV2",
  "updateProvisioningPolicyV2",
  "deleteProvisioningPolicyV2",
  "listSourceSubtypes",
  "searchPost",
  "searchCount",
];
