import { type RunningTenant, startTenant } from "sailpoint-simulator";
import * as handlers from "../../../provider/src/dynamic";
import type { JsonObject } from "../../../provider/src/reconcile";
import { Engine } from "../../engine-model/engine";
import { keepNotesApart } from "../../faults/notes";
import { settingsFor } from "../../faults/row";

beforeAll(keepNotesApart);

let tenant: RunningTenant;
beforeAll(async () => {
  tenant = await startTenant();
});
afterAll(() => tenant.close());

/** A record is our own matter: that it is written in another way is nothing to show. */
test.each<[string, (record: JsonObject) => JsonObject]>([
  ["by this version", (record) => ({ __record: JSON.stringify(record) })],
  ["as an object", (record) => ({ __record: record })],
  ["by a version that kept it in another place", (record) => ({ record })],
])("a refresh leaves a record as it was written %s", async (_title, written) => {
  const settings = settingsFor(tenant);
  const engine = new Engine(settings);
  const args = {
    name: "HR Feed",
    owner: { alias: "slpt.services" },
    connector: "active-directory",
    connectorAttributes: { password: "a secret" },
    adopt: true,
  };
  expect((await engine.up([{ name: "hr", kind: "source", args }])).errors).toEqual([]);
  const [kept] = engine.kept();
  const { __record: record, ...others } = kept?.outputs as JsonObject & { __record: string };
  const outputs = { ...others, ...written(JSON.parse(record) as JsonObject) };
  handlers.source.configure({ config: { get: (name) => settings[name.replace("sailpoint:", "")] } });

  const { props } = await handlers.source.read(kept?.id ?? "", outputs);
  expect(props).toEqual(outputs);
});
