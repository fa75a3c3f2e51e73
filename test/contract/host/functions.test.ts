import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { type RunningTenant, startTenant } from "sailpoint-simulator";
import { plugin } from "../../../provider/src/host/grpc/plugin";
import { unmarked } from "../../../provider/src/host/grpc/values";
import type { JsonObject } from "../../../provider/src/reconcile";
import { keepNotesApart } from "../../faults/notes";
import { settingsFor } from "../../faults/row";
import { struct } from "./engine-calls";

beforeAll(keepNotesApart);

let tenant: RunningTenant;
beforeAll(async () => {
  tenant = await startTenant();
});
afterAll(() => tenant.close());

/** What the plugin answers to a function of a program, with such settings of its provider. */
async function asked(name: string, args: JsonObject, settings: Record<string, string> = {}): Promise<JsonObject> {
  const served = plugin([]);
  const configure = new proto.ConfigureRequest().setArgs(struct({ ...settingsFor(tenant), ...settings }));
  await served.Configure(configure.serializeBinary());
  const request = new proto.InvokeRequest().setTok(`sailpoint:index:${name}`);
  const response = await served.Invoke(request.setArgs(struct(args)).serializeBinary());
  await served.Cancel(new Uint8Array());
  return unmarked(proto.InvokeResponse.deserializeBinary(response).getReturn()?.serializeBinary() ?? new Uint8Array());
}

test("a function answers what exactly one argument names; null is no argument", async () => {
  expect(await asked("getIdentity", { alias: "slpt.services", name: null })).toMatchObject({ alias: "slpt.services" });
});

const BOTH = { alias: "slpt.services", name: "Services" };
test.each<[string, string, JsonObject, Record<string, string>, RegExp]>([
  [
    "no argument",
    "getIdentity",
    {},
    {},
    /^a look-up of this identity names it by exactly one argument, and nothing was/,
  ],
  [
    "null alone",
    "getSource",
    { name: null },
    {},
    /^a look-up of this source names it by exactly one .* nothing was given/,
  ],
  ["several arguments", "getIdentity", BOTH, {}, /alias and name were given\. Say which one is meant$/],
  ["a filter that the API refuses", "getSources", { filters: "nonsense" }, {}, /400/],
  ["a wrong secret", "getSources", {}, { clientSecret: "wrong-secret" }, /401/],
  [
    "a tenant that is not there",
    "getSources",
    {},
    { baseUrl: "http://127.0.0.1:9", timeoutSeconds: "1" },
    /127\.0\.0\.1:9/,
  ],
])("a failure is told as it is, and not as a mistake of ours: %s", async (_what, name, args, settings, told) => {
  const error = (await asked(name, args, settings).catch((failure: unknown) => failure)) as { details?: string };
  expect(error.details).toMatch(told);
  expect(error.details).not.toMatch(/mistake in pulumi-sailpoint|\n +at |wrong-secret/);
});
