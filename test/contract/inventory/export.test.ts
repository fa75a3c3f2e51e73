import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { startTenant } from "sailpoint-simulator";
import ts from "typescript";
import { parse } from "yaml";
import { Folder, run } from "../cli/support/command";
import { CONNECTORS, type Everything, PASSWORDS, tenantWithEverything } from "./support/everything";

const COUNT = 30;
let everything: Everything;
const folder = new Folder();
const out = join(folder.path, "exported");

beforeAll(async () => {
  everything = await tenantWithEverything(COUNT, { shuffle: true, behaviours: { listOrder: "shuffled" } });
  const { code, problems } = await run(["export", "--out", out], everything);
  expect({ code, problems }).toEqual({ code: 0, problems: "" });
});
afterAll(async () => {
  everything.client.close();
  await everything.tenant.close();
  folder.remove();
});

const exported = (words: string[]) => run(["export", ...words], everything);
const filesIn = (path: string): Map<string, string> =>
  new Map(
    readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((file) => [file.slice(path.length + 1), readFileSync(file, "utf8")]),
  );

test("a project with a file for each source, and the same bytes whenever the tenant is the same", async () => {
  const files = filesIn(out);
  expect([...files.keys()].filter((name) => !name.startsWith("sources/"))).toEqual([
    ".gitignore",
    "Pulumi.tenant-a.yaml",
    "Pulumi.yaml",
    "README.md",
    "export.json",
    "index.ts",
    "package.json",
    "references.ts",
    "tsconfig.json",
  ]);
  expect([...files.keys()].filter((name) => name.startsWith("sources/"))).toHaveLength(COUNT + 1);
  // The project is called after its folder.
  const again = join(folder.path, "again", "exported");
  expect((await exported(["--out", again])).code).toBe(0);
  expect(filesIn(again)).toEqual(files);
});

test("asks the tenant once for each page of sources and for each kind that a source may have, beside names", () => {
  const asked = new Map<string, number>();
  for (const { operationId = "" } of everything.tenant.requests())
    asked.set(operationId, (asked.get(operationId) ?? 0) + 1);
  const runs = 2;
  expect(asked.get("listSources")).toBe(runs);
  const ofSources = [...asked].filter(([id]) => /^(getSource|listProvisioning|getCorrelation|getNative)/.test(id));
  for (const [, times] of ofSources) expect(times).toBeLessThanOrEqual(runs * (COUNT + 1));
  expect(ofSources).toHaveLength(7);
  const lookUps =
    [...asked.values()].reduce((sum, times) => sum + times, 0) - ofSources.reduce((sum, [, n]) => sum + n, 0);
  expect(lookUps).toBeLessThanOrEqual(runs * (CONNECTORS.length + 10));
});

test("two exports are two projects: each is called after its folder, and keeps its name", async () => {
  const nameIn = (path: string, file = "Pulumi.yaml"): unknown =>
    (parse(readFileSync(join(path, file), "utf8")) as { name: unknown }).name;
  const named = new Map<string, unknown>([
    ["Web Sources", "web-sources"],
    ["2026-11-26", "2026-11-26"],
    ["42", "42"],
    ["yes", "yes"],
    ["源", expect.stringMatching(/^sailpoint-sources-[0-9a-f]{6}$/)],
  ]);
  for (const [base, name] of named) {
    const path = join(folder.path, "named", base);
    expect((await exported(["config", "--out", path, "--language", "yaml"])).code).toBe(0);
    expect([nameIn(path), nameIn(path, "Main.yaml")]).toEqual([name, name]);
    // By whatever YAML Pulumi reads it: a text.
    for (const schema of ["yaml-1.1", "core"] as const)
      expect(parse(readFileSync(join(path, "Pulumi.yaml"), "utf8"), { schema })).toMatchObject({ name });
  }
  const path = join(folder.path, "named", "moved");
  renameSync(join(folder.path, "named", "Web Sources"), path);
  expect((await exported(["config", "--out", path, "--language", "yaml"])).code).toBe(0);
  expect([nameIn(path), nameIn(path, "Main.yaml")]).toEqual(["web-sources", "web-sources"]);
  expect(readFileSync(join(path, "README.md"), "utf8")).toContain("The project is called `web-sources`");
  // A name that somebody chose is no change of theirs that an export would write over.
  const file = join(path, "Pulumi.yaml");
  writeFileSync(file, readFileSync(file, "utf8").replace("web-sources", "Payroll_2"));
  const again = await exported(["config", "--out", path, "--language", "yaml"]);
  expect([again.code, again.problems]).toEqual([0, ""]);
  expect([nameIn(path), nameIn(path, "Main.yaml")]).toEqual(["Payroll_2", "Payroll_2"]);
});

