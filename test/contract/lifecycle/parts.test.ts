import { type RunningTenant, startTenant } from "sailpoint-simulator";
import { Engine } from "../../engine-model/engine";
import type { Declared } from "../../engine-model/goal";
import { keepNotesApart } from "../../faults/notes";
import { settingsFor } from "../../faults/row";
import { file } from "../../faults/subjects";

/** Parts of a source that have an endpoint of their own are written however the source's own PATCH had to be sent. */
beforeAll(keepNotesApart);

let tenant: RunningTenant;
beforeEach(async () => {
  tenant = await startTenant();
});
afterEach(() => tenant.close());

const source = (which: "first" | "second"): Declared => ({
  name: "hr",
  kind: "source",
  args: {
    name: "HR Feed",
    owner: { alias: "slpt.services" },
    connector: "jdbc",
    connectorAttributes: { queries: [which, "another"] },
    passwordPolicies: [{ name: which === "first" ? "Default" : "Corporate Password Policy" }],
    connectorFiles: [file(`${which}.jar`, `the ${which} driver`)],
  },
});

test.each([0, 1])("after a PATCH that is refused %d times with its guards, and taken without", async (times) => {
  const engine = new Engine(settingsFor(tenant));
  expect((await engine.up([source("first")])).errors).toEqual([]);
  const path = `/sources/${engine.idOf("hr")}`;
  if (times > 0) tenant.admin.fault({ operationId: "updateSource", kind: "status", status: 400, times });
  tenant.clearRequests();
  expect((await engine.up([source("second")])).errors).toEqual([]);
  const patches = tenant.requests().filter(({ operationId }) => operationId === "updateSource");
  const guards = patches.map(({ body }) => (body as { op: string }[]).filter(({ op }) => op === "test").length);
  expect(guards).toEqual(times > 0 ? [1, 0] : [1]);
  const written = tenant.requests().map(({ operationId }) => operationId);
  expect(written).toEqual(expect.arrayContaining(["updatePasswordPolicyHolders", "importConnectorFile"]));
  const holders = Object.values(tenant.admin.state()["password-policy-holders"]?.[path.split("/")[2] ?? ""] ?? {});
  expect(holders).toMatchObject([{ policyName: "Corporate Password Policy" }]);
  expect(await engine.up([source("second")])).toEqual({ steps: [], errors: [] });
});
