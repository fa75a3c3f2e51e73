import { equalJson } from "../json";
import type { Stored } from "../storage";

/** What is recorded of a change. Its technical name is objects, operation and status, joined. */
export interface Change {
  action: string;
  type: string;
  objects: readonly string[];
  operation: string;
}

/** A source as it was before or after a change, and the attributes whose synchronisation is switched on. */
export interface Moment {
  source: Stored | undefined;
  synchronised: readonly unknown[];
}

/** What is recorded of each operation that changes a source, once it is done. */
export const changesOf: Readonly<Record<string, (before: Moment, after: Moment) => readonly Change[]>> = {
  createSource: always(ofSource("SOURCE_CREATE", "CREATE")),
  putSource: updatesOfSource,
  updateSource: updatesOfSource,
  updateSourceEntitlementRequestConfig: always(ofSource("SOURCE_UPDATE", "UPDATE")),
  deleteSource: always(ofSource("SOURCE_DELETE", "DELETE")),
  createSourceSchema: always(ofSource("SCHEMA_CREATED", "CREATE", ["SCHEMA"])),
  putSourceSchema: always(ofSource("SCHEMA_UPDATED", "UPDATE", ["SCHEMA"])),
  updateSourceSchema: always(ofSource("SCHEMA_UPDATED", "UPDATE", ["SCHEMA"])),
  importAccountsSchema: always(ofSource("SCHEMA_UPDATED", "UPDATE", ["SCHEMA"])),
  importEntitlementsSchema: always(ofSource("SCHEMA_UPDATED", "UPDATE", ["SCHEMA"])),
  deleteSourceSchema: always(ofSource("SCHEMA_DELETED", "DELETE", ["SCHEMA"])),
  createProvisioningPolicy: always(ofPolicy("CREATED", "CREATE")),
  createProvisioningPolicyById: always(ofPolicy("CREATED", "CREATE")),
  putProvisioningPolicy: always(ofPolicy("UPDATED", "UPDATE")),
  putProvisioningPolicyById: always(ofPolicy("UPDATED", "UPDATE")),
  updateProvisioningPolicy: always(ofPolicy("UPDATED", "UPDATE")),
  updateProvisioningPolicyById: always(ofPolicy("UPDATED", "UPDATE")),
  updateProvisioningPoliciesInBulk: always(ofPolicy("UPDATED", "UPDATE")),
  deleteProvisioningPolicy: always(ofPolicy("DELETED", "DELETE")),
  deleteProvisioningPolicyById: always(ofPolicy("DELETED", "DELETE")),
  createSourceSchedule: always(ofItsOwnType("SOURCE_SCHEDULE_CREATED", ["SOURCE", "SCHEDULE"], "CREATE")),
  updateSourceSchedule: always(ofItsOwnType("SOURCE_SCHEDULE_UPDATED", ["SOURCE", "SCHEDULE"], "UPDATE")),
  deleteSourceSchedule: always(ofItsOwnType("SOURCE_SCHEDULE_REMOVED", ["SOURCE", "SCHEDULE"], "DELETE")),
  putCorrelationConfig: always(ofItsOwnType("CORRELATION_CONFIG_UPDATED", ["CORRELATION", "CONFIG"], "UPDATE")),
  putNativeChangeDetectionConfig: always(ofDetection()),
  deleteNativeChangeDetectionConfig: always(ofDetection()),
  putSourceAttrSyncConfig: switchesOfSynchronisation,
  updatePasswordPolicyHolders: always({
    action: "SOURCE_PASSWORD_POLICY_ASSIGNED",
    type: "PASSWORD_ACTIVITY",
    objects: ["SOURCE", "PASSWORD", "POLICY"],
    operation: "ASSIGN",
  }),
  importConnectorFile: always(ofSource("CONNECTOR_FILE_UPLOAD", "UPLOAD", ["CONNECTOR", "FILE"])),
};

/** What is recorded of a task that ended, by its kind; the status joins the action of those that have no name of their own. */
export const changesOfTasks: Readonly<Record<string, (status: string) => Change>> = {
  delete: () => ofSource("SOURCE_DELETE", "DELETE"),
  "account-aggregation": (status) =>
    ofSource(`SOURCE_ACCOUNT_AGGREGATION_${status}`, "AGGREGATE", ["SOURCE", "ACCOUNT"]),
  "entitlement-aggregation": (status) =>
    ofSource(`SOURCE_ENTITLEMENT_AGGREGATION_${status}`, "AGGREGATE", ["SOURCE", "ENTITLEMENT"]),
  "remove-accounts": (status) => ({
    ...ofItsOwnType("ACCOUNTS_REMOVE", ["ACCOUNTS"], "REMOVE"),
    action: `ACCOUNTS_REMOVE_${status}`,
  }),
};

function always(change: Change) {
  return () => [change];
}

function ofSource(action: string, operation: string, objects = ["SOURCE"]): Change {
  return { action, type: "SOURCE_MANAGEMENT", objects, operation };
}

function ofPolicy(done: string, operation: string): Change {
  return ofSource(`ACCOUNT_PROFILE_${done}`, operation, ["ACCOUNT", "PROFILE"]);
}

function ofDetection(): Change {
  const objects = ["NATIVE", "CHANGE", "DETECTION", "CONFIGURATION"];
  return ofSource("NATIVE_CHANGE_DETECTION_CONFIGURATION_UPDATE", "UPDATE", objects);
}

function ofItsOwnType(action: string, objects: readonly string[], operation: string): Change {
  return { action, type: action, objects, operation };
}

/** One event for the update, and one more for each of the fields that have events of their own. */
function updatesOfSource({ source: before }: Moment, { source: after }: Moment): Change[] {
  const more = [
    ["deleteThreshold", "SOURCE_UPDATE_DELETE_THRESHOLD"],
    ["features", "SOURCE_FEATURES_STRING_UPDATE"],
  ] as const;
  const changed = more.filter(([field]) => !equalJson(before?.[field], after?.[field]));
  return [ofSource("SOURCE_UPDATE", "UPDATE"), ...changed.map(([, action]) => ofSource(action, "UPDATE"))];
}

function switchesOfSynchronisation({ synchronised: before }: Moment, { synchronised: after }: Moment): Change[] {
  const event = (operation: string): Change => ({
    action: `ACTION_${operation}_ATTRIBUTE_SYNC`,
    type: "PROVISIONING",
    objects: ["ATTRIBUTE", "SYNC"],
    operation,
  });
  return [
    ...(after.some((name) => !before.includes(name)) ? [event("ENABLE")] : []),
    ...(before.some((name) => !after.includes(name)) ? [event("DISABLE")] : []),
  ];
}