test("no id of the tenant, no secret or cipher text, and nothing that the tenant owns is in it", () => {
  const state = everything.tenant.admin.state();
  const ids = Object.entries(state)
    .filter(([name]) =>
      ["sources", "identities", "managed-clusters", "workgroups", "rules", "password-policies"].includes(name),
    )
    .flatMap(([, objects]) => Object.keys(objects));
  expect(ids.length).toBeGreaterThan(COUNT);
  const cipherTexts = [...everything.ids.values()].flatMap((id) => cipherTextsIn(state["sources"]?.[id]));
  expect(cipherTexts.length).toBeGreaterThan(COUNT);
  const owned =
    /\b(healthy|since|cloudDisplayName|cloudExternalId|templateApplication|lockStatus|acctAggregationEnd|connectorId|modified": "|created": ")\b/;
  for (const [name, text] of filesIn(out)) {
    const found = [...ids, ...cipherTexts, ...PASSWORDS].filter((secret) => text.includes(secret));
    expect([name, found, owned.exec(text)?.[0]]).toEqual([name, [], undefined]);
  }
});

const cipherTextsIn = (value: unknown): string[] => {
  if (typeof value === "string") return /^\d+:[A-Za-z:]*[\w+/=]{16,}$/.test(value) ? [value] : [];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(cipherTextsIn) : [];
};

test("it is strict TypeScript, as Prettier writes it", async () => {
  const config = ts.getParsedCommandLineOfConfigFile(
    join(out, "tsconfig.json"),
    {
      baseUrl: join(__dirname, "../../.."),
      paths: { "pulumi-sailpoint": ["provider/dist/index.d.ts"], "*": ["node_modules/*"] },
    },
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined },
  );
  const program = ts.createProgram(config?.fileNames ?? [], { ...config?.options, typeRoots: [], types: [] });
  const wrong = ts
    .getPreEmitDiagnostics(program)
    .map(({ file, messageText }) => [file?.fileName, ts.flattenDiagnosticMessageText(messageText, "\n")]);
  expect(wrong).toEqual([]);
  const { check } = await import("prettier");
  for (const [name, text] of filesIn(out)) {
    if (name !== "export.json" && !name.startsWith("."))
      expect([name, await check(text, { filepath: name })]).toEqual([name, true]);
  }
});

