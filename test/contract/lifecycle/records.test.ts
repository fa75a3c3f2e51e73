import { deflateRawSync } from "node:zlib";
import { type RunningTenant, startTenant } from "sailpoint-simulator";
import * as handlers from "../../../provider/src/dynamic";
import { unpack } from "../../../provider/src/lifecycle/packing";
import type { JsonObject } from "../../../provider/src/reconcile";
import { Engine } from "../../faults/engine";
import { keepNotesApart } from "../../faults/notes";
import { settingsFor } from "../../faults/row";

beforeAll(keepNotesApart);

let tenant: RunningTenant;
beforeAll(async () => {
  tenant = await startTenant();
});
afterAll(() => tenant.close());

/** A record is our own matter: that it is written in another way is nothing to show. */
test.each<[string, (record: { host: string; packed: string }) => JsonObject]>([
  ["by this version", (record) => record],
  [
    "by a Node.js that compresses in another way",
    ({ host, packed }) => {
      const bytes = deflateRawSync(JSON.stringify(unpack(packed)), { level: 0, windowBits: 12 });
      return { host, packed: bytes.toString("base64url") };
    },
  ],
  ["by a version that did not pack", ({ host, packed }) => ({ host, ...unpack(packed) })],
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
  const outputs = kept?.outputs as JsonObject & { record: { host: string; packed: string } };
  const record = written(outputs.record);
  handlers.source.configure({ config: { get: (name) => settings[name.replace("sailpoint:", "")] } });

  const { props } = await handlers.source.read(kept?.id ?? "", { ...outputs, record });
  expect(props).toEqual({ ...outputs, record });
});
