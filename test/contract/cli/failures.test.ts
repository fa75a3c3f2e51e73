import { join } from "node:path";
import type { RunningTenant } from "sailpoint-simulator";
import { Folder, run } from "./support/command";
import { tenantWithFeed } from "./support/tenant";

let tenant: RunningTenant;
const folder = new Folder();

beforeAll(async () => {
  ({ tenant } = await tenantWithFeed());
});
beforeEach(() => {
  tenant.clearRequests();
});
afterAll(async () => {
  await tenant.close();
  folder.remove();
});

const unconfigured = [
  "The base URL is missing: `export SAIL_BASE_URL=https://TENANT.api.identitynow.com`, or --base-url",
  "The client id is missing: `export SAIL_CLIENT_ID=ID`, or --client-id",
  "The client secret is missing: `export SAIL_CLIENT_SECRET=SECRET`",
];

test("without configuration all that is missing is told with its remedy", async () => {
  const { code, stdout, stderr } = await run(["list"]);
  expect(code).toBe(3);
  expect(stdout).toBe("");
  for (const remedy of unconfigured) expect(stderr).toContain(remedy);
});

test("with --json a failure is one JSON document, too", async () => {
  const outcome = await run(["list", "--json"], { env: { SAIL_BASE_URL: tenant.baseUrl } });
  expect(outcome.code).toBe(3);
  expect(outcome.stderr).toMatch(/^Error: The SailPoint tenant is not configured/);
  expect(outcome.json()).toEqual({
    error: { kind: "notAllowed", message: expect.stringContaining(unconfigured[1] ?? "") as string },
    exitCode: 3,
  });
});

test.each([[[]], [["schema"]], [["help", "nothing"]]])(
  "%j --json is one JSON document beside the help",
  async (words) => {
    const outcome = await run([...words, "--json"]);
    expect(outcome.code).toBe(2);
    expect(outcome.stderr).toMatch(/^Usage: pulumi-sailpoint /);
    expect(outcome.stderr).not.toContain("Error:");
    expect(outcome.json()).toEqual({
      error: { kind: "usage", message: "there is no command to run. `--help` shows how it is used." },
      exitCode: 2,
    });
  },
);

test.each([
  [["--help"], /^Usage: pulumi-sailpoint /],
  [["help"], /^Usage: pulumi-sailpoint /],
  [["--version"], /^\d+\.\d+\.\d+\n$/],
])("%j --json is text", async (words, text) => {
  const { code, stdout, problems } = await run([...words, "--json"]);
  expect({ code, problems }).toEqual({ code: 0, problems: "" });
  expect(stdout).toMatch(text);
});

test("options name the tenant, and two different tenants are an error", async () => {
  const { SAIL_CLIENT_SECRET } = tenant.env;
  const options = ["--base-url", tenant.baseUrl, "--client-id", tenant.clientId];
  const [given, other] = await Promise.all([
    run(["list", ...options], { env: { SAIL_CLIENT_SECRET, SAIL_CLIENT_ID: "another" } }),
    run(["list", "--base-url", "https://other.api.identitynow.com"], { tenant }),
  ]);
  expect(given).toMatchObject({ code: 0, problems: "" });
  expect(other.code).toBe(3);
  expect(other.stderr).toContain(
    `--base-url is https://other.api.identitynow.com and SAIL_BASE_URL is ${tenant.baseUrl}`,
  );
});

const mistakes: [words: string[], code: number, reason: RegExp][] = [
  [
    ["health", "corporate direktory"],
    4,
    /tenant-a has no source "corporate direktory"\. Did you mean "Corporate Directory"\?/,
  ],
  [["health", "0".repeat(32)], 4, /has no source "0{32}"\. `pulumi-sailpoint list` shows all\./],
  [["helth", "HR Feed"], 2, /unknown command 'helth'\. Did you mean health\?/],
  [["list", "--lnog"], 2, /unknown option '--lnog'\. Did you mean --long\?/],
  [["health"], 2, /missing required argument 'source'\. `--help` shows how it is used\./],
  [
    ["peek", "HR Feed", "--max-count", "lots"],
    2,
    /'--max-count <number>' argument 'lots' is invalid\. .* no whole number from 1 to 10000/,
  ],
  [["list", "--client-secret", "x"], 2, /The client secret is no option.*export SAIL_CLIENT_SECRET/],
  [["list", "--api-version", "v1"], 2, /Allowed choices are services, v2026, v2025, v2024, v3, beta/],
  [["api", "getSorce", "--id", "x"], 2, /There is no operation "getSorce"\. Did you mean getSource\?/],
  [["api", "getSource"], 2, /required option '--id <value>' not specified/],
  [["api", "updateSource", "--id", "HR Feed", "--body", "[{"], 2, /--body is no JSON/],
  [
    ["api", "updateSource", "--id", "HR Feed", "--body", '[{"op":"change"}]'],
    2,
    /--body is not what the operation takes: 0\.op/,
  ],
  [
    ["api", "getSourceSchedules", "--sourceId", "HR Feed", "--api-version", "v3"],
    3,
    /version v3 of the API has no getSourceSchedules.*--api-version/,
  ],
  [
    ["api", "createSource", "--body", '{"name":"X","owner":{"id":"x"},"connector":"nothing"}'],
    1,
    /\(400\).*nothing.*trackingId [0-9a-f]+/,
  ],
];

