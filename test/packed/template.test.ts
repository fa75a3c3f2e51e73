/** `pulumi new` from a folder of this repository, in an empty home, as somebody would begin who has only the template. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createProject, createTenant } from "../engine/harness";
import { onTerminal, quoted } from "../support/terminal";

const root = resolve(__dirname, "../..");
const outside = mkdtempSync(join(tmpdir(), "pulumi-sailpoint-template-"));
const template = join(outside, "sailpoint-typescript");

beforeAll(async () => {
  const { pack, packages } = await import("../../tools/release/packages.mjs");
  const [provider] = packages;
  if (provider === undefined) throw new Error("Nothing is published.");
  const tarball = await pack(provider, outside);
  cpSync(join(root, "templates/sailpoint-typescript"), template, { recursive: true });
  const manifest = join(template, "package.json");
  const asked = readFileSync(manifest, "utf8");
  writeFileSync(manifest, asked.replace(/("pulumi-sailpoint": )".*"/, `$1"file:${tarball}"`));
});

afterAll(() => rmSync(outside, { recursive: true, force: true }));

const made = { flags: ["--cwd", "made"] };

test("a project made of the template asks for the tenant, keeps the secret encrypted, and deploys", async () => {
  const tenant = await createTenant();
  const home = mkdtempSync(join(outside, "home-"));
  const project = await createProject({
    program: "",
    name: "somewhere-else",
    parent: outside,
    env: { HOME: home, PULUMI_HOME: home },
  });
  const { code, screen } = await onTerminal(["pulumi", "new", template, "--dir", "made"].map(quoted).join(" "), {
    cwd: project.folder,
    env: {
      PATH: process.env["TEST_PULUMI_PATH"],
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
  });
  expect([code, screen]).toEqual([0, expect.stringContaining("Your new project is ready to go!")]);
  expect(screen).not.toContain(tenant.clientSecret);

  expect(project.read("made/Pulumi.yaml")).toMatch(/^name: people\ndescription: The people\n/);
  expect(project.read("made/Pulumi.yaml")).not.toContain("template:\n");
  expect(project.read("made/Pulumi.dev.yaml")).toMatch(/people:owner: slpt\.services[^]*clientSecret:\n\s+secure: /);
  expect((await project.up(made)).counts).toEqual({ create: 2 });
  expect((await project.preview(made)).counts).toEqual({});
  expect((await project.destroy(made)).counts).toEqual({ delete: 2 });
  expect(project.find([tenant.clientSecret])).toEqual([]);
});
