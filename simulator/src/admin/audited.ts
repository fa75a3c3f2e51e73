import { momentOf, recordOperation } from "../audit/events";
import type { Tenant } from "../tenant";
import type { Place } from "./places";

type How = "make" | "edit" | "remove";

/** The operation of the API that does what an administrator does to a part of a source. */
const operations: Readonly<Record<string, Readonly<Record<How, string>>>> = {
  "": { make: "createSource", edit: "updateSource", remove: "deleteSource" },
  schemas: { make: "createSourceSchema", edit: "updateSourceSchema", remove: "deleteSourceSchema" },
  "provisioning-policies": {
    make: "createProvisioningPolicy",
    edit: "updateProvisioningPolicy",
    remove: "deleteProvisioningPolicy",
  },
  schedules: { make: "createSourceSchedule", edit: "updateSourceSchedule", remove: "deleteSourceSchedule" },
  "correlation-config": always("putCorrelationConfig"),
  "native-change-detection-config": always("putNativeChangeDetectionConfig"),
  "attribute-sync-config": always("putSourceAttrSyncConfig"),
  "entitlement-request-config": always("updateSourceEntitlementRequestConfig"),
  "password-policy-holders": always("updatePasswordPolicyHolders"),
};

function always(id: string): Record<How, string> {
  return { make: id, edit: id, remove: id };
}

/** Does the work, and records it as what another administrator did by the tenant's own pages. */
export function audited(tenant: Tenant, place: Place, how: How, actor = "amelia.chen", work: () => void): void {
  const { ofSource } = place;
  const before = momentOf(tenant, ofSource?.id ?? "");
  work();
  const operation = ofSource === undefined ? undefined : operations[ofSource.part]?.[how];
  if (ofSource !== undefined && operation !== undefined) {
    recordOperation(tenant, actor, operation, ofSource.id, before);
  }
}
