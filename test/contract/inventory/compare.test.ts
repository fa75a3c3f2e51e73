import { readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { RunningTenant } from "sailpoint-simulator";
import { Folder, run } from "../cli/support/command";
import { type Everything, PASSWORDS, tenantWithEverything } from "./support/everything";

/** Two tenants with the same names and different ids, known by name to the official CLI. */
let sandbox: Everything;
let production: Everything;
const folder = new Folder();
const COUNT = 12;

const environmentOf = (name: string, { clientId, clientSecret }: RunningTenant) => ({
  [`SAIL_CLIENT_ID_${name}`]: clientId,
  [`SAIL_CLIENT_SECRET_${name}`]: clientSecret,
});
const env = () => ({
  HOME: folder.path,
  ...environmentOf("SANDBOX", sandbox.tenant),
  ...environmentOf("PRODUCTION", production.tenant),
});
const compared = (...words: string[]) => run(["compare", ...words], { env: env() });

beforeAll(async () => {
  [sandbox, production] = await Promise.all([
    tenantWithEverything(COUNT, { tenant: "a", shuffle: true }),
    tenantWithEverything(COUNT, { tenant: "b", shuffle: true, behaviours: { listOrder: "shuffled" } }),
  ]);
  await mkdir(join(folder.path, ".sailpoint"));
  await writeFile(
    join(folder.path, ".sailpoint/config.yaml"),
    `activeenvironment: sandbox
authtype: pat
environments:
  sandbox:
    tenanturl: https://sandbox.identitynow.com
    baseurl: ${sandbox.tenant.baseUrl}
  production:
    baseurl: ${production.tenant.baseUrl}
`,
  );
});
afterAll(async () => {
  for (const { client, tenant } of [sandbox, production]) {
    client.close();
    await tenant.close();
  }
  folder.remove();
});

const edit = ({ tenant, ids }: Everything, name: string, path: string, value: unknown, inside = "") => {
  tenant.admin.edit(`/sources/${ids.get(name) ?? ""}${inside}`, [{ op: "add", path, value }]);
};

test("two tenants of the same names are the same, whatever their ids; secrets that both have are counted", async () => {
  const { code, stdout, problems } = await compared("env:sandbox", "env:production");
  expect({ code, problems }).toEqual({ code: 0, problems: "" });
  expect(stdout).toMatch(
    /^tenant tenant-a and tenant tenant-b: the same in all that can be compared, 13 sources; \d+ secrets, set on both sides, cannot be compared\.\n$/,
  );
});

test("an export, and a saved source, compare like the tenant that they came from", async () => {
  const out = join(folder.path, "night");
  expect((await run(["export", "--env", "sandbox", "--out", out], { env: env() })).code).toBe(0);
  expect(await compared(out, "env:production")).toMatchObject({ code: 0, problems: "" });
  const saved = await run(["--env", "sandbox", "api", "getSource", "--id", "class"], { env: env() });
  const file = folder.write("class.json", saved.stdout);
  const only = (await compared(file, out, "--json")).json() as {
    sources: { name: string; same: boolean; objects: unknown[] }[];
  };
  // What the file does not hold of the source is told as being on the other side only.
  const found = only.sources.find(({ name }) => name === "class");
  expect(found?.objects.every((object) => (object as { only?: string }).only === "right")).toBe(true);
});

test("one value that was changed by hand is shown, and nothing else: in text, JSON and the page", async () => {
  edit(production, "class", "/deleteThreshold", 77);
  const page = join(folder.path, "page.html");
  const text = await compared("env:sandbox", "env:production", "--html", page);
  expect(text.code).toBe(1);
  expect(text.stdout.split("\n").slice(0, 4)).toEqual([
    expect.stringMatching(
      /^tenant tenant-a and tenant tenant-b: 1 of 13 sources differs, 12 are the same; \d+ secrets, set on both sides, cannot be compared\.$/,
    ),
    "class:",
    '  Source "class"',
    "    deleteThreshold: 5 | 77",
  ]);
  const data = (await compared("env:sandbox", "env:production", "--json")).json() as { sources: { same: boolean }[] };
  expect(data.sources.filter(({ same }) => !same)).toEqual([
    {
      name: "class",
      same: false,
      secrets: 1,
      objects: [{ title: 'Source "class"', differences: [{ path: "deleteThreshold", left: 5, right: 77 }] }],
    },
  ]);
  const html = readFileSync(page, "utf8");
  expect(html.match(/<th scope="row"><code>.*?<\/tr>/g)).toEqual([
    '<th scope="row"><code>deleteThreshold</code></th><td><code>5</code></td><td><code>77</code></td></tr>',
  ]);
  expect(html).not.toMatch(/https?:|<script>alert|src=/);
  for (const secret of PASSWORDS) expect(html).not.toContain(secret);
  edit(production, "class", "/deleteThreshold", 5);
});

test("members of lists, references, secrets of one side, and what is only there", async () => {
  edit(production, "人事 HR", "/connectorAttributes/connectionParameters/1/contextUrl", "/teams");
  edit(production, "new", "/owner", {
    type: "IDENTITY",
    id: String(Object.keys(production.tenant.admin.state()["identities"] ?? {})[7]),
  });
  edit(sandbox, "new", "/connectorAttributes/apiToken", "another secret");
  production.tenant.admin.remove(`/sources/${production.ids.get("pulumi") ?? ""}/provisioning-policies/DISABLE`);
  sandbox.tenant.admin.remove(`/sources/${sandbox.ids.get("1st Source") ?? ""}`);
  const { code, stdout } = await compared("env:sandbox", "env:production");
  expect(code).toBe(1);
  expect(stdout.split("\n")).toEqual(
    expect.arrayContaining([
      "1st Source: only in tenant tenant-b",
      '    connectorAttributes.connectionParameters[1].contextUrl: "/groups" | "/teams"',
      "    connectorAttributes.apiToken: [secret] (left only)",
      expect.stringMatching(/^ {4}owner: "[\w.]+" \| "[\w.]+"$/),
      "  ProvisioningPolicy DISABLE: only in tenant tenant-a",
    ]),
  );
  expect(stdout).not.toContain("another secret");
});

test("of an export of some sources, and of a saved source, only what they hold is compared, and read", async () => {
  const out = join(folder.path, "some");
  const names = ["new", "class"];
  expect((await run(["export", ...names, "--out", out, "--env", "sandbox"], { env: env() })).code).toBe(0);
  const saved = folder.write(
    "class.json",
    sandbox.tenant.admin.state()["sources"]?.[sandbox.ids.get("class") ?? ""] ?? {},
  );
  for (const [left, right, count] of [
    [out, "env:sandbox", 2],
    ["env:sandbox", out, 2],
    [saved, "env:sandbox", 1],
  ] as const) {
    sandbox.tenant.clearRequests();
    const { code, stdout } = await compared(left, right);
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(`: the same( in all that can be compared)?, ${count === 1 ? "1 source" : "2 sources"}[.;]`),
    ]);
    expect(stdout).toContain("other sources: some were kept, not all of them");
    const asked = sandbox.tenant.requests().filter(({ operationId }) => operationId === "getSourceSchemas");
    expect(asked).toHaveLength(count);
  }
  // What it holds and the tenant has not is a difference all the same.
  const state = sandbox.tenant.admin.state()["sources"]?.[sandbox.ids.get("class") ?? ""] as object;
  const gone = await compared(folder.write("gone.json", { ...state, name: "gone" }), "env:sandbox");
  expect([gone.code, gone.stdout]).toEqual([1, expect.stringContaining("gone: only in file")]);
  const both = await compared(saved, out);
  expect([both.code, both.stdout]).toEqual([1, expect.stringContaining("new: only in folder")]);
});

