/** `pulumi new` from a folder of this repository, in an empty home, as somebody would begin who has only the template. */
import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { createProject, createTenant } from "../engine/harness";
import { languageFolder, pathWith } from "../engine/hosts/languages";
import { onTerminal, quoted } from "../support/terminal";

const root = resolve(__dirname, "../..");
const outside = mkdtempSync(join(tmpdir(), "pulumi-sailpoint-template-"));
const templates = readdirSync(join(root, "templates"));

beforeAll(async () => {
  const { pack, packages } = await import("../../tools/release/packages.mjs");
  const [provider] = packages;
  if (provider === undefined) throw new Error("Nothing is published.");
  const tarball = await pack(provider, outside);
  for (const template of templates) {
    cpSync(join(root, "templates", template), join(outside, template), { recursive: true });
    const manifest = join(outside, template, "package.json");
    const asked = readFileSync(manifest, "utf8");
    writeFileSync(manifest, asked.replace(/("pulumi-sailpoint": )".*"/, `$1"file:${tarball}"`));
  }
});

afterAll(() => rmSync(outside, { recursive: true, force: true }));

const made = { flags: ["--cwd", "made"] };

test.each(templates)(
  "a project made of %s asks for the tenant, keeps the secret encrypted, deploys",
  async (template) => {
    const tenant = await createTenant();
    const home = mkdtempSync(join(outside, "home-"));
    const isYaml = template.endsWith("-yaml");
    const PATH = pathWith(...(isYaml ? [await languageFolder("yaml")] : []));
    const project = await createProject({
      program: "",
      name: "somewhere-else",
      parent: outside,
      env: { HOME: home, PULUMI_HOME: home, PATH },
    });
    const { code, screen } = await onTerminal(
      ["pulumi", "new", join(outside, template), "--dir", "made"].map(quoted).join(" "),
      {
        cwd: project.folder,
        env: {
          PATH,
          HOME: home,
          PULUMI_HOME: home,
          PULUMI_BACKEND_URL: `file://${project.state}`,
          PULUMI_CONFIG_PASSPHRASE: "a passphrase of the tests",
          PULUMI_SKIP_UPDATE_CHECK: "true",
        },
        typed: [
          [/Project name/, "people\r"],
          [/Project description/, "The people\r"],
          [/Stack name/, "dev\r"],
          [/owner/, "\r"],
          [/sailpoint:baseUrl/, `${tenant.baseUrl}\r`],
          [/sailpoint:clientId/, `${tenant.clientId}\r`],
          [/sailpoint:clientSecret/, `${tenant.clientSecret}\r`],
        ],
      },
    );
    expect([code, screen]).toEqual([0, expect.stringContaining("Your new project is ready to go!")]);
    expect(screen).not.toContain(tenant.clientSecret);
    // What Pulumi does not install by itself, the template says, and so does the plugin's place.
    expect(screen.includes("`npm install`")).toBe(isYaml);
    if (isYaml) {
      expect((await project.preview({ ...made, expect: "failure" })).output).toContain(
        "Run `npm install` in the folder",
      );
      await promisify(execFile)("npm", ["install", "--no-audit", "--no-fund"], { cwd: join(project.folder, "made") });
    }

    expect(project.read("made/Pulumi.yaml")).toMatch(/^name: people\ndescription: The people\n/);
    expect(project.read("made/Pulumi.yaml")).not.toContain("template:\n");
    expect(project.read("made/Pulumi.dev.yaml")).toMatch(/people:owner: slpt\.services[^]*clientSecret:\n\s+secure: /);
    expect((await project.up(made)).counts).toEqual({ create: 2 });
    expect((await project.preview(made)).counts).toEqual({});
    const sources = Object.entries(tenant.admin.state().sources ?? {}) as [id: string, { name: string }][];
    const [people = ""] = sources.find(([, { name }]) => name === "People") ?? [];
    tenant.admin.edit(`/sources/${people}`, [{ op: "replace", path: "/deleteThreshold", value: 90 }]);
    expect((await project.preview(made)).counts).toEqual({ update: 1 });
    expect((await project.destroy(made)).counts).toEqual({ delete: 2 });
    expect(project.find([tenant.clientSecret])).toEqual([]);
  },
);
