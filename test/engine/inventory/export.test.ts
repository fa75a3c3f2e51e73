import { type Everything, CONNECTORS, tenantWithEverything } from "../../contract/inventory/support/everything";
import { exportedProject, writesTo } from "./exported";

const COUNT = 60;
let everything: Everything;
beforeAll(async () => {
  everything = await tenantWithEverything(COUNT, { shuffle: true });
});
afterAll(async () => {
  everything.client.close();
  await everything.tenant.close();
});

test("60 sources of 12 connectors: the exported program takes over what is there without a write, and then nothing differs", async () => {
  const { tenant } = everything;
  expect(CONNECTORS).toHaveLength(12);
  const { project } = await exportedProject(tenant);
  tenant.clearRequests();
  const up = await project.up({ timeoutMs: 540_000 });
  expect(up.counts).toEqual({ create: up.steps.length });
  expect(up.steps.length).toBeGreaterThan(COUNT * 9);
  expect(writesTo(tenant)).toEqual([]);
  const preview = await project.preview({ flags: ["--expect-no-changes"], timeoutMs: 300_000 });
  expect([preview.changed, preview.drift]).toEqual([[], []]);
}, 900_000);
