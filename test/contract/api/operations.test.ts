import { type Client, type Operation, type OperationId, createClient, operations } from "pulumi-sailpoint/api";
import { type RunningTenant, startTenant } from "sailpoint-simulator";
import { lookUps } from "./rows/look-ups";
import { sources } from "./rows/sources";
import { schemas } from "./rows/schemas";
import { policies } from "./rows/policies";
import { policiesById } from "./rows/policies-by-id";
import { searches } from "./rows/search";
import { schedules } from "./rows/schedules";
import { settings } from "./rows/settings";
import { connector } from "./rows/connector";
import { tasks } from "./rows/tasks";
import type { World } from "./rows/row";

/** Every operation, in an order in which each finds what it needs. */
const rows = [
  ...lookUps,
  ...sources,
  ...schemas,
  ...policies,
  ...policiesById,
  ...schedules,
  ...settings,
  ...connector,
  ...tasks,
  ...searches,
];

describe.each(["v2025", "v2026", "services"] as const)("every operation of %s, end to end", (apiVersion) => {
  const all: [OperationId, Operation][] = Object.entries(operations) as [OperationId, Operation][];
  const had = all.filter(([, { versions }]) => versions.includes(apiVersion)).map(([id]) => id);
  let tenant: RunningTenant;
  let client: Client;
  const world = {} as World;

  beforeAll(async () => {
    tenant = await startTenant();
    client = createClient({ ...tenant, rateLimit: false, apiVersion });
  });
  afterAll(async () => {
    client.close();
    await tenant.close();
  });

  test.each(rows.filter(({ id }) => had.includes(id)).map((one) => [one.id, one] as const))("%s", async (id, one) => {
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
    const driven = [...rows.map(({ id }) => id), ...alone];
    expect(driven.sort()).toEqual(Object.keys(operations).sort());
  });
});
