import { startTenant, type RunningTenant, type TenantOptions } from "sailpoint-simulator";

const tenants = new Set<RunningTenant>();

/** Starts a tenant that is closed by itself when the test file is done. */
export async function createTenant(options?: TenantOptions): Promise<RunningTenant> {
  const tenant = await startTenant(options);
  tenants.add(tenant);
  return tenant;
}

afterAll(async () => {
  await Promise.all([...tenants].map((tenant) => tenant.close()));
});
