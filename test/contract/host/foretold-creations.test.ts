import { type RunningTenant, startTenant } from "sailpoint-simulator";
import { UNKNOWN } from "../../../provider/src/reconcile/unknown";
import { clientOf, existingSource, writes } from "../../engine/lifecycle/tenants";
import { keepNotesApart } from "../../faults/notes";
import { EngineCalls } from "./engine-calls";

/** What a preview tells of creations that meet what is there, and what `up` says of the same. */
beforeAll(keepNotesApart);

let tenant: RunningTenant;
let id: string;
const hr = (more = {}) => ({ name: "HR", owner: { alias: "support" }, connector: "jdbc", ...more });
beforeEach(async () => {
  tenant = await startTenant();
  id = await existingSource(clientOf(tenant), "HR", { connector: "jdbc", deleteThreshold: 77 });
  tenant.clearRequests();
});
afterEach(() => tenant.close());

test("a source that is taken over has its id in the preview, so that what hangs on it is told, too; up says the same", async () => {
  const preview = new EngineCalls(tenant);
  const source = await preview.previewCreation("Source", hr({ adopt: true, deleteThreshold: 10 }));
  expect(source).toMatchObject({ id, outputs: { sourceId: id } });
  const account = {
    source: source.id,
    name: "account",
    displayAttribute: "email",
    // Made by the same program, and not there yet.
    attributes: [{ name: "groups", type: "STRING", isEntitlement: true, isGroup: true, schema: { name: "group" } }],
  };
  await preview.previewCreation("Schema", account, "account");
  const lines = [
    `Source "HR" takes over what is there (${id}); changes: deleteThreshold: 77 on the tenant, will be 10`,
    expect.stringMatching(
      /^Schema "account" takes over what is there .*changes: displayAttribute: .*attributes that stay/,
    ),
  ];
  expect(preview.infos).toEqual(lines);
  expect(writes(tenant)).toEqual([]);

  const up = new EngineCalls(tenant);
  await up.create("Source", hr({ adopt: true, deleteThreshold: 10 }));
  const { attributes: _groups, ...plain } = account;
  await up.create("Schema", plain, "account");
  expect(up.infos).toEqual([
    lines[0],
    expect.stringMatching(/^Schema "account" takes over .*changes: displayAttribute/),
  ]);
});

test("what cannot be changed on an object that is taken over is refused in the preview as in up", async () => {
  const wrong = hr({ adopt: true, connector: "web-services" });
  const refusal =
    /already, but with another connector \("jdbc-angularsc" on the tenant, "web-services" declared\).* choose another name$/;
  await expect(new EngineCalls(tenant).previewCreation("Source", wrong)).rejects.toThrow(refusal);
  await expect(new EngineCalls(tenant).create("Source", wrong)).rejects.toThrow(refusal);
  const later = new EngineCalls(tenant);
  expect((await later.previewCreation("Source", hr({ adopt: true, connector: UNKNOWN }))).id).toBe(id);
});

test("an attribute to synchronize that the source does not offer is warned of, new or changed; up is refused", async () => {
  const sync = (...names: string[]) => ({ source: id, attributes: names.map((name) => ({ name, enabled: true })) });
  const attributes = [{ name: "mail", type: "STRING" }];
  await new EngineCalls(tenant).create("Schema", { source: id, name: "account", attributes }, "account");
  const preview = new EngineCalls(tenant);
  await preview.previewCreation("AttributeSyncConfig", sync("email"));
  expect(preview.warnings).toEqual([]);
  await preview.previewCreation("AttributeSyncConfig", sync("email", "emial"));
  const up = new EngineCalls(tenant);
  const { outputs } = await up.create("AttributeSyncConfig", sync("email"));
  await preview.diff("AttributeSyncConfig", id, outputs, sync("email", "emial"));
  const warning = expect.stringMatching(/does not offer "emial" now.* Did you mean "email"\?$/) as unknown;
  expect(preview.warnings).toEqual([warning, warning]);
  await expect(up.update("AttributeSyncConfig", id, outputs, sync("email", "emial"))).rejects.toThrow(
    /emial|attributes/,
  );
});

