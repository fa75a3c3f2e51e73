import { textOf } from "../json";
import type { Tenant } from "../tenant";
import { sourceOf } from "./places";

export type User = "identity-profile" | "application" | "transform";

/** Makes a source used by an object of this kind and name. */
export function use(tenant: Tenant, sourceId: string, by: User, name: string): void {
  const source = sourceOf(tenant, sourceId);
  const reference = { type: "SOURCE", id: sourceId, name: source["name"] };
  if (by === "transform") {
    const id = tenant.ids.nextUuid(by, name);
    const attributes = { sourceName: textOf(source["name"]), attributeName: "name" };
    tenant.storage
      .collection("transforms")
      .put(id, { id, name, type: "accountAttribute", attributes, internal: false });
    return;
  }
  const id = tenant.ids.next(by, name);
  if (by === "application") {
    tenant.storage.collection("source-apps").put(id, { id, name, description: name, accountSource: reference });
    return;
  }
  const profile = {
    id,
    name,
    description: null,
    owner: source["owner"],
    priority: 20,
    authoritativeSource: reference,
    identityRefreshRequired: false,
    identityCount: 0,
    identityAttributeConfig: { enabled: true, attributeTransforms: [] },
    identityExceptionReportReference: null,
    hasTimeBasedAttr: false,
    created: tenant.timestamp(),
    modified: tenant.timestamp(),
  };
  tenant.storage.collection("identity-profiles").put(id, profile);
}
