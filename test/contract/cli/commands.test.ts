import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { RunningTenant } from "sailpoint-simulator";
import { Folder, run } from "./support/command";
import { called, tenantWithFeed } from "./support/tenant";

let tenant: RunningTenant;
let feed: string;
const folder = new Folder();

beforeAll(async () => {
  ({ tenant, feed } = await tenantWithFeed());
});
beforeEach(() => {
  tenant.clearRequests();
});
afterAll(async () => {
  await tenant.close();
  folder.remove();
});

const accounts = () => folder.write("accounts.csv", "id,name,groups\n1,Ann,g1\n2,Bob,g1;g2\n");

test("list shows a table, without colours in a pipe, and the tenant's answers as JSON", async () => {
  const [table, json] = await Promise.all([run(["list", "--long"], { tenant }), run(["list", "--json"], { tenant })]);
  expect(table).toMatchObject({ code: 0, problems: "" });
  const [head, ...rows] = table.stdout.trimEnd().split("\n");
  expect(head).toMatch(/^NAME +TYPE +OWNER +ACCOUNTS +HEALTH +CONNECTOR +CLUSTER +ID$/);
  expect(rows).toHaveLength(2);
  expect(rows[0]).toMatch(/^Corporate Directory +Active Directory - Direct +SailPoint Services /);
  expect(rows[1]).toMatch(new RegExp(`^HR Feed +DelimitedFile .* delimited-file-angularsc +${feed}$`));
  expect(table.stdout).not.toContain("\u001b");
  expect(json.code).toBe(0);
  expect(json.json()).toMatchObject([{ name: "Corporate Directory" }, { name: "HR Feed", id: feed }]);
});

test("list takes the API's filter", async () => {
  const { stdout } = await run(["list", "--filters", 'name sw "HR"'], { tenant });
  expect(stdout).toContain("HR Feed");
  expect(stdout).not.toContain("Corporate Directory");
});

test.each([
  ["test-connection", "testSourceConnection"],
  ["test-configuration", "testSourceConfiguration"],
])("%s tells that the test succeeded", async (command, operation) => {
  const outcome = await run([command, "HR Feed"], { tenant });
  expect(outcome).toMatchObject({ code: 0, problems: "" });
  expect(outcome.stdout).toMatch(/^HR Feed: SUCCESS/);
  expect(called(tenant)).toContain(operation);
});

test("a test that fails is shown with its reasons, and ends with code 6", async () => {
  // A file source has no cluster, so there is none to ping.
  const [text, json] = await Promise.all([
    run(["ping", "HR Feed"], { tenant }),
    run(["ping", feed, "--json"], { tenant }),
  ]);
  expect(text.code).toBe(6);
  expect(text.stdout).toMatch(/^HR Feed: FAILURE.*\nerror {2}The source has no cluster\.\n$/);
  expect(json.code).toBe(6);
  expect(json.json()).toMatchObject({ status: "FAILURE", details: { error: "The source has no cluster." } });
});

test("health tells the source's state, and a state of error ends with code 6", async () => {
  const healthy = await run(["health", "Corporate Directory"], { tenant });
  expect(healthy.code).toBe(0);
  expect(healthy.stdout).toMatch(/^authoritative +yes$/m);
  tenant.admin.edit(`/sources/${feed}`, [{ op: "replace", path: "/status", value: "SOURCE_STATE_ERROR_SOURCE" }]);
  const broken = await run(["health", "HR Feed"], { tenant });
  expect(broken.code).toBe(6);
  expect(broken.stdout).toMatch(/^health +error source$/m);
});

test("source-config shows the connector's form, and JSON all of it", async () => {
  const [text, json] = await Promise.all([
    run(["source-config", "HR Feed"], { tenant }),
    run(["source-config", "HR Feed", "--json"], { tenant }),
  ]);
  expect(text.stdout).toMatch(/^script name +delimited-file$/m);
  expect(text.stdout).toMatch(/^group\.hasHeader +/m);
  expect(json.json()).toMatchObject({
    scriptName: "delimited-file",
    applicationXml: expect.stringContaining("<?xml") as string,
  });
});

