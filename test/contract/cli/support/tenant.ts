import { type ProvisioningPolicy, type Source, createClient } from "pulumi-sailpoint/api";
import { type RunningTenant, type TenantOptions, startTenant } from "sailpoint-simulator";

export interface Prepared {
  tenant: RunningTenant;
  /** The id of "HR Feed". */
  feed: string;
  /** As the tenant answers them. */
  source: Source;
  policies: ProvisioningPolicy[];
}

/** A tenant with a Delimited File source "HR Feed" beside the "Corporate Directory" that every tenant has. */
export async function tenantWithFeed(options: TenantOptions = {}): Promise<Prepared> {
  const tenant = await startTenant(options);
  const client = createClient({ ...tenant, rateLimit: false });
  try {
    const [owner] = await client.call("listIdentities", { filters: 'alias eq "slpt.services"' });
    const feed = await client.call("createSource", {
      provisionAsCsv: true,
      body: {
        name: "HR Feed",
        owner: { type: "IDENTITY", id: owner?.id ?? "" },
        connector: "delimited-file",
        connectorAttributes: { password: "correct horse battery" },
      },
    });
    const source = await client.call("getSource", { id: feed.id });
    const policies = await client.call("listProvisioningPolicies", { sourceId: feed.id });
    tenant.clearRequests();
    return { tenant, feed: feed.id, source, policies };
  } finally {
    client.close();
  }
}

/** The operations that were called, token calls and look-ups by the list of sources left out. */
export const called = (tenant: RunningTenant): string[] =>
  tenant.requests().flatMap(({ operationId }) => (operationId === undefined ? [] : [operationId]));
