import { z } from "zod";
import { onlyServices } from "../versions";
import { operation } from "./define";
import { filtered, flag, freeform, jsonPatch, maybe, paged, text } from "./shapes";

const policyField = z.looseObject({
  name: maybe(text),
  type: maybe(text),
  isRequired: maybe(flag),
  isMultiValued: maybe(flag),
  transform: maybe(freeform),
  attributes: maybe(freeform),
});
/** A field of a provisioning policy: one attribute that an account gets. */
export type PolicyField = z.infer<typeof policyField>;

/** A provisioning policy, keyed by its usage type. The tenant may answer `name` as null. */
const provisioningPolicy = z.looseObject({
  name: maybe(text),
  description: maybe(text),
  usageType: text,
  fields: maybe(z.array(policyField)),
});
/** A provisioning policy, one for each usage type of a source. */
export type ProvisioningPolicy = z.infer<typeof provisioningPolicy>;

const byId = {
  ...provisioningPolicy.shape,
  /** Which of the source's subtypes it is for; `CREATE_MACHINE_ACCOUNT` needs one. */
  subtypeId: maybe(text),
};
const newPolicyById = z.looseObject(byId);
/** A provisioning policy, keyed by its id: a source may have several of one usage type, one for each subtype. */
const policyById = z.looseObject({ ...byId, id: text });
/** A provisioning policy of the per-service form, which has an id. */
export type ProvisioningPolicyById = z.infer<typeof policyById>;

const ofSource = "/sources/{sourceId}/provisioning-policies";
const ofUsageType = `${ofSource}/{usageType}` as const;
const ofId = `${ofSource}/{id}` as const;

/** The second number of these paths, beside the first and in the per-service form alone. */
const second = { number: 2, versions: onlyServices, experimentalIn: onlyServices } as const;

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
  listProvisioningPoliciesById: operation({
    ...second,
    documentedAs: "listProvisioningPoliciesV2",
    method: "GET",
    path: ofSource,
    does: "list the provisioning policies of the source",
    query: { ...paged, ...filtered },
    answer: z.array(policyById),
    pageSize: 250,
  }),
  createProvisioningPolicyById: operation({
    ...second,
    documentedAs: "createProvisioningPolicyV2",
    method: "POST",
    path: ofSource,
    does: "create the provisioning policy",
    query: { useDefaultFields: flag.optional() },
    body: newPolicyById,
    answer: policyById,
  }),
  getProvisioningPolicyById: operation({
    ...second,
    documentedAs: "getProvisioningPolicyV2",
    method: "GET",
    path: ofId,
    does: "read the provisioning policy",
    answer: policyById,
  }),
  putProvisioningPolicyById: operation({
    ...second,
    documentedAs: "putProvisioningPolicyV2",
    method: "PUT",
    path: ofId,
    does: "write the provisioning policy",
    body: newPolicyById,
    answer: policyById,
  }),
  updateProvisioningPolicyById: operation({
    ...second,
    documentedAs: "updateProvisioningPolicyV2",
    method: "PATCH",
    path: ofId,
    does: "change the provisioning policy",
    body: jsonPatch,
    answer: policyById,
  }),
  deleteProvisioningPolicyById: operation({
    ...second,
    documentedAs: "deleteProvisioningPolicyV2",
    method: "DELETE",
    path: ofId,
    does: "delete the provisioning policy",
  }),
};