test("sources by name, pattern, connector and filter; one to standard output", async () => {
  const to = (name: string) => ["--out", join(folder.path, name)];
  const sources = async (words: string[]) => {
    const answer = (await exported([...words, "--json"])).json() as { sources: { name: string }[] };
    return answer.sources.map(({ name }) => name);
  };
  expect(await sources(["HR  Feed", ...to("name")])).toEqual(["HR  Feed"]);
  expect(await sources(["HR*", "con*", ...to("pattern")])).toEqual([
    "HR  Feed",
    "HR-Feed!",
    "con",
    "config",
    "constructor",
  ]);
  const files = await sources(["--connector", "delimited-file", ...to("connector")]);
  expect(files).toHaveLength(Math.ceil(COUNT / CONNECTORS.length));
  expect(await sources(["--filters", 'name sw "Source"', ...to("filter")])).toHaveLength(COUNT - 22);
  const printed = await exported(["HR  Feed", "--print"]);
  expect(printed.stdout).toMatch(/new Source\(\s*"hr-feed",/);
  expect(printed.stdout).toContain("{ protect: true },");
  expect(printed.stdout).toContain("owner: { alias: ");
  const wrong = await exported(["HR  Fed", "--print"]);
  expect([wrong.code, wrong.stderr]).toEqual([4, expect.stringContaining('Did you mean "HR  Feed"?')]);
  expect((await exported(["con*", "--print"])).code).toBe(2);
  expect((await exported([])).code).toBe(2);
});

test("what a new source of the connector has is left out, unless all is asked for", async () => {
  const everyField = ["connectorClass:", "features:", "idnProxyType:", "healthCheckTimeout:", "encrypted:"];
  const [name = ""] = [...everything.ids.keys()].filter((_, i) => CONNECTORS[i % CONNECTORS.length] === "people-saas");
  const path = `/sources/${everything.ids.get(name) ?? ""}`;
  const told = async (...words: string[]) => {
    const { stdout } = await exported([name, "--print", ...words]);
    return everyField.filter((field) => stdout.includes(field));
  };
  expect(await told()).toEqual([]);
  expect(await told("--all")).toEqual(everyField);
  everything.tenant.admin.edit(path, [{ op: "replace", path: "/connectorAttributes/healthCheckTimeout", value: 31 }]);
  everything.tenant.admin.edit(path, [{ op: "remove", path: "/features/0" }]);
  expect(await told()).toEqual(["features:", "healthCheckTimeout:"]);
});

test("in YAML, a project of one program; with --import, by the ids of this tenant", async () => {
  const path = join(folder.path, "yaml");
  expect((await exported(["con*", "--out", path, "--language", "yaml"])).problems).toBe("");
  const files = filesIn(path);
  expect([...files.keys()]).toEqual([
    ".gitignore",
    "Main.yaml",
    "Pulumi.tenant-a.yaml",
    "Pulumi.yaml",
    "README.md",
    "export.json",
    "package.json",
  ]);
  const { check } = await import("prettier");
  for (const name of ["Main.yaml", "Pulumi.yaml", "README.md"])
    expect([name, await check(files.get(name) ?? "", { filepath: name })]).toEqual([name, true]);
  const program = files.get("Main.yaml") ?? "";
  for (const secret of [...PASSWORDS, ...everything.ids.values()]) expect(program).not.toContain(secret);
  const id = everything.ids.get("config") ?? "";
  const imports = await exported(["config", "--print", "--language", "yaml", "--import"]);
  expect(imports.stdout).toContain(`import: ${id}/ACCOUNT_AGGREGATION`);
  expect(imports.stdout).not.toContain("adopt");
  const typescript = await exported(["config", "--print", "--import"]);
  expect(typescript.stdout).toContain(`{ import: "${id}" }`);
  expect((await exported(["config", "--print", "--language", "cobol"])).code).toBe(2);
});

test("a folder is updated where its files are as they were written, and only there", async () => {
  const path = join(folder.path, "updated");
  await exported(["con*", "--out", path]);
  const file = join(path, "sources/config.ts");
  // A source that is gone takes its file along.
  const fewer = (await exported(["config", "--out", path, "--json"])).json() as { removed: string[] };
  expect(fewer.removed).toEqual(["references.ts", "sources/constructor.ts", "sources/source-con.ts"]);
  // What several sources had in common is written in place, now that one is left.
  const written = readFileSync(file, "utf8");
  writeFileSync(file, `${written}// mine\n`);
  writeFileSync(join(path, "README.md"), "mine");
  // As `npm install` leaves it.
  const installed = readFileSync(join(path, "package.json"), "utf8").replace("{", '{ "overrides": {},');
  writeFileSync(join(path, "package.json"), installed);
  const id = everything.ids.get("config") ?? "";
  everything.tenant.admin.edit(`/sources/${id}`, [{ op: "replace", path: "/description", value: "another" }]);
  const refused = await exported(["config", "--out", path]);
  expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining("README.md\n  sources/config.ts")]);
  expect(refused.stderr).not.toContain("package.json");
  expect(readFileSync(file, "utf8")).toContain("// mine");
  expect((await exported(["config", "--out", path, "--force"])).code).toBe(0);
  expect(readFileSync(file, "utf8")).toBe(written.replace("Number 8", "another"));
  expect(readFileSync(join(path, "package.json"), "utf8")).toBe(installed);
  // Its record says which files are an export's.
  for (const record of ["<<<<<<< ours", "{}"]) {
    writeFileSync(join(path, "export.json"), record);
    const unread = await exported(["config", "--out", path]);
    expect([unread.code, unread.stderr]).toEqual([2, expect.stringContaining("export.json")]);
  }
  // A folder of somebody else.
  const other = new Folder();
  other.write("index.ts", "export {};");
  expect((await exported(["config", "--out", other.path])).code).toBe(2);
  expect(readdirSync(other.path)).toEqual(["index.ts"]);
  other.remove();
});