test("what could not be read of one side is not taken for missing there", async () => {
  const out = join(folder.path, "unread");
  sandbox.tenant.admin.fault({ operationId: "getSourceSchedules", kind: "status", status: 403, times: 1000 });
  const unread = await compared("env:sandbox", "env:production");
  await run(["export", "--out", out, "--env", "sandbox"], { env: env() });
  sandbox.tenant.admin.clearFaults();
  expect(unread.stdout).toContain("Schedule: it could not be read");
  expect(unread.stdout).not.toMatch(/^ {2}Schedule .*: only in/m);
  expect((await compared(out, "env:production")).stdout).not.toMatch(/^ {2}Schedule .*: only in/m);
});

test("what cannot be compared ends with 2 and says why", async () => {
  const cases = await Promise.all([
    compared("env:nobody", "env:sandbox"),
    compared("no-such-file", "env:sandbox"),
    compared(folder.write("nothing.json", { nothing: 1 }), "env:sandbox"),
    compared("env:sandbox", "stack:"),
    run(["compare", "env:sandbox", "env:production"], { env: { HOME: folder.path } }),
  ]);
  expect(cases.map(({ code }) => code)).toEqual([2, 2, 2, 2, 2]);
  expect(cases.map(({ stderr }) => stderr)).toEqual([
    expect.stringContaining('There is no environment "nobody"'),
    expect.stringContaining("no-such-file does not exist"),
    expect.stringContaining("holds no source"),
    expect.stringContaining("stack: names no stack"),
    expect.stringContaining("export SAIL_CLIENT_ID_SANDBOX=ID"),
  ]);
});