test("sync-attributes starts the job", async () => {
  const { code, stdout } = await run(["sync-attributes", "Corporate Directory"], { tenant });
  expect(code).toBe(0);
  expect(stdout).toMatch(/^Corporate Directory: attribute synchronization .* \(job [\w-]+\)$/m);
  expect(called(tenant)).toContain("syncAttributesForSource");
});

test("peek shows objects in columns; some, or all in a pipe", async () => {
  const [all, some, groups] = await Promise.all([
    run(["peek", "Corporate Directory", "--max-count", "3"], { tenant }),
    run(["peek", "HR Feed", "--columns", "id,name"], { tenant }),
    run(["peek", "HR Feed", "--object-type", "group", "--json"], { tenant }),
  ]);
  expect(all.stdout.trimEnd().split("\n")).toHaveLength(4);
  expect(all.stdout).toMatch(/^sAMAccountName|distinguishedName/);
  expect(some.stdout).toMatch(/^id +name\n/);
  expect(groups.json()).toMatchObject({ objectCount: 5, resourceObjects: Array(5).fill({ objectType: "group" }) });
});

describe("aggregate", () => {
  test("makes a file's rows the accounts, and counts them", async () => {
    const outcome = await run(["aggregate", "HR Feed", accounts()], { tenant });
    expect(outcome.code).toBe(0);
    expect(outcome.stdout).toMatch(
      /^Aggregating the accounts of "HR Feed": SUCCESS \(task [0-9a-f]+\)\ntotal +2\ncreated +2\n/,
    );
    expect(Object.keys(tenant.admin.state()["accounts"]?.[feed] as object)).toHaveLength(2);
  });

  test("waits with progress on standard error, so that standard output is only JSON", async () => {
    tenant.admin.set({ aggregationMs: 2500 });
    const outcome = await run(["aggregate", "HR Feed", accounts(), "--json"], { tenant });
    tenant.admin.set({ aggregationMs: 0 });
    expect(outcome.json()).toMatchObject({
      source: { id: feed, name: "HR Feed" },
      task: { completionStatus: "SUCCESS", attributes: { total: 2 } },
    });
    expect(outcome.stderr).toMatch(/^Aggregating the accounts of "HR Feed": \d+ % \(\d+ s\)$/m);
  });

  test("--no-wait tells the task and ends", async () => {
    const { code, stdout } = await run(["aggregate", "Corporate Directory", "--no-wait", "--json"], { tenant });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      source: { id: expect.any(String) as string, name: "Corporate Directory" },
      task: { id: expect.stringMatching(/^[0-9a-f]{32}$/) as string },
    });
    expect(called(tenant)).not.toContain("getTaskStatus");
  });

  test.each([
    [["--entitlements"], "importEntitlements"],
    [["--uncorrelated"], "importUncorrelatedAccounts"],
    [["--no-optimization"], "importAccounts"],
  ])("with %j", async (options, operation) => {
    const { code, problems } = await run(["aggregate", "HR Feed", accounts(), ...options], { tenant });
    expect([code, problems]).toEqual([0, ""]);
    expect(called(tenant)).toContain(operation);
  });

  test("a task that fails is told with the tenant's words, and ends with code 6", async () => {
    tenant.admin.set({ taskOutcomes: [{ completionStatus: "ERROR", message: "The file is locked." }] });
    const { code, stdout } = await run(["aggregate", "HR Feed", accounts()], { tenant });
    expect(code).toBe(6);
    expect(stdout).toContain('Aggregating the accounts of "HR Feed": ERROR');
    expect(stdout).toContain("  The file is locked.");
  });

  test.each([
    [["HR Feed"], 'Source "HR Feed" is a Delimited File source, and needs a CSV file'],
    [["Corporate Directory", "FILE"], "reads its own system: leave the file out"],
    [["Corporate Directory", "--uncorrelated"], "--uncorrelated needs a CSV file"],
    [["HR Feed", "FILE", "--uncorrelated", "--entitlements"], "exclude each other"],
    [["HR Feed", "missing.csv"], "The file missing.csv does not exist."],
  ])("%j is refused before anything is written", async (words, reason) => {
    const path = accounts();
    const { code, stderr } = await run(["aggregate", ...words.map((word) => (word === "FILE" ? path : word))], {
      tenant,
    });
    expect(code).toBe(2);
    expect(stderr).toContain(reason);
    expect(tenant.requests().filter(({ method }) => method !== "GET")).toEqual([]);
  });

  test("Ctrl-C ends the wait with code 130; the task goes on", async () => {
    tenant.admin.set({ aggregationMs: 60_000 });
    let interrupted = false;
    const outcome = await run(["aggregate", "HR Feed", accounts()], {
      tenant,
      onError: (text, child) => {
        if (text.includes("%") && !interrupted) interrupted = child.kill("SIGINT");
      },
    });
    tenant.admin.set({ aggregationMs: 0 });
    expect(outcome).toMatchObject({ code: 130, stdout: "" });
    expect(outcome.stderr).toMatch(
      /^Interrupted: Source "HR Feed": the wait for the task [0-9a-f]{32} was cancelled\./m,
    );
  });
});

