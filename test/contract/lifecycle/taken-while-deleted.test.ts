import { type RunningTenant, startTenant } from "sailpoint-simulator";
import type { JsonObject } from "../../../provider/src/reconcile";
import { keepNotesApart } from "../../faults/notes";
import { EngineCalls } from "../host/engine-calls";

/**
 * The engine deletes an object of a resource that is replaced while it lets another resource take the same object over.
 * Whichever comes first: in the end the object that is declared is there.
 */
beforeAll(keepNotesApart);

let tenant: RunningTenant;
let source: string;
let calls: EngineCalls;
beforeEach(async () => {
  tenant = await startTenant();
  calls = new EngineCalls(tenant);
  ({ id: source } = await calls.create("Source", alpha));
});
afterEach(() => tenant.close());

const alpha = { name: "Alpha", owner: { alias: "slpt.services" }, connector: "delimited-file", adopt: true };
const policy = () => ({ source, usageType: "DISABLE", fields: [{ name: "x", type: "string" }] });
const schema = () => ({ source, name: "robot", attributes: [{ name: "id", type: "STRING" }] });
const schedule = () => ({ source, type: "ACCOUNT_AGGREGATION", cronExpression: "0 0 3 * * ?" });

type Case = [kind: string, inputs: () => JsonObject, reads: string];
const CASES: Case[] = [
  ["Source", () => alpha, "getSource"],
  ["ProvisioningPolicy", policy, "listProvisioningPolicies"],
  ["Schema", schema, "getSourceSchemas"],
  ["Schedule", schedule, "getSourceSchedules"],
];

describe.each(CASES)("%s", (kind, inputs) => {
  test.each([
    ["the deletion first", 0, 30],
    ["both at once", 0, 0],
    ["the takeover first", 30, 0],
    ["the takeover just before", 5, 0],
  ])("%s", async (_, deletionWaits, takeoverWaits) => {
    const made = await calls.create(kind, inputs(), "first");
    calls = new EngineCalls(tenant);
    const seen = { ...made.outputs, ...(await calls.read(kind, made.id, made.outputs, "first")) };
    tenant.admin.set({ latencyMs: 40 });
    const [, taken] = await Promise.all([
      pause(deletionWaits).then(() => calls.delete(kind, made.id, seen, "first")),
      pause(takeoverWaits).then(() => calls.create(kind, inputs(), "second")),
    ]);
    tenant.admin.set({ latencyMs: 0 });
    const read = await new EngineCalls(tenant).read(kind, taken.id, taken.outputs, "second");
    expect(read).toMatchObject(kind === "Source" ? { name: "Alpha" } : inputs());
  });
});

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe("an object that resources of two providers of the program have", () => {
  const ENGINE = { engine: "127.0.0.1:40001" };
  const begun = async () => {
    const made = await calls.create("ProvisioningPolicy", policy(), "first");
    const other = new EngineCalls(tenant, {}, ENGINE);
    await pause(2);
    const taken = await other.create("ProvisioningPolicy", policy(), "second");
    return { made, taken, other };
  };
  const KEPT = /is kept: another resource of the program has it/;

  test("stays for the one that the same command declares", async () => {
    const { made, taken, other } = await begun();
    const declaring = new EngineCalls(tenant, {}, ENGINE);
    await declaring.diff("ProvisioningPolicy", made.id, made.outputs, policy(), "first");
    await other.delete("ProvisioningPolicy", taken.id, taken.outputs, "second");
    expect(other.infos.at(-1)).toMatch(KEPT);
  });

  test("is given back where another command has declared it", async () => {
    const { made, taken, other } = await begun();
    const declaring = new EngineCalls(tenant, {}, { engine: "127.0.0.1:40002" });
    await declaring.diff("ProvisioningPolicy", made.id, made.outputs, policy(), "first");
    await other.delete("ProvisioningPolicy", taken.id, taken.outputs, "second");
    expect(other.infos.filter((line) => line.includes("is kept: another resource of the program has it"))).toEqual([]);
  });
});
