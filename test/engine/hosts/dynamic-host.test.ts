import type { RunningTenant } from "sailpoint-simulator";
import { type Project, createProject, createTenant } from "../harness";
import { sourceNamed } from "../lifecycle/tenants";
import { doors } from "./doors";

/** Ours and somebody else's dynamic resource in one program. */
const program = `
const pulumi = require("@pulumi/pulumi");
const { Schema, Source } = require("pulumi-sailpoint");

class Note extends pulumi.dynamic.Resource {
  constructor(name, args) {
    super({
      check: async (_olds, news) => ({ inputs: { ...news, checked: true }, failures: news.text === "bad" ? [{ property: "text", reason: "is bad" }] : [] }),
      diff: async (_id, olds, news) => ({ changes: JSON.stringify([olds.text, olds.list]) !== JSON.stringify([news.text, news.list]) }),
      create: async (inputs) => ({ id: "note-1", outs: { ...inputs, words: 1 } }),
      update: async (_id, _olds, news) => ({ outs: { ...news, words: 2 } }),
      read: async (id, props) => ({ id, props }),
      delete: async () => {},
    }, name, { words: undefined, checked: undefined, ...args });
  }
}
const note = new Note("note", {
  text: process.env.WORD, token: pulumi.secret("plain-text-of-note"), list: [{ name: "a", word: pulumi.secret("plain-text-in-note") }],
});
const hr = new Source("hr", {
  name: "HR Feed", description: process.env.WORD, owner: { alias: "slpt.services" }, connector: "web-services",
  connectorAttributes: {
    "group.hasHeader": true, password: "plain-text-of-hr", list: [{ name: "a", password: "plain-text-in-hr" }],
  },
});
const account = new Schema("account", { source: hr, name: "account", displayAttribute: "email" });
exports.words = note.words;
exports.ids = [hr.id, account.id];
`;
const secrets = ["plain-text-of-note", "plain-text-in-note", "plain-text-of-hr", "plain-text-in-hr"];

let tenant: RunningTenant;
let project: Project;

/** The project's file: through which host the program goes. */
const through = (of: Project, { yaml, refresh }: (typeof doors)["stock" | "host"]) => {
  const options = refresh ? "options:\n  refresh: always\n" : "";
  of.write("Pulumi.yaml", `name: switching\nruntime: nodejs\n${options}${yaml}`);
};

beforeAll(async () => {
  tenant = await createTenant();
  project = await createProject({
    program,
    name: "switching",
    env: { ...tenant.env, SAIL_SETTLE_SECONDS: "0", WORD: "first" },
  });
});

test("from the stock host to ours and back, nothing changes; each deploys somebody else's resource alike", async () => {
  const noteIn = async () => {
    const note = (await project.resources()).find(({ urn }) => urn.endsWith("::note"));
    return { inputs: comparable(note?.inputs), outputs: comparable(note?.outputs) };
  };
  expect((await project.up()).counts).toEqual({ create: 3 });
  const before = await noteIn();
  for (const door of [doors.host, doors.stock, doors.host]) {
    through(project, door);
    expect((await project.preview()).changed).toEqual([]);
    const up = await project.up({ flags: ["--expect-no-changes"] });
    expect(up.changed).toEqual([]);
    expect(up.drift).toEqual([]);
    expect(await noteIn()).toEqual(before);
  }
  expect(project.find(secrets, { except: ["index.js"] })).toEqual([]);
  await project.destroy();

  through(project, doors.host);
  expect((await project.up()).counts).toEqual({ create: 3 });
  expect(await noteIn()).toEqual(before);
  expect(await project.outputs()).toMatchObject({ words: 1 });
  expect(project.find(secrets, { except: ["index.js"] })).toEqual([]);
});

/** Encrypted anew at each writing. */
const comparable = (value: unknown): unknown =>
  JSON.parse(JSON.stringify({ value }, (key, member: unknown) => (key === "ciphertext" ? "…" : member)));

const TOLD = "The diff shows the values of Pulumi's state";

test("what Pulumi's own host wrote last is read all the same, and drift of it repaired", async () => {
  through(project, doors.stock);
  await project.up();
  const id = sourceNamed(tenant.admin.state(), "HR Feed");
  tenant.admin.edit(`/sources/${id}`, [{ op: "replace", path: "/connectorAttributes/group.hasHeader", value: false }]);
  through(project, doors.host);
  const preview = await project.preview({ flags: ["--expect-no-changes"], expect: "failure" });
  expect(preview.code).toBe(7);
  expect(preview.output).toContain(`connectorAttributes["group.hasHeader"]. ${TOLD}`);
  expect((await project.up()).counts).toEqual({ update: 1 });
  expect((await project.preview()).changed).toEqual([]);
});

test("a plain preview shows drift with its exact path, without hiding its list behind a secret", async () => {
  const id = sourceNamed(tenant.admin.state(), "HR Feed");
  tenant.admin.edit(`/sources/${id}`, [
    { op: "replace", path: "/connectorAttributes/group.hasHeader", value: false },
    { op: "replace", path: "/connectorAttributes/list/0/name", value: "b" },
  ]);
  const preview = await project.preview({ flags: ["--expect-no-changes"], expect: "failure" });
  expect(preview.code).toBe(7);
  expect(preview.step("hr").changes).toEqual([
    { path: 'connectorAttributes["group.hasHeader"]', old: false, new: true },
    { path: "connectorAttributes.list[0].name", old: "b", new: "a" },
  ]);
  // Pulumi leaves the reading out where it runs the program first, unless it is to refresh, too.
  const unread = await project.preview({ flags: ["--run-program"] });
  expect(unread.counts).toEqual({ update: 1 });
  expect(unread.output).toContain(TOLD);
  const read = await project.preview({ flags: ["--run-program", "--refresh"] });
  expect(read.step("hr").changes).toHaveLength(2);
  expect(read.output).not.toContain(TOLD);
  expect((await project.up()).counts).toEqual({ update: 1 });
  expect((await project.preview()).changed).toEqual([]);
});

test("what is known of an update is known in its preview, of ours and of theirs", async () => {
  const preview = await project.preview({ env: { WORD: "second" } });
  expect(preview.counts).toEqual({ update: 2 });
  expect(preview.output).not.toMatch(/ids\s*:/);
  expect((await project.up({ env: { WORD: "second" } })).counts).toEqual({ update: 2 });
  expect(await project.outputs()).toMatchObject({ words: 2 });
});

test("a mistake in somebody else's resource is told as the stock host tells it", async () => {
  const preview = await project.preview({ env: { WORD: "bad" }, expect: "failure" });
  expect(preview.output).toContain("is bad");
});

test("all is destroyed, through ours", async () => {
  tenant.clearRequests();
  expect((await project.destroy()).counts).toEqual({ delete: 3 });
  expect(project.processes()).toEqual([]);
  // What goes with its source is not read before.
  const asked = tenant.requests().map(({ operationId }) => operationId);
  expect(asked).toContain("getSourceConnections");
  expect(asked).not.toContain("getSourceSchemas");
});