test("list counts the accounts of each source when it is asked to", async () => {
  await run(["aggregate", "Corporate Directory"], { tenant });
  const [table, json] = await Promise.all([
    run(["list", "--accounts"], { tenant }),
    run(["list", "--accounts", "--json"], { tenant }),
  ]);
  expect(table.stdout).toMatch(/Corporate Directory .* 5 as of \d{4}-\d\d-\d\d \d\d:\d\d/);
  expect(json.json()).toContainEqual(expect.objectContaining({ name: "Corporate Directory", accounts: 5 }));
  expect(json.json()).toContainEqual(
    expect.objectContaining({ name: "HR Feed", accounts: expect.any(Number) as number }),
  );
});

describe("remove-accounts", () => {
  test("needs --yes where nobody can be asked", async () => {
    const { code, stderr } = await run(["remove-accounts", "HR Feed"], { tenant, input: "HR Feed\n" });
    expect(code).toBe(2);
    expect(stderr).toContain("needs --yes");
    expect(called(tenant)).not.toContain("deleteAccountsAsync");
  });

  test("--yes removes them and counts", async () => {
    await run(["aggregate", "Corporate Directory"], { tenant });
    const outcome = await run(["remove-accounts", "Corporate Directory", "--yes", "--json"], { tenant });
    expect(outcome.code).toBe(0);
    expect(outcome.json()).toMatchObject({ task: { completionStatus: "SUCCESS", attributes: { deleted: 5 } } });
  });
});

describe("schemas and connector files", () => {
  test("download prints the CSV, or writes it", async () => {
    const path = join(folder.path, "groups.csv");
    const [text, json, file] = await Promise.all([
      run(["schema", "download", "HR Feed"], { tenant }),
      run(["schema", "download", "HR Feed", "--json"], { tenant }),
      run(["schema", "download", "HR Feed", "--schema-name", "group", "--output", path], { tenant }),
    ]);
    expect(text.stdout).toMatch(/^id,name,givenName,/);
    expect(json.json()).toEqual({ csv: text.stdout });
    expect(file).toMatchObject({ code: 0, stdout: `Written to ${path}\n` });
    expect(readFileSync(path, "utf8")).toMatch(/^id,name,displayName,/);
  });

  test("upload makes the columns the attributes", async () => {
    const outcome = await run(["schema", "upload", "HR Feed", accounts()], { tenant });
    expect(outcome.code).toBe(0);
    expect(outcome.stdout).toMatch(
      /^ATTRIBUTE +TYPE +IS\nid +STRING +identity\nname +STRING +display\ngroups +STRING +multi, entitlement, group\n$/,
    );
    const groups = await run(["schema", "upload", "HR Feed", accounts(), "--entitlements", "--json"], { tenant });
    expect(groups.json()).toMatchObject({
      name: "group",
      attributes: [{ name: "id" }, { name: "name" }, { name: "groups" }],
    });
  });

  test("a source of another type is refused in the tenant's words", async () => {
    const { code, stderr } = await run(["schema", "download", "Corporate Directory"], { tenant });
    expect(code).toBe(1);
    expect(stderr).toContain("Only a source type, DelimitedFile, supports schema file download");
  });

  test("upload gives the source its files", async () => {
    const paths = [folder.write("driver.jar", "a jar"), folder.write("other.jar", "another")];
    const outcome = await run(["upload", "Corporate Directory", ...paths, "--json"], { tenant });
    expect(outcome.code).toBe(0);
    expect(outcome.json()).toMatchObject({
      uploaded: ["driver.jar", "other.jar"],
      connectorFiles: ["driver.jar", "other.jar"],
    });
  });
});

