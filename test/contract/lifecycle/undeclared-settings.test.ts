import { type RunningTenant, startTenant } from "sailpoint-simulator";
import { Engine } from "../../engine-model/engine";
import { keepNotesApart } from "../../faults/notes";
import { settingsFor } from "../../faults/row";

beforeAll(keepNotesApart);

let tenant: RunningTenant;
beforeAll(async () => {
  tenant = await startTenant();
});
afterAll(() => tenant.close());

/** The API writes these configurations whole, and drops what a PUT does not carry. */
test("an update carries what others set and the program does not declare", async () => {
  const engine = new Engine(settingsFor(tenant));
  const program = (requireEndDate: boolean) => [
    {
      name: "hr",
      kind: "source" as const,
      args: { name: "HR Feed", owner: { alias: "slpt.services" }, connector: "active-directory" },
    },
    {
      name: "requests",
      kind: "entitlementRequestConfig" as const,
      args: { source: { ref: "hr" }, accessRequestConfig: { requireEndDate } },
    },
  ];
  expect((await engine.up(program(true))).errors).toEqual([]);
  const at = `/sources/${engine.idOf("hr")}/entitlement-request-config/`;
  tenant.admin.edit(at, [
    { op: "add", path: "/accessRequestConfig/formDefinitionId", value: "a-form" },
    { op: "add", path: "/accessRequestConfig/ofTheFuture", value: { kept: true } },
  ]);
  expect((await engine.up(program(false))).errors).toEqual([]);
  const stored = tenant.admin.state()["entitlement-request-config"]?.[engine.idOf("hr")];
  expect(JSON.stringify(stored)).toContain('"formDefinitionId":"a-form"');
  expect(JSON.stringify(stored)).toContain('"ofTheFuture":{"kept":true}');
  expect(JSON.stringify(stored)).toContain('"requireEndDate":false');
});
