import { deflateRawSync } from "node:zlib";
import { existsSync } from "node:fs";
import { createProject } from ".";

/** A dynamic provider over a file, in the shape of ours: a constant text that requires the code. */
const provider = `
const fs = require("fs");
const live = () => (fs.existsSync("live.json") ? JSON.parse(fs.readFileSync("live.json", "utf8")) : {});
module.exports = {
  check: async (olds, inputs) => ({ inputs, failures: inputs.bad ? [{ property: "", reason: inputs.bad }] : [] }),
  diff: async (id, olds, news) => {
    const keys = Object.keys({ ...olds, ...news }).filter((key) => JSON.stringify(olds[key]) !== JSON.stringify(news[key]));
    return { changes: keys.length > 0, replaces: keys.filter((key) => key === "place") };
  },
  create: async (inputs) => {
    if (inputs.slow) await new Promise((resolve) => setTimeout(resolve, 60000));
    return { id: "1", outs: inputs };
  },
  read: async (id, props) => {
    if (live().gone) return { id: "" };
    const now = { ...props, ...live() };
    return { id, props: now, inputs: now };
  },
  update: async (id, olds, news) => {
    fs.rmSync("live.json", { force: true });
    return { outs: news };
  },
  delete: async () => undefined,
};`;

const program = (props: string) => `
const pulumi = require("@pulumi/pulumi");
class Thing extends pulumi.CustomResource {
  constructor(name, props, opts) {
    const __provider = 'exports.handler = () => require("./provider.js");';
    super("pulumi-nodejs:dynamic/sailpoint:Thing", name, { __provider, ...props }, opts);
  }
}
new Thing("it", ${props});
exports.place = "here";
exports.home = process.env.HOME;`;

const files = { "provider.js": provider };
const secret = `correct "horse" battery staple`;

test("deploys, previews, shows drift, repairs it, replaces, destroys", async () => {
  const project = await createProject({
    program: program(`{ colour: "red", nested: { "a.b": [1, 2] }, place: "here" }`),
    files,
    env: { GREETING: "hello" },
  });
  expect((await project.up()).counts).toEqual({ create: 1 });
  expect(await project.outputs()).toMatchObject({ place: "here" });
  expect((await project.preview()).changed).toEqual([]);

  project.write("live.json", `{ "colour": "green", "nested": { "a.b": [1, 3] } }`);
  const preview = await project.preview();
  expect(preview.step("it")).toMatchObject({
    op: "update",
    state: "planned",
    changes: [
      { path: "colour", old: "green", new: "red" },
      { path: 'nested["a.b"][1]', old: 3, new: 2 },
    ],
  });
  expect(preview.stdout).toContain(`~ colour: "green" => "red"`);
  expect(preview.drift.map(({ changes }) => changes[0])).toEqual([{ path: "colour", old: "red", new: "green" }]);

  const repair = await project.up();
  expect(repair.counts).toEqual({ update: 1 });
  expect(repair.step("it").state).toBe("done");
  expect((await project.preview()).counts).toEqual({});

  project.setProgram(program(`{ colour: "red", place: "there" }`));
  const replacement = await project.preview();
  expect(replacement.step("it", "replace").replaceKeys).toEqual(["place"]);

  project.write("live.json", `{ "gone": true }`);
  const gone = await project.refresh();
  expect(gone.drift.map((step) => [step.name, step.new])).toEqual([["it", undefined]]);
  expect(await project.resources()).toEqual([]);

  expect((await project.destroy()).code).toBe(0);
  expect(project.processes()).toEqual([]);
});

test("runs TypeScript, and tells what is wrong with it", async () => {
  const ts = `
    import * as pulumi from "@pulumi/pulumi";
    const config = new pulumi.Config();
    export const greeting: string = config.require("greeting");
    export const hidden = config.requireSecret("hidden");`;
  const project = await createProject({
    program: { ts },
    config: { greeting: "hello" },
    secretConfig: { hidden: secret },
  });
  await project.up();
  expect(await project.outputs()).toEqual({ greeting: "hello", hidden: secret });
  expect(project.find([secret])).toEqual([]);

  project.setProgram({ ts: `export const number: number = "text";` });
  const failed = await project.preview({ expect: "failure" });
  expect(failed.output).toContain("Type 'string' is not assignable to type 'number'");
});

test("tells errors, and throws them with the output when none is expected", async () => {
  const project = await createProject({ program: program(`{ bad: "No such thing." }`), files });
  const refused = await project.preview({ expect: "failure" });
  expect(refused.errors.join()).toContain("No such thing.");
  await expect(project.up()).rejects.toThrow(/A success was expected.*pulumi up[^]*No such thing\./);
});

test("finds a secret wherever it stands", async () => {
  const project = await createProject({ program: program(`{ plain: ${JSON.stringify(secret)} }`), files });
  await project.up();
  const except = ["index.js"];
  expect(project.find([secret], { except })).toContain("state/.pulumi/stacks/sailpoint-test/dev.json");
  project.setProgram(program(`{ kept: pulumi.secret(${JSON.stringify(secret)}) }`));

  const other = await createProject({ program: program(`{ kept: pulumi.secret(${JSON.stringify(secret)}) }`), files });
  await other.up();
  await other.preview();
  expect(other.find([secret], { except })).toEqual([]);
  expect(other.find([secret])).toEqual(["program/index.js"]);
  other.write("note", Buffer.from(`x${secret}y`).toString("base64"));
  const deflated = deflateRawSync(JSON.stringify({ note: secret })).toString("base64");
  other.write("state.json", JSON.stringify({ __record: JSON.stringify({ former: deflated }) }));
  other.write("short.json", JSON.stringify({ __record: JSON.stringify({ former: { note: secret } }) }));
  const found = ["program/note", "program/short.json", "program/state.json"];
  expect(other.find([secret], { except }).sort()).toEqual(found);
});

test("kills everything of a command that takes too long, or that a test wants dead", async () => {
  const project = await createProject({ program: program(`{ slow: true }`), files });
  const late = await project.up({ timeoutMs: 8_000, expect: "failure" });
  expect(late.output).toContain("not done after 8 s");
  await gone(project);

  await project.command(["cancel", "--yes"]);
  const running = project.start("up");
  await running.until(/creating/);
  expect(project.processes().some(({ command }) => command.includes("dynamic-provider"))).toBe(true);
  running.kill();
  expect((await running.outcome).code).not.toBe(0);
  await gone(project);

  await project.close();
  expect(existsSync(project.base)).toBe(false);
});

async function gone(project: { processes(): unknown[] }): Promise<void> {
  for (let i = 0; i < 50 && project.processes().length > 0; i++)
    await new Promise((resolve) => setTimeout(resolve, 100));
  expect(project.processes()).toEqual([]);
}