test("a name that is taken is warned of in the preview, by one list for all; up asks nothing more", async () => {
  const preview = new EngineCalls(tenant);
  await preview.previewCreation("Source", hr());
  await preview.previewCreation("Source", hr({ name: "Another" }), "another");
  expect(preview.warnings).toEqual([expect.stringContaining(`Source "HR" is on the tenant already (${id})`)]);
  const looks = () => tenant.requests().filter(({ operationId }) => operationId === "listSources").length;
  expect(looks()).toBe(1);
  tenant.clearRequests();
  await new EngineCalls(tenant).create("Source", hr({ name: "Another" }));
  expect(looks()).toBe(0);
});

test("what the state has is no stranger's: an alias is asked for, and whoever takes it over goes on with it", async () => {
  const state = await new EngineCalls(tenant).read("Source", id);
  const preview = new EngineCalls(tenant);
  await preview.read("Source", id, state);
  await preview.previewCreation("Source", hr(), "renamed");
  const asked = [expect.stringMatching(/and this stack has it.*aliases/)];
  expect([preview.warnings, preview.infos]).toEqual([asked, []]);
  await preview.previewCreation("Source", hr({ adopt: true }), "adopting");
  expect(preview.infos).toEqual([
    `Source "HR" takes over what is there (${id}), which this stack has already: it goes on and is not deleted; changes: nothing`,
  ]);
});

test("what a killed command made is not a stranger's either", async () => {
  await new EngineCalls(tenant, {}, { isKilled: true }).create("Source", hr({ name: "Cut off" }));
  const preview = new EngineCalls(tenant);
  await preview.previewCreation("Source", hr({ name: "Cut off" }));
  expect(preview.warnings).toEqual([]);
});

test("a source that is replaced does not meet itself", async () => {
  const begun = new EngineCalls(tenant);
  const { outputs } = await begun.create("Source", hr({ adopt: true }));
  for (const adopt of [{}, { adopt: true }]) {
    const preview = new EngineCalls(tenant);
    const other = hr({ ...adopt, connector: "web-services" });
    expect(await preview.diff("Source", id, outputs, other)).toEqual(["connector"]);
    expect((await preview.previewCreation("Source", other)).id).toBe("");
    expect(
      [...preview.warnings, ...preview.infos].filter((line) => /takes over|is on the tenant already/.test(line)),
    ).toEqual([]);
  }
});

describe("what hangs on a source that is not on the tenant", () => {
  const account = (source: string) => ({ source, name: "account", displayAttribute: "id" });
  const nowhere = "0".repeat(32);

  test.each<[string, string, object]>([
    ["Schema", "Schema", account(nowhere)],
    ["ProvisioningPolicy", "ProvisioningPolicy", { source: nowhere, usageType: "UPDATE", name: "Update", fields: [] }],
    ["CorrelationConfig", "CorrelationConfig", { source: nowhere, attributeAssignments: [] }],
  ])("is warned of in the preview: %s", async (_what, kind, inputs) => {
    const preview = new EngineCalls(tenant);
    await preview.previewCreation(kind, inputs as never);
    expect(preview.warnings).toEqual([
      expect.stringMatching(
        / hangs on the source 0{32}, which is not on tenant tenant-a \(.*\): it cannot be made\. Correct/,
      ),
    ]);
  });

  test("and `up` says the same, not only that something is not found", async () => {
    const up = new EngineCalls(tenant);
    await expect(up.create("Schema", account(nowhere))).rejects.toThrow(/hangs on the source 0{32}, which is not on/);
    const policy = { source: nowhere, usageType: "UPDATE", name: "Update", fields: [] };
    await expect(up.create("ProvisioningPolicy", policy)).rejects.toThrow(/hangs on the source 0{32}, which is not on/);
  });

  test("and not where it is there, or is made by the same command", async () => {
    const preview = new EngineCalls(tenant);
    await preview.previewCreation("Schema", account(id));
    await preview.previewCreation("Schema", account(UNKNOWN), "later");
    expect(preview.warnings).toEqual([]);
    const up = new EngineCalls(tenant);
    const made = await up.create("Source", hr({ name: "New" }));
    await up.previewCreation("Schema", account(made.id));
    expect(up.warnings).toEqual([]);
  });
});
