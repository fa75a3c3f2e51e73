import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type RunningTenant, startTenant } from "sailpoint-simulator";
import { Engine } from "../../engine-model/engine";
import type { Declared } from "../../engine-model/goal";
import type { Kept } from "../../engine-model/state";
import { keepNotesApart } from "../../faults/notes";
import { settingsFor } from "../../faults/row";

/** What deployments cost in requests. A set is a source with its account schema and its CREATE policy. */

beforeAll(keepNotesApart);

const SETS = 8;

const set = (i: number, description = "declared"): Declared[] => [
  {
    name: `source-${String(i)}`,
    kind: "source",
    args: {
      name: `Source ${String(i)}`,
      owner: { alias: "slpt.services" },
      cluster: { name: "sp_connect_proxy_cluster" },
      connector: "active-directory",
      connectorAttributes: { description, password: "a secret" },
    },
  },
  {
    name: `schema-${String(i)}`,
    kind: "schema",
    args: {
      source: { ref: `source-${String(i)}` },
      name: "account",
      attributes: [{ name: "added", type: "STRING" }],
    },
  },
  {
    name: `policy-${String(i)}`,
    kind: "provisioningPolicy",
    args: { source: { ref: `source-${String(i)}` }, usageType: "CREATE", fields: [{ name: "mail", type: "string" }] },
  },
];
const sets = Array.from({ length: SETS }, (_, i) => set(i)).flat();
const LOOK_UPS = 4; // the owner, the cluster, the connectors and names that are taken, once for all sets

let tenant: RunningTenant;
beforeEach(async () => {
  tenant = await startTenant();
});
afterEach(() => tenant.close());

/** How many requests each operation took, since the last time. */
function counted(): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { operationId = "unknown" } of tenant.requests()) counts[operationId] = (counts[operationId] ?? 0) + 1;
  tenant.clearRequests();
  return counts;
}
const sum = (counts: Record<string, number>) => Object.values(counts).reduce((total, count) => total + count, 0);

test("sets: create, refresh, one key, destroy", async () => {
  const engine = new Engine(settingsFor(tenant));
  expect((await engine.up(sets)).errors).toEqual([]);
  // Pulumi's own host does not say that nothing is previewed: one list for all names that may be taken.
  const created = counted();
  const looks = { listIdentities: 1, getManagedClusters: 1, getConnectorList: 1, listSources: 1 };
  expect(created).toMatchObject(looks);
  expect(sum(created)).toBeLessThanOrEqual(5 * SETS + LOOK_UPS);

  expect(await engine.up(sets)).toEqual({ steps: [], errors: [] });
  expect(counted()).toEqual({ listSources: 1, getSourceSchemas: SETS, listProvisioningPolicies: SETS });

  const changed = [...set(0, "changed"), ...sets.slice(3)];
  expect(await engine.up(changed)).toEqual({ steps: [{ op: "update", name: "source-0" }], errors: [] });
  expect(counted()).toEqual({
    ...{ listSources: 1, getSourceSchemas: SETS, listProvisioningPolicies: SETS },
    ...{ getSource: 1, updateSource: 1 },
  });

  expect((await engine.destroy()).errors).toEqual([]);
  const { listSources = 0, ...destroyed } = counted();
  // A page at the refresh, and looks that all who are going share.
  expect(listSources).toBeLessThanOrEqual(1 + SETS);
  // Connections, DELETE, and the task's end; nothing for what hangs on it.
  expect(destroyed).toEqual({
    ...{ getSourceSchemas: SETS, listProvisioningPolicies: SETS },
    ...{ getSourceConnections: SETS, deleteSource: SETS, getTaskStatus: SETS },
  });
});

test("a refresh of sources alone takes a page for each 250", async () => {
  const file = join(mkdtempSync(join(tmpdir(), "pulumi-sailpoint-requests-")), "state.json");
  expect((await new Engine(settingsFor(tenant), file).up(set(0).slice(0, 1))).errors).toEqual([]);
  // 520 more of them, made on the tenant and in the state alike.
  const [kept] = JSON.parse(readFileSync(file, "utf8")) as Kept[];
  if (!kept) throw new Error("There is no state");
  const stored = tenant.admin.state()["sources"]?.[kept.id] as Record<string, unknown>;
  const ids = Array.from({ length: 520 }, (_, i) => `${kept.id.slice(0, 26)}${String(100_000 + i)}`);
  for (const id of ids) tenant.admin.put(`/sources/${id}`, { ...stored, id });
  writeFileSync(file, JSON.stringify(ids.map((id) => ({ ...kept, name: id, urn: id, id }))));
  tenant.clearRequests();

  const engine = new Engine(settingsFor(tenant), file);
  expect(await engine.refresh()).toEqual({ steps: [], errors: [] });
  expect(counted()).toEqual({ listSources: Math.ceil((520 + 2) / 250) });
});
