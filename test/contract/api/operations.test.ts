import { type Client, createClient, operations } from "pulumi-sailpoint/api";
import { type RunningTenant, startTenant } from "sailpoint-simulator";
import { lookUps } from "./rows/look-ups";
import { sources } from "./rows/sources";
import { schemas } from "./rows/schemas";
import { policies } from "./rows/policies";
import { schedules } from "./rows/schedules";
import { settings } from "./rows/settings";
import { connector } from "./rows/connector";
import { tasks } from "./rows/tasks";
import type { World } from "./rows/row";
import { unserved } from "./rows/unserved";

/** Every operation, in an order in which each finds what it needs. */
const rows = [...lookUps, ...sources, ...schemas, ...policies, ...schedules, ...settings, ...connector, ...tasks];

describe("every operation, end to end", () => {
  let tenant: RunningTenant;
  let client: Client;
  const world = {} as World;

  beforeAll(async () => {
    tenant = await startTenant();
    client = createClient({ ...tenant, rateLimit: false });
  });
  afterAll(async () => {
    client.close();
    await tenant.close();
  });

  test.each(rows.map((one) => [one.id, one] as const))("%s", async (id, one) => {
    tenant.clearRequests();
    await one.drive(client, world);
    const [request, ...others] = tenant.requests();
    expect(others).toEqual([]);
    expect(request).toMatchObject({ operationId: id, method: operations[id].method });
    expect(request?.status).toBeLessThan(300);
  });

  test("putSource writes back what getSource gave", async () => {
    const before = await client.call("getSource", { id: world.csv });
    const after = await client.call("putSource", { id: world.csv, body: { ...before, description: "Written whole" } });
    expect(after.description).toBe("Written whole");
  });

  test("putSourceAttrSyncConfig toggles what getSourceAttrSyncConfig gave", async () => {
    const { source, attributes } = await client.call("getSourceAttrSyncConfig", { id: world.directory });
    const body = { source, attributes: attributes?.map((attribute) => ({ ...attribute, enabled: true })) };
    const after = await client.call("putSourceAttrSyncConfig", { id: world.directory, body });
    expect(after.attributes?.map(({ enabled }) => enabled)).toEqual(attributes?.map(() => true));
  });

  test("deleteSource answers a task, after which the source is gone", async () => {
    const { id } = await client.call("deleteSource", { id: world.csv });
    expect(await client.awaitTask(id)).toMatchObject({ completionStatus: "SUCCESS" });
    await expect(client.call("getSource", { id: world.csv })).rejects.toMatchObject({ kind: "notFound", status: 404 });
  });

  test("none was left out", () => {
    const alone = ["putSource", "putSourceAttrSyncConfig", "deleteSource"];
    expect([...rows.map(({ id }) => id), ...alone, ...unserved].sort()).toEqual(Object.keys(operations).sort());
  });
});
