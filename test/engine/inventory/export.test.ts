import { type Everything, tenantWithEverything } from "../../contract/inventory/support/everything";
import { exportedProject, writesTo } from "./exported";

let everything: Everything;
beforeAll(async () => {
  everything = await tenantWithEverything(24, { shuffle: true });
});
afterAll(async () => {
  everything.client.close();
  await everything.tenant.close();
});

test("the exported program takes over what is there without a write, and then nothing differs", async () => {
  const { tenant } = everything;
  const { project } = await exportedProject(tenant);
  tenant.clearRequests();
  const up = await project.up({ timeoutMs: 240_000 });
  expect(up.counts).toEqual({ create: up.steps.length });
  expect(writesTo(tenant)).toEqual([]);
  const preview = await project.preview({ flags: ["--expect-no-changes"] });
  expect([preview.changed, preview.drift]).toEqual([[], []]);
});
