import { z } from "zod";
import { operation } from "./define";
import { flag, freeform, jsonPatch, maybe, text } from "./shapes";

const policyField = z.looseObject({
  name: maybe(text),
  type: maybe(text),
  isRequired: maybe(flag),
  isMultiValued: maybe(flag),
  transform: maybe(freeform),
  attributes: maybe(freeform),
});
export type PolicyField = z.infer<typeof policyField>;

/** A provisioning policy, keyed by its usage type. The tenant may answer `name` as null. */
const provisioningPolicy = z.looseObject({
  name: maybe(text),
  description: maybe(text),
  usageType: text,
  fields: maybe(z.array(policyField)),
});
export type ProvisioningPolicy = z.infer<typeof provisioningPolicy>;

const ofSource = "/sources/{sourceId}/provisioning-policies";
const ofUsageType = `${ofSource}/{usageType}` as const;

export const provisioning = {
  listProvisioningPolicies: operation({
    method: "GET",
    path: ofSource,
    does: "list the provisioning policies of the source",
    // v2026 can page it; a source has not as many policies as one page holds.
    answer: z.array(provisioningPolicy),
  }),
  createProvisioningPolicy: operation({
    method: "POST",
    path: ofSource,
    does: "create the provisioning policy",
    body: provisioningPolicy,
    answer: provisioningPolicy,
  }),
  getProvisioningPolicy: operation({
    method: "GET",
    path: ofUsageType,
    does: "read the provisioning policy",
    answer: provisioningPolicy,
  }),
  putProvisioningPolicy: operation({
    method: "PUT",
    path: ofUsageType,
    does: "write the provisioning policy",
    body: provisioningPolicy,
    answer: provisioningPolicy,
  }),
  updateProvisioningPolicy: operation({
    method: "PATCH",
    path: ofUsageType,
    does: "change the provisioning policy",
    body: jsonPatch,
    answer: provisioningPolicy,
  }),
  deleteProvisioningPolicy: operation({
    method: "DELETE",
    path: ofUsageType,
    does: "delete the provisioning policy",
  }),
  updateProvisioningPoliciesInBulk: operation({
    method: "POST",
    path: `${ofSource}/bulk-update`,
    does: "write the provisioning policies of the source",
    body: z.array(provisioningPolicy),
    answer: z.array(provisioningPolicy),
    // Each policy is written whole: a second time changes nothing.
    idempotent: true,
  }),
};
