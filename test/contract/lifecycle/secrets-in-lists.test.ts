import { type RunningTenant, startTenant } from "sailpoint-simulator";
import { Engine } from "../../engine-model/engine";
import type { Declared } from "../../engine-model/goal";
import { clientOf, existingSource, stored } from "../../engine/lifecycle/tenants";
import { keepNotesApart } from "../../faults/notes";
import { settingsFor } from "../../faults/row";

/** What an export declares of a header that authenticates: its name. The value is left to the tenant. */
beforeAll(keepNotesApart);

let tenant: RunningTenant;
afterEach(() => tenant.close());

const secret = { name: "Authorization", value: "Basic c3ZjOnB3" };

test.each(["text/csv", "text/plain"])(
  "the value of a header that is not declared stays, beside one of %s",
  async (accept) => {
    tenant = await startTenant();
    const headers = [secret, { name: "Accept", value: "text/csv" }];
    const id = await existingSource(clientOf(tenant), "A", {
      connector: "web-services",
      connectorAttributes: { headers },
    });
    const declared = (value: string): Declared[] => [
      {
        name: "a",
        kind: "source",
        args: {
          ...{ name: "A", owner: { alias: "support" }, connector: "web-services", adopt: true },
          connectorAttributes: { headers: [{ name: "Authorization" }, { name: "Accept", value }] },
        },
      },
    ];
    const engine = new Engine(settingsFor(tenant));
    for (const value of ["text/csv", accept]) expect((await engine.up(declared(value))).errors).toEqual([]);
    const expected = [secret, { name: "Accept", value: accept }];
    expect(stored(tenant.admin.state(), `/sources/${id}`)?.["connectorAttributes"]).toMatchObject({
      headers: expected,
    });
  },
);
