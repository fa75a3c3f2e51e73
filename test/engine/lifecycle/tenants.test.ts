import type { RunningTenant } from "sailpoint-simulator";
import { createProject, createTenant } from "../harness";
import { type Door, doors } from "../hosts/doors";
import { clientOf, existingSource, sourceNamed, stored, writes } from "./tenants";

/** What hangs on a source follows it where a class of ours says so. */
const both = (door: Door, more: string) => `
${door.sailpoint}
const { Schema, Source, Tenant } = sailpoint;
const { THERE_URL, THERE_ID, GOTTEN, HERE_SECRET, SAIL_BASE_URL, SAIL_CLIENT_ID } = process.env;
const eu = new Tenant("eu", { baseUrl: THERE_URL, clientId: THERE_ID });
const locked = new Tenant("locked", { baseUrl: SAIL_BASE_URL, clientId: SAIL_CLIENT_ID, clientSecret: HERE_SECRET, readOnly: true });
const args = { name: "Both", owner: { alias: "slpt.services" }, connector: "jdbc" };
const local = new Source("here", args);
const remote = new Source("there", args, { provider: eu });
new Schema("here-account", { source: local.id, name: "account", displayAttribute: "email" });
const schema = new Schema("there-account", { ${door === doors.plugin ? "source: remote.id" : "source: remote"}, name: "account", displayAttribute: "department" }${door === doors.plugin ? ", { provider: eu }" : ""});
exports.tenants = [local.tenant, remote.tenant, schema.tenant];

const got = (kind, key) => sailpoint[kind].get("got-" + kind, key ? GOTTEN + "/" + key : GOTTEN, { provider: eu });
const source = got("Source");
exports.source = [source.name, source.owner, source.connector, source.sourceId, source.tenant];
exports.schema = got("Schema", "account").attributes.apply((list) => list.map(({ name }) => name));
exports.policy = got("ProvisioningPolicy", "CREATE").fields;
exports.schedule = got("Schedule", "ACCOUNT_AGGREGATION").cronExpression;
exports.correlation = got("CorrelationConfig").attributeAssignments;
exports.detection = got("NativeChangeDetection").enabled;
exports.synchronization = got("AttributeSyncConfig").attributes;
exports.requests = got("EntitlementRequestConfig").accessRequestConfig;
exports.locked = Source.get("got-locked", process.env.LOCKED, { provider: locked }).name;
${more}
`;

