import type { OperationId } from "pulumi-sailpoint/api";

/** What the simulator does not serve: test/unit/api drives it at a server of its own. */
export const unserved = [
  "listProvisioningPoliciesById",
  "createProvisioningPolicyById",
  "getProvisioningPolicyById",
  "putProvisioningPolicyById",
  "updateProvisioningPolicyById",
  "deleteProvisioningPolicyById",
  "listSourceSubtypes",
  "searchPost",
  "searchCount",
] as const satisfies readonly OperationId[];