test.each(mistakes)("%j ends with code %d and no stack", async (words, code, reason) => {
  const outcome = await run(words, { tenant });
  expect(outcome.stderr).toMatch(reason);
  expect(outcome).toMatchObject({ code, stdout: "" });
  expect(outcome.stderr).not.toMatch(/^\s+at /m);
});

test("a file or folder that cannot be used is no mistake of the program's", async () => {
  const file = folder.write("there.json", {});
  const outcomes = await Promise.all([
    run(["export", "--out", join(file, "sources")], { tenant }),
    run(["export", "--out", join(folder.path, "n".repeat(300))], { tenant }),
    run(["compare", "env:", "env:", "--html", folder.path], { tenant }),
    run(["schema", "download", "HR Feed", "--output", folder.path], { tenant }),
  ]);
  // Linux makes no folder there, and says that it is not there.
  if (process.platform === "linux") outcomes.push(await run(["export", "--out", "/proc/none/sources"], { tenant }));
  for (const outcome of outcomes) {
    expect(outcome).toMatchObject({ code: 2, stdout: "" });
    expect(outcome.problems).toMatch(
      /^Error: \S+ cannot be used: [a-z ]+ \([a-z]+\)\. Choose another file or folder\.\n$/,
    );
  }
});

test.each([
  [["list", "--base-url", "ftp://acme.api.identitynow.com"], {}, "--base-url: "],
  [["list"], { SAIL_BASE_URL: "ftp://acme.api.identitynow.com" }, "SAIL_BASE_URL: "],
  [["list", "--env", "prod"], { SAIL_BASE_URL_PROD: "ftp://acme.api.identitynow.com" }, "SAIL_BASE_URL_PROD: "],
])("%j with %j tells which setting is wrong", async (words, env, named) => {
  const { stderr } = await run(words, { env });
  expect(stderr).toContain(`${named}The base URL "ftp://acme.api.identitynow.com"`);
});

test("a wrong secret and an address where nobody listens", async () => {
  const wrong = { ...tenant.env, SAIL_CLIENT_SECRET: "wrong-and-secret" };
  const [secret, address] = await Promise.all([
    run(["list", "--json"], { env: wrong }),
    run(["list"], { env: { ...tenant.env, SAIL_BASE_URL: "http://127.0.0.1:9" } }),
  ]);
  expect(secret.code).toBe(3);
  expect(secret.json()).toMatchObject({ error: { kind: "authentication", status: 401 }, exitCode: 3 });
  expect(secret.stdout + secret.stderr).not.toContain("wrong-and-secret");
  expect(address.code).toBe(5);
  expect(address.stderr).toContain("cannot reach http://127.0.0.1:9");
});

test.each([
  [["aggregate", "Corporate Directory"]],
  [["remove-accounts", "HR Feed", "--yes"]],
  [["sync-attributes", "HR Feed"]],
  [["schema", "upload", "HR Feed", "x.csv"]],
  [["upload", "HR Feed", "x.jar"]],
  [["api", "deleteSource", "--id", "HR Feed"]],
])("--read-only refuses %j before anything is sent", async (words) => {
  const outcome = await run([...words, "--read-only"], { tenant });
  expect(outcome.code).toBe(3);
  expect(outcome.stderr).toContain("changes the tenant, and --read-only was given; nothing was sent.");
  expect(tenant.requests()).toEqual([]);
});

test("what is read stays possible with --read-only", async () => {
  const outcome = await run(["test-connection", "Corporate Directory", "--read-only"], { tenant });
  expect(outcome).toMatchObject({ code: 0, problems: "" });
});

test("a secret in a refused body appears nowhere", async () => {
  const secret = "tr0ub4dor-and-3";
  const body = [{ op: "replace", path: "/connectorAttributes/missing/password", value: secret }];
  const outcome = await run(
    ["api", "updateSource", "--id", "HR Feed", "--json", "--body", `@${folder.write("b.json", body)}`],
    { tenant },
  );
  expect(outcome.code).toBe(1);
  expect(outcome.stdout + outcome.stderr).not.toContain(secret);
  const cut = await run(["api", "updateSource", "--id", "HR Feed", "--body", `[{"value":"${secret}`], { tenant });
  expect(cut.code).toBe(2);
  expect(cut.stdout + cut.stderr).not.toContain(secret);
});

test("names that would steer a terminal do not", async () => {
  const evil = "Evil\u001b[2J\u202eName";
  const { id } = (await run(["api", "getSource", "--id", "HR Feed"], { tenant })).json() as { id: string };
  tenant.admin.edit(`/sources/${id}`, [
    { op: "replace", path: "/description", value: evil },
    { op: "replace", path: "/type", value: evil },
  ]);
  const { stdout } = await run(["list"], { tenant });
  expect(stdout).toContain("Evil\ufffd[2J\ufffdName");
  expect(stdout).not.toContain("\u001b");
});

test("without a command the help is shown, and every command's help has examples", async () => {
  const [none, help, list, group] = await Promise.all([
    run([]),
    run(["--help"]),
    run(["aggregate", "--help"]),
    run(["schema"]),
  ]);
  expect(none).toMatchObject({ code: 2, stdout: "" });
  expect(none.stderr).toMatch(/^Usage: pulumi-sailpoint /);
  expect(help).toMatchObject({ code: 0, problems: "" });
  expect(help.stdout).toMatch(/Exit codes:\n {2}0 +done/);
  expect(list.stdout).toMatch(/Examples:\n {2}\$ pulumi-sailpoint aggregate "Corporate Directory"/);
  expect(group.code).toBe(2);
});
