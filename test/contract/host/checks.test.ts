import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { type RunningTenant, startTenant } from "sailpoint-simulator";
import { plugin } from "../../../provider/src/host/grpc/plugin";
import type { JsonObject } from "../../../provider/src/reconcile";
import { UNKNOWN } from "../../../provider/src/reconcile/unknown";
import { clientOf, existingSource } from "../../engine/lifecycle/tenants";
import { keepNotesApart } from "../../faults/notes";
import { EngineCalls, struct } from "./engine-calls";

beforeAll(keepNotesApart);

let tenant: RunningTenant;
let source: string;
beforeAll(async () => {
  tenant = await startTenant();
  source = await existingSource(clientOf(tenant), "HR", { connector: "jdbc" });
});
afterAll(() => tenant.close());

async function reasons(news: JsonObject): Promise<string[]> {
  const request = new proto.CheckRequest().setNews(struct(news));
  const response = await plugin([]).CheckConfig(request.serializeBinary());
  return proto.CheckResponse.deserializeBinary(response)
    .getFailuresList()
    .map((failure) => failure.getReason());
}

test("all that is wrong with a provider's settings is told at once", async () => {
  const wrong = { bogus: "x", readOnly: "maybe", apiVersion: "v9", settleSeconds: "-1", timeoutSeconds: "0" };
  expect(await reasons({ ...wrong, requestsPer10Seconds: "many" })).toEqual([
    expect.stringMatching(/^bogus is no setting of a tenant; the nearest is /),
    expect.stringMatching(/^apiVersion is "v9": use one of .*v2025/),
    'readOnly is "maybe": use one of true, false',
    "settleSeconds must be a number of seconds, 0 or more",
    expect.stringMatching(/timeoutSeconds .* more than 0$/),
    expect.stringMatching(/requestsPer10Seconds .* unlimited$/),
  ]);
});

test.each<[string, JsonObject]>([
  ["not known yet", { readOnly: UNKNOWN, apiVersion: UNKNOWN, settleSeconds: UNKNOWN, requestsPer10Seconds: UNKNOWN }],
  ["as languages with types send them", { readOnly: true, settleSeconds: 0, timeoutSeconds: 30 }],
  ["none at all", {}],
])("settings that are right: %s", async (_what, settings) => {
  expect(await reasons(settings)).toEqual([]);
});

const account = (displayAttribute: string): JsonObject => ({ source, name: "account", displayAttribute });

test("two resources that declare the same object are told of, whatever each says", async () => {
  const calls = new EngineCalls(tenant);
  await calls.previewCreation("Schema", account("id"), "one");
  await calls.previewCreation("Schema", account("id"), "one");
  await calls.previewCreation("Schema", { ...account("id"), name: "group" }, "group");
  expect(calls.warnings).toEqual([]);
  await calls.previewCreation("Schema", account("name"), "two");
  expect(calls.warnings).toEqual([
    expect.stringMatching(
      /^Schema "account" is declared twice, by "one" and by "two": both have .*\/account, and the last/,
    ),
  ]);
});

test("two sources of one name are told of, as soon as their names are known", async () => {
  const calls = new EngineCalls(tenant);
  const named = (name: string) => ({ name, owner: { alias: UNKNOWN }, connector: "active-directory" });
  await calls.check("Source", named("HR"), undefined, "one");
  await calls.check("Source", named("HR"), undefined, "one");
  await calls.check("Source", named("Payroll"), undefined, "payroll");
  for (const which of ["later", "last"]) await calls.check("Source", named(UNKNOWN), undefined, which);
  expect(calls.warnings).toEqual([]);
  await calls.check("Source", named("HR"), undefined, "two");
  expect(calls.warnings).toEqual([
    'Source "HR" is declared twice, by "one" and by "two", and a tenant has one source of a name. Declare it once, or ' +
      "give one of them another name",
  ]);
});

test("policies of one usage for several subtypes are several objects", async () => {
  const calls = new EngineCalls(tenant, { apiVersion: "services" });
  const policy = (id: string) => ({ source, usageType: "CREATE_MACHINE_ACCOUNT", name: "Machine", subtype: { id } });
  for (const id of ["a", "b"]) await calls.check("ProvisioningPolicy", policy(id), undefined, id);
  expect(calls.warnings).toEqual([]);
});

test("a correlation that nobody has set is imported as what a program has to say", async () => {
  const calls = new EngineCalls(tenant);
  const imported = await calls.read("CorrelationConfig", source);
  expect(imported).toMatchObject({ attributeAssignments: [] });
  expect(await calls.read("CorrelationConfig", source, imported)).toEqual(imported);
});