describe.each<Door>(Object.values(doors))("through the $name", (door) => {
  let here: RunningTenant;
  let there: RunningTenant;
  beforeAll(async () => {
    [here, there] = await Promise.all([createTenant({ tenant: "a" }), createTenant({ tenant: "b" })]);
  });
  beforeEach(() => {
    for (const tenant of [here, there]) tenant.clearRequests();
  });

  test("a stack that points at another tenant is refused before any write, and the message names both", async () => {
    const project = await createProject({
      program: `
      ${door.sailpoint}
      const hr = new sailpoint.Source("hr", { name: "Guarded", description: process.env.WORD, owner: { alias: "slpt.services" }, connector: "jdbc" });
      new sailpoint.Schema("account", { source: hr.id, name: "account", displayAttribute: "email" });`,
      yaml: door.yaml,
      refresh: door.refresh,
      env: { ...here.env, SAIL_SETTLE_SECONDS: "0", WORD: "declared" },
    });
    await project.up();
    const before = here.admin.state();
    here.clearRequests();

    const elsewhere = { ...there.env, WORD: "changed" };
    const commands = [
      await project.preview({ env: elsewhere, expect: "failure" }),
      await project.up({ env: elsewhere, expect: "failure" }),
      await project.destroy({ env: elsewhere, expect: "failure" }),
    ];
    for (const { errors } of commands) {
      // One cause is told once, with whichever resource met it first.
      const error = errors.join("\n");
      expect(error).toContain(`is on tenant tenant-a (${new URL(here.baseUrl).host})`);
      expect(error).toContain(`points to tenant-b (${new URL(there.baseUrl).host})`);
      expect(error).toContain("stack of its own");
    }
    for (const tenant of [here, there]) tenant.clearRequests();
    const unrefreshed = await project.preview({ env: elsewhere, expect: "failure", flags: ["--refresh=false"] });
    expect(unrefreshed.errors.join("\n")).toContain("is on tenant tenant-a");
    expect(unrefreshed.errors.join("\n")).toContain(new URL(there.baseUrl).host);
    // Without a refresh, which only the stock host can leave out, nothing is asked of any tenant.
    const asked = [...here.requests({ tokens: true }), ...there.requests({ tokens: true })];
    if (door === doors.stock) expect(asked).toEqual([]);
    expect(here.admin.state()).toEqual(before);
    expect(writes(there)).toEqual([]);
  });

  test("two tenants in one program; children go with their source; get reads each kind; readOnly refuses writes", async () => {
    const gotten = await existingSource(clientOf(there), "Gotten", { connector: "jdbc" });
    const lockedSource = await existingSource(clientOf(here), "Locked");
    there.admin.put(`/sources/${gotten}/schedules/ACCOUNT_AGGREGATION`, {
      type: "ACCOUNT_AGGREGATION",
      cronExpression: "0 0 6 * * ?",
    });
    there.admin.put(`/sources/${gotten}/correlation-config/`, {
      attributeAssignments: [{ property: "email", value: "email", operation: "EQ", complex: false, ignoreCase: true }],
    });
    const project = await createProject({
      program: both(door, ""),
      yaml: door.yaml,
      refresh: door.refresh,
      env: {
        ...here.env,
        SAIL_SETTLE_SECONDS: "0",
        SAIL_CLIENT_SECRET_EU: there.clientSecret,
        THERE_URL: there.baseUrl,
        THERE_ID: there.clientId,
        HERE_SECRET: here.clientSecret,
        GOTTEN: gotten,
        LOCKED: lockedSource,
      },
    });
    await project.up();
    for (const [tenant, attribute] of [
      [here, "email"],
      [there, "department"],
    ] as const) {
      const stock = tenant.admin.state();
      const id = sourceNamed(stock, "Both");
      expect(stored(stock, `/sources/${id}/schemas/account`)?.["displayAttribute"]).toBe(attribute);
    }
    expect(await project.outputs()).toEqual({
      tenants: ["tenant-a", "tenant-b", "tenant-b"],
      source: ["Gotten", { alias: "support" }, "jdbc", gotten, "tenant-b"],
      schema: ["login", "firstname", "lastname", "email", "department", "disabled"],
      policy: [
        { name: "login", type: "string", transform: { type: "identityAttribute", attributes: { name: "uid" } } },
      ],
      schedule: "0 0 6 * * ?",
      correlation: [{ property: "email", value: "email", operation: "EQ", ignoreCase: true }],
      synchronization: [
        { name: "email", enabled: false },
        { name: "department", enabled: false },
      ],
      locked: "Locked",
    });

    for (const tenant of [here, there]) tenant.clearRequests();
    project.setProgram(both(door, 'new Source("refused", { ...args, name: "Refused" }, { provider: locked });'));
    const preview = await project.preview();
    expect(preview.counts).toEqual({ create: 1 });
    const up = await project.up({ expect: "failure" });
    expect(up.errors.join("\n")).toMatch(/Source "Refused".*readOnly/s);
    expect([...writes(here), ...writes(there)]).toEqual([]);
    await project.destroy();
    for (const tenant of [here, there]) {
      const names = Object.values(tenant.admin.state()["sources"] ?? {}).map(
        (source) => (source as { name: string }).name,
      );
      expect(names).not.toContain("Both");
      expect(names).toContain(tenant === here ? "Locked" : "Gotten");
    }
  });
});
