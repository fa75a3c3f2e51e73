import type { RunningTenant } from "sailpoint-simulator";
import { type Project, createProject, createTenant } from "../harness";
import { type Door, doorTo } from "./door";
import { clientOf, existingSource, sourceNamed, stored } from "./tenants";

/** Somebody else changes the same objects while `up` is at work. Each case is a source of its own. */
const program = (word: string) => `
const { CorrelationConfig, ProvisioningPolicy, Schema, Source } = require("pulumi-sailpoint");
const source = (name, changing) => new Source(name, {
  name, owner: { alias: "slpt.services" }, connector: "active-directory", features: ["PROVISIONING", "ENABLE"],
  description: "declared", connectorAttributes: { nested: { key: "declared" }, searchDNs: ["OU=one"] }, ...changing });
source("other key", { connectorAttributes: { nested: { key: "${word}" }, searchDNs: ["OU=one"] } });
source("same list", { connectorAttributes: { nested: { key: "declared" }, searchDNs: ["OU=one", "OU=${word}"] } });
source("same key", { description: "${word}" });
source("features", { features: ["PROVISIONING", ${word === "changed" ? '"SEARCH"' : '"ENABLE"'}] });
const existing = process.env.EXISTING;
new Schema("attributes", { source: existing, name: "account", attributes: [
  { name: "mail", type: "STRING", description: "${word}" }, { name: "${word}", type: "STRING" }] });
new ProvisioningPolicy("fields", { source: existing, usageType: "CREATE",
  fields: [{ name: "mail", type: "string", attributes: { template: "${word}" } }] });
new CorrelationConfig("assignments", { source: existing, attributeAssignments: [{ property: "${word}", value: "mail" }] });
`;

let tenant: RunningTenant;
let door: Door;
let project: Project;
let existing: string;
const idOf = (name: string) => sourceNamed(tenant.admin.state(), name);
const now = (path: string) => stored(tenant.admin.state(), path) ?? {};

beforeAll(async () => {
  tenant = await createTenant();
  door = await doorTo(tenant);
  existing = await existingSource(clientOf(tenant), "Existing");
  const env = { ...door.env, SAIL_SETTLE_SECONDS: "0", EXISTING: existing };
  project = await createProject({ program: program("declared"), env });
  await project.up();
});

test("what others write meanwhile survives, or up says so and writes nothing; the next preview shows it", async () => {
  const [otherKey, sameList, sameKey, features] = ["other key", "same list", "same key", "features"].map(idOf);
  const edits = (path: string, ...patch: object[]) => {
    return () => {
      tenant.admin.edit(path, patch);
    };
  };
  const add = (path: string, value: unknown) => ({ op: "add", path, value });

  // Between our read and our PATCH: an unrelated key, a member of a set, members of a keyed list that move the indexes.
  const at = (id: string | undefined) => `/sources/${id ?? ""}`;
  door.before(
    "PATCH",
    at(otherKey),
    edits(at(otherKey), add("/connectorAttributes/theirs", 1), add("/connectorAttributes/nested/theirs", 2)),
  );
  door.before("PATCH", at(features), edits(at(features), add("/features/0", "UNLOCK")));
  const account = now(`/sources/${existing}/schemas/account`);
  const attribute = { ...(account["attributes"] as object[])[0], name: "theirs" };
  door.before(
    "PATCH",
    `/schemas/${String(account["id"])}`,
    edits(`/sources/${existing}/schemas/account`, add("/attributes/0", attribute)),
  );
  // The same list, between our read and our PATCH.
  door.before("PATCH", at(sameList), edits(at(sameList), add("/connectorAttributes/searchDNs/-", "OU=theirs")));
  const policy = `/sources/${existing}/provisioning-policies/CREATE`;
  door.before("PATCH", "/provisioning-policies/CREATE", edits(policy, add("/fields/-", { name: "theirs" })));
  // The same key, and the same list where the API can only PUT, after the preview and before our read.
  door.before("GET", at(sameKey), edits(at(sameKey), add("/description", "theirs")));
  const correlation = `/sources/${existing}/correlation-config`;
  const theirs = { property: "theirs", value: "theirs", operation: "EQ" };
  door.before("GET", "/correlation-config", edits(`${correlation}/`, add("/attributeAssignments/0", theirs)), 2);

  project.setProgram(program("changed"));
  const up = await project.up({ expect: "failure", flags: ["--continue-on-error"] });
  expect(door.waiting()).toEqual([]);

  expect(now(at(otherKey))["connectorAttributes"]).toMatchObject({ theirs: 1, nested: { key: "changed", theirs: 2 } });
  expect(now(at(features))["features"]).toEqual(expect.arrayContaining(["PROVISIONING", "SEARCH", "UNLOCK"]));
  expect(now(at(features))["features"]).not.toContain("ENABLE");
  const names = (now(`/sources/${existing}/schemas/account`)["attributes"] as { name: string }[]).map(
    ({ name }) => name,
  );
  expect(names).toEqual(expect.arrayContaining(["theirs", "changed", "mail"]));
  expect(names).not.toContain("declared");

  const refusals = {
    'Source "same list"': "connectorAttributes.searchDNs",
    'Source "same key"': "description",
    "ProvisioningPolicy CREATE": "fields",
    CorrelationConfig: "attributeAssignments",
  };
  for (const [title, path] of Object.entries(refusals)) {
    const error =
      up.errors.find((message) => message.includes(title)) ?? `no error of ${title} in: ${up.errors.join("\n")}`;
    expect(error).toContain("was changed on the tenant since");
    expect(error).toContain(path);
    expect(error).toContain("pulumi preview");
  }
  expect(now(at(sameList))["connectorAttributes"]).toMatchObject({
    searchDNs: ["OU=one", "OU=declared", "OU=theirs"],
  });
  expect(now(at(sameKey))["description"]).toBe("theirs");
  expect(now(policy)["fields"]).toMatchObject([
    { name: "mail", attributes: { template: "declared" } },
    { name: "theirs" },
  ]);
  expect(now(`${correlation}/`)["attributeAssignments"]).toMatchObject([theirs, { property: "declared" }]);

  const preview = await project.preview();
  const shown = preview.changed.map(({ name, changes }) => [name, changes]);
  expect(Object.fromEntries(shown)).toEqual({
    "same list": [
      { path: "connectorAttributes.searchDNs[1]", old: "OU=declared", new: "OU=changed" },
      { path: "connectorAttributes.searchDNs[2]", old: "OU=theirs" },
    ],
    "same key": [{ path: "description", old: "theirs", new: "changed" }],
    fields: [
      { path: "fields[0].attributes.template", old: "declared", new: "changed" },
      { path: "fields[1]", old: { name: "theirs" } },
    ],
    assignments: [
      { path: "attributeAssignments[0].property", old: "theirs", new: "changed" },
      { path: "attributeAssignments[0].value", old: "theirs", new: "mail" },
      { path: "attributeAssignments[1]", old: { property: "declared", value: "mail", operation: "EQ" } },
    ],
  });
});