test("what Pulumi writes into the stack's file stays there", async () => {
  const path = join(folder.path, "configured");
  await exported(["config", "--out", path]);
  const file = join(path, "Pulumi.tenant-a.yaml");
  const configured = `encryptionsalt: v1:salt\n${readFileSync(file, "utf8")}  sources:config-password:\n    secure: v1:x\n`;
  writeFileSync(file, configured);
  for (const words of [[], ["--force"]]) {
    const again = await exported(["config", "--out", path, ...words, "--json"]);
    expect([again.code, again.json()]).toEqual([0, expect.objectContaining({ written: [], removed: [] })]);
    expect(readFileSync(file, "utf8")).toBe(configured);
  }
  const same = await run(["compare", "env:", path, "--json"], everything);
  expect(same.stdout).not.toContain("Pulumi.tenant-a.yaml");
  // Another address is for people to decide.
  writeFileSync(
    file,
    configured.replace("sailpoint:baseUrl: ", "sailpoint:baseUrl: https://acme.api.identitynow.com #"),
  );
  expect((await exported(["config", "--out", path])).stderr).toContain("Pulumi.tenant-a.yaml");
});

test("a folder that holds an export of another tenant is not taken for this one's", async () => {
  const path = join(folder.path, "of-one-tenant");
  await exported(["con*", "--out", path]);
  const before = filesIn(path);
  const other = await startTenant({ tenant: "b" });
  const exportOther = (...words: string[]) => run(["export", "--out", path, ...words], { tenant: other });
  const refused = await exportOther();
  const hosts = [everything.tenant, other].map(({ baseUrl }) => new URL(baseUrl).host);
  expect([refused.code, refused.stderr]).toEqual([
    2,
    expect.stringMatching(
      new RegExp(
        `an export of tenant tenant-a \\(${hosts[0] ?? ""}\\).* of tenant tenant-b \\(${hosts[1] ?? ""}\\)`,
        "s",
      ),
    ),
  ]);
  expect(refused.stderr).toContain("--force");
  expect(filesIn(path)).toEqual(before);
  // A folder of before this was kept.
  const record = join(path, "export.json");
  const { host, ...older } = JSON.parse(readFileSync(record, "utf8")) as Record<string, unknown>;
  expect(host).toBe(hosts[0]);
  writeFileSync(record, JSON.stringify(older));
  expect((await exported(["con*", "--out", path])).code).toBe(0);
  expect(filesIn(path)).toEqual(before);
  const forced = await exportOther("--force");
  await other.close();
  expect(forced.code).toBe(0);
  expect([...filesIn(path).keys()]).toContain("Pulumi.tenant-b.yaml");
  expect([...filesIn(path).keys()]).not.toContain("Pulumi.tenant-a.yaml");
});

test("a new folder has the rights that any other gets", async () => {
  const usual = join(folder.path, "usual");
  mkdirSync(usual);
  await exported(["config", "--out", join(folder.path, "rights")]);
  expect(statSync(join(folder.path, "rights")).mode).toBe(statSync(usual).mode);
});

test("a folder that is there stays the same one: where the command runs, or behind a link", async () => {
  const path = join(folder.path, "there");
  mkdirSync(path);
  const before = statSync(path).ino;
  symlinkSync(path, join(folder.path, "link"));
  expect((await exported(["config", "--out", join(folder.path, "link")])).code).toBe(0);
  expect(statSync(path).ino).toBe(before);
  expect(readdirSync(path)).toContain("export.json");
});

test("where nothing fits, nothing is written, and nothing is taken away", async () => {
  const path = join(folder.path, "fits");
  await exported(["con*", "--out", path]);
  const before = filesIn(path);
  for (const [words, code, told] of [
    [["--connector", "web-servces"], 4, 'Did you mean "web-services"?'],
    [["--filters", 'name eq "nobody"'], 4, "has no source that fits"],
    [["con*", "--connector", "delimited-file", "--filters", 'name eq "con"'], 4, "has no source"],
  ] as const) {
    const { code: ended, stderr } = await exported([...words, "--out", path]);
    expect([ended, stderr]).toEqual([code, expect.stringContaining(told)]);
  }
  expect(filesIn(path)).toEqual(before);
  // As a variable of the shell that is not set.
  expect((await exported(["config", "--out", ""])).code).toBe(2);
});

test("an interrupted export leaves nothing", async () => {
  const path = join(folder.path, "interrupted");
  everything.tenant.admin.set({ latencyMs: 100 });
  let isSent = false;
  const ended = await run(["export", "--out", path], {
    ...everything,
    onError: (text, child) => {
      if (isSent || !/: \d+ of \d+ \(/.test(text)) return;
      isSent = child.kill("SIGINT");
    },
  });
  everything.tenant.admin.set({ latencyMs: 0 });
  expect(ended.code).toBe(130);
  expect(existsSync(path)).toBe(false);
  expect(readdirSync(folder.path).filter((name) => name.includes("interrupted"))).toEqual([]);
});
