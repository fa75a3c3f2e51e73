import { z } from "zod";

import { bodyAs } from "../http/body";
import { listed } from "../http/collection";
import { invalid, notFound } from "../http/errors";
import { from2024, ok, type Call, type Operation } from "../http/operation";
import { existingSource, resolved } from "./references";

const path = "/sources/:sourceId/password-policies";

export const passwordPolicyHolderOperations: readonly Operation[] = [
  {
    id: "listPasswordPolicyHoldersOnSource",
    method: "GET",
    path,
    versions: ["v2025", "v2026", "beta", "services"],
    handle: list,
  },
  { id: "updatePasswordPolicyHolders", method: "PATCH", path, versions: from2024, accepts: "json", handle: update },
];

const holdersSchema = z.array(
  z.object({
    policyId: z.string().min(1),
    policyName: z.string().nullish(),
    selectors: z
      .object({ identityAttr: z.array(z.object({ name: z.string(), value: z.string() })).nullish() })
      .nullish(),
  }),
);

function list(call: Call) {
  const sourceId = call.param("sourceId");
  if (call.storage.collection("sources").get(sourceId) === undefined) throw notFound();
  return listed(call, call.storage.collection("password-policy-holders", sourceId).list());
}

/** The body is the whole list of holders, not a JSON Patch; the source then names their policies. */
function update(call: Call) {
  const { tenant } = call;
  const sourceId = call.param("sourceId");
  const source = existingSource(tenant, sourceId);
  const sent = bodyAs(holdersSchema, call.body);
  const features: unknown[] = Array.isArray(source["features"]) ? source["features"] : [];
  if (!features.includes("PASSWORD")) throw invalid("The source does not support the PASSWORD feature.");
  const policies = sent.map(({ policyId }) => resolved(tenant, "policyId", "PASSWORD_POLICY", { id: policyId }));
  const holders = sent.map(({ policyId, selectors }, index) => ({
    policyId,
    policyName: policies[index]?.["name"],
    ...(selectors ? { selectors: { identityAttr: selectors.identityAttr ?? [] } } : {}),
  }));
  const collection = tenant.storage.collection("password-policy-holders", sourceId);
  for (const [key] of collection.entries()) collection.remove(key);
  for (const [index, holder] of holders.entries()) collection.put(String(index), holder);
  const passwordPolicies = policies.length === 0 ? null : policies;
  tenant.storage.collection("sources").put(sourceId, { ...source, passwordPolicies, modified: tenant.timestamp() });
  return ok(holders);
}