describe("doctor", () => {
  test("checks connection, clock, rights and version, and sums up the sources", async () => {
    const outcome = await run(["doctor", "--json"], { tenant });
    expect(outcome.code).toBe(0);
    const { checks } = outcome.json() as { checks: { name: string; status: string; finding: string }[] };
    expect(checks.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["connection", "clock", "rights", "version", "sources"]),
    );
    expect(checks.find(({ name }) => name === "connection")?.finding).toContain("is the tenant tenant-a");
  });

  test("tells a source, its health and who uses it", async () => {
    const { code, stdout } = await run(["doctor", "Corporate Directory"], { tenant });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ok +users of "Corporate Directory": used by identity profile "Employees"/m);
  });

  test("says a state in the words of health, of one source and of all", async () => {
    tenant.admin.edit(`/sources/${feed}`, [{ op: "replace", path: "/status", value: "SOURCE_STATE_ERROR_SOURCE" }]);
    const [all, one, healthy] = await Promise.all(
      [[], ["HR Feed"], ["Corporate Directory"]].map((words) => run(["doctor", ...words], { tenant })),
    );
    expect(all?.stdout).toMatch(/^warning +sources: 2, in error: "HR Feed" \(error source\)$/m);
    expect(one?.stdout).toMatch(/^failed +health of "HR Feed": error source$/m);
    expect(healthy?.stdout).toMatch(/^ok +health of "Corporate Directory": healthy$/m);
  });

  test("names an application that uses a source by what the tenant says of it", async () => {
    tenant.admin.use(feed, "application", "Payroll");
    const { stdout } = await run(["doctor", "HR Feed"], { tenant });
    expect(stdout).toMatch(/^ok +users of "HR Feed": used by application "Payroll" \([0-9a-f]{32}\)/m);
  });

  test("warns of a clock that is off, and of a version that lacks operations", async () => {
    tenant.admin.set({ clockOffsetMs: 300_000 });
    const { stdout } = await run(["doctor", "--api-version", "v3"], { tenant });
    tenant.admin.set({ clockOffsetMs: 0 });
    expect(stdout).toMatch(/^warning +clock: this machine's clock is (299|300|301) s behind the tenant's/m);
    expect(stdout).toMatch(/^warning +version: .* which lacks .*getSourceSchedules/m);
  });

  test("goes on after a right that is missing; without sources it fails", async () => {
    tenant.admin.fault({ operationId: "listWorkgroups", kind: "status", status: 403, times: 9 });
    const missing = await run(["doctor"], { tenant });
    tenant.admin.clearFaults();
    tenant.admin.fault({ operationId: "listSources", kind: "status", status: 403, times: 9 });
    const failed = await run(["doctor"], { tenant });
    tenant.admin.clearFaults();
    expect(missing.code).toBe(0);
    expect(missing.stdout).toMatch(/^warning +may list the governance groups: .*\(403\)/m);
    expect(failed.code).toBe(6);
    expect(failed.stdout).toMatch(/^failed +may list the sources: .*\(403\)/m);
  });
});
