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

/** The plugin's response to a function of a program, with such settings of its provider. */
async function response(
  name: string,
  args: JsonObject,
  settings: Record<string, string> = {},
): Promise<proto.InvokeResponse> {
  const served = plugin([]);
  const configure = new proto.ConfigureRequest().setArgs(struct({ ...settingsFor(tenant), ...settings }));
  await served.Configure(configure.serializeBinary());
  const request = new proto.InvokeRequest().setTok(`sailpoint:index:${name}`);
  const answered = await served.Invoke(request.setArgs(struct(args)).serializeBinary());
  await served.Cancel(new Uint8Array());
  return proto.InvokeResponse.deserializeBinary(answered);
}

const asked = async (...call: Parameters<typeof response>): Promise<JsonObject> =>
  unmarked((await response(...call)).getReturn()?.serializeBinary() ?? new Uint8Array());

test("a function answers what exactly one argument names; null is no argument", async () => {
  expect(await asked("getIdentity", { alias: "slpt.services", name: null })).toMatchObject({ alias: "slpt.services" });
});

test.each<[string, JsonObject, { property: string; reason: string }[]]>([
  [
    "getSources",
    { filter: 'name eq "x"' },
    [{ property: "filter", reason: 'filter: is no argument of getSources; the nearest is "filters"' }],
  ],
  [
    "getIdentity",
    { alias: 5, nme: "x" },
    [
      { property: "alias", reason: "alias: is the number 5 where text belongs: give alias" },
      { property: "nme", reason: 'nme: is no argument of getIdentity; the nearest is "name"' },
    ],
  ],
  ["getSource", { name: null }, [{ property: "the arguments", reason: "names no source: give { name } or { id }" }]],
])("what is wrong with the arguments of %s is told, and the tenant is asked nothing", async (name, args, failures) => {
  const before = tenant.requests().length;
  const told = (await response(name, args)).toObject().failuresList;
  expect(told).toHaveLength(failures.length);
  expect(told).toEqual(expect.arrayContaining(failures));
  expect(tenant.requests()).toHaveLength(before);
});

test("a secret argument is an argument", async () => {
  const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value: "slpt.services" };
  expect(await asked("getIdentity", { alias: secret })).toMatchObject({ alias: "slpt.services" });
});

test.each<[string, string, JsonObject, Record<string, string>, RegExp]>([
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
