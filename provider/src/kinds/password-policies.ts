import { operations } from "../api/operations";
import { own } from "../reconcile";
import { ask } from "../tenant/wire";
import type { Part } from "./kind";

/**
 * A source's password policies have their own endpoint, which takes the whole list of holders. Selectors that somebody
 * set on a policy that stays are kept.
 */
export const passwordPolicies: Part = {
  async apply({ client }, id, desired, live) {
    const wanted = Array.isArray(desired) ? desired : [];
    const versions: readonly string[] = operations.listPasswordPolicyHoldersOnSource.versions;
    // Older versions of the API cannot tell who holds what, so nothing is known that could be kept.
    const holders = versions.includes(client.apiVersion)
      ? await client.call("listPasswordPolicyHoldersOnSource", { sourceId: id })
      : [];
    const body = wanted.map((policy) => {
      const policyId = own(policy, "id");
      const kept = holders.find((holder) => holder.policyId === policyId);
      return kept ?? { policyId, policyName: own(policy, "name") };
    });
    await ask(client, "updatePasswordPolicyHolders", { sourceId: id, body });
    return { ...live, passwordPolicies: wanted };
  },
};
