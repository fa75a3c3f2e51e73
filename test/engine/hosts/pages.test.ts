import { readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse, stringify } from "yaml";
import { type ProjectOptions, createProject, createTenant } from "../harness";
import { sourceNamed, stored } from "../lifecycle/tenants";
import { doors } from "./doors";
import { languageFolder, pathWith } from "./languages";

const folder = resolve(__dirname, "../../../docs/resources");
const pages = readdirSync(folder).filter((name) => name !== "README.md");

/** Whose examples others need. */
const first = ["source.md", "schema.md"];

/** The examples of all pages, those first on which the others hang. */
const examples = (language: string): string[] =>
  [...first, ...pages.filter((page) => !first.includes(page))].map((page) => {
    const text = readFileSync(join(folder, page), "utf8");
    const found = new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``).exec(text)?.[1];
    if (found === undefined) throw new Error(`docs/resources/${page} has no example in ${language}`);
    return found;
  });

const kinds = readFileSync(join(folder, "README.md"), "utf8").match(/(?<=^\| \[)\w+/gm) ?? [];

/** Deploys the examples of all pages beside a second source, `ad`, that some of them hang on. */
async function deploy({ env, ...options }: ProjectOptions): Promise<void> {
  const tenant = await createTenant();
  const project = await createProject({
    refresh: false,
    ...options,
    env: { ...tenant.env, SAIL_SETTLE_SECONDS: "0", ...env },
  });
  project.write("people.csv", "id,name\n1,Anna\n");
  expect((await project.up()).counts).toEqual({ create: kinds.length + 1 });
  expect(await project.outputs()).toHaveProperty("people");
  const policy = `/sources/${sourceNamed(tenant.admin.state(), "HR Feed")}/provisioning-policies/CREATE`;
  expect(stored(tenant.admin.state(), policy)).toMatchObject({ fields: [{ attributes: { template: "$name" } }] });
  expect((await project.preview()).changed).toEqual([]);
  await project.destroy();
}

test("the pages' examples in TypeScript", async () => {
  const program = `
import * as pulumi from "@pulumi/pulumi";
import { ${kinds.join(", ")} } from "pulumi-sailpoint";
const ad = new Source("ad", { name: "AD", owner: { alias: "slpt.services" }, connector: "active-directory" });
${examples("ts").join("")}`;
  await deploy({ program: { ts: program }, yaml: doors.host.yaml });
});

test("the pages' examples in YAML", async () => {
  const ad = `resources:
  ad:
    type: sailpoint:Source
    properties: { name: AD, owner: { alias: slpt.services }, connector: active-directory }
`;
  const all = [ad, ...examples("yaml")].map((text) => parse(text) as { resources: object; outputs?: object });
  const program = stringify({
    resources: Object.assign({}, ...all.map(({ resources }) => resources)) as object,
    outputs: Object.assign({}, ...all.map(({ outputs }) => outputs)) as object,
  });
  const path = pathWith(await languageFolder("yaml"));
  await deploy({
    program: { yaml: `name: pages\nruntime: yaml\n${doors.plugin.yaml}${program}` },
    env: { PATH: path },
  });
}, 600_000);

test("the pages' examples in Python", async () => {
  const program = `
import pulumi
import pulumi_sailpoint as sailpoint
ad = sailpoint.Source("ad", name="AD", owner={"alias": "slpt.services"}, connector="active-directory")
${examples("python").join("\n")}`;
  const path = pathWith(await languageFolder("environment"), await languageFolder("python"));
  await deploy({
    program: { yaml: `name: pages\nruntime: python\n${doors.plugin.yaml}` },
    files: { "__main__.py": program },
    env: { PATH: path },
  });
}, 600_000);
