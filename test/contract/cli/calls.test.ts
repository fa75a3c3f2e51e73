/** Which operations each command calls: docs/rights.md is made from the table of them. */
import { commands } from "../../../provider/src/cli/commands";
import { Folder, run } from "./support/command";
import { tenantWithFeed } from "./support/tenant";

const folder = new Folder();
afterAll(() => folder.remove());

const csv = folder.write("rows.csv", "id,name\n1,Jane\n");
const exported = `${folder.path}/exported`;
const feed = "HR Feed";
const directory = "Corporate Directory";

/** A command line for each entry, whose own words are part of it. An export comes before what reads it. */
const more: Readonly<Record<string, readonly string[]>> = {
  doctor: [feed],
  "test-connection": [directory],
  "test-configuration": [directory],
  ping: [directory],
  health: [feed],
  "sync-attributes": [directory],
  "source-config": [feed],
  peek: [directory],
  aggregate: [feed, csv],
  "remove-accounts": [feed, "--yes"],
  "schema download": [feed],
  "schema upload": [feed, csv],
  upload: [feed, csv],
  export: ["--out", exported],
  compare: [exported, "env:"],
  restore: [exported],
  history: [feed],
};

test("a command calls what the table of its rights says, and nothing else", async () => {
  const { calls } = await import("../../../tools/docs/calls.mjs");
  const called: Record<string, unknown> = {};
  for (const name of Object.keys(calls)) {
    const [command = "", option] = name.split(/ (?=--)/);
    const words = [...command.split(" "), ...(more[command] ?? []), ...(option === undefined ? [] : [option])];
    const { tenant } = await tenantWithFeed();
    await run(words, { tenant });
    called[name] = new Set(tenant.requests().map(({ operationId }) => operationId));
    await tenant.close();
  }
  expect(called).toEqual(Object.fromEntries(Object.entries(calls).map(([name, ids]) => [name, new Set(ids)])));
});

test("the table has every command that asks a tenant", async () => {
  const { calls } = await import("../../../tools/docs/calls.mjs");
  const asking = commands.map(({ name }) => name).filter((name) => !/^(api\b|completion$)/.test(name));
  expect(new Set(Object.keys(calls).map((name) => name.replace(/ --.*/, "")))).toEqual(new Set(asking));
});
