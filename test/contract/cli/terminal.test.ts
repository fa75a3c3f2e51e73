import { spawnSync } from "node:child_process";
import type { RunningTenant } from "sailpoint-simulator";
import { bin, run, runInTerminal } from "./support/command";
import { called, tenantWithFeed } from "./support/tenant";

let tenant: RunningTenant;

beforeAll(async () => {
  ({ tenant } = await tenantWithFeed());
});
beforeEach(() => {
  tenant.clearRequests();
});
afterAll(() => tenant.close());

const green = "\u001b[32m";

test("a terminal gets colours, NO_COLOR and TERM=dumb turn them off, and a pipe has none", async () => {
  const words = ["test-connection", "Corporate Directory"];
  const [terminal, without, dumb, pipe] = await Promise.all([
    runInTerminal(words, { tenant }),
    runInTerminal(words, { tenant, env: { NO_COLOR: "1" } }),
    runInTerminal(words, { tenant, env: { TERM: "dumb" } }),
    run(words, { tenant }),
  ]);
  expect(terminal.code).toBe(0);
  expect(terminal.stdout).toContain(`Corporate Directory: ${green}SUCCESS\u001b[39m`);
  expect(without.stdout).toContain("Corporate Directory: SUCCESS");
  expect(without.stdout).not.toContain(green);
  expect(dumb.stdout).toContain("Corporate Directory: SUCCESS");
  expect(dumb.stdout).not.toContain(green);
  expect(pipe.stdout).not.toContain("\u001b");
});

test("progress is one line that is rewritten, with the time it has taken, and is gone at the end", async () => {
  tenant.admin.set({ aggregationMs: 2000 });
  const { code, stdout } = await runInTerminal(["aggregate", "Corporate Directory"], { tenant });
  tenant.admin.set({ aggregationMs: 0 });
  expect(code).toBe(0);
  const shown = stdout.split("\r\u001b[K");
  expect(shown.some((line) => /Aggregating the accounts of "Corporate Directory": \d+ % \(1 s\)/.test(line))).toBe(
    true,
  );
  expect(shown.slice(0, -1).join("")).not.toContain("\n");
  expect(shown.at(-1)).toMatch(/^Aggregating the accounts of "Corporate Directory": .*SUCCESS/);
});

const listed = async (words: string[], columns: number) => {
  const { stdout } = await runInTerminal(["list", ...words], { tenant, columns });
  return (stdout.split("\r\u001b[K").at(-1) ?? "").trimEnd().split("\n").map(withoutColours);
};

test.each([
  [[], 60],
  [["--long"], 105],
])("the table of list %j is no wider than a terminal of %d columns", async (words, columns) => {
  const lines = await listed(words, columns);
  expect(lines).toHaveLength(3);
  for (const line of lines) expect(line.trimEnd().length).toBeLessThanOrEqual(columns);
  expect(lines.join("\n")).toContain("…");
});

test.each([80, 105, 200])(
  "an id is whole on a terminal of %d columns, since one that is cut off is of no use",
  async (columns) => {
    const [, ...rows] = await listed(["--long"], columns);
    const ids = Object.keys(tenant.admin.state()["sources"] ?? {});
    expect(rows.map((row) => /[0-9a-f]{32}/.exec(row.replaceAll(/[\r\n]/g, ""))?.[0]).sort()).toEqual(ids.sort());
  },
);

test("peek shows the columns that there is room for, and names the others", async () => {
  const { stdout } = await runInTerminal(["peek", "HR Feed"], { tenant, columns: 60 });
  expect(withoutColours(stdout)).toMatch(/\d+ more columns: .*endDate \(--columns\)/);
});

test("remove-accounts asks for the source's name", async () => {
  const question = /Type the source's name to go on: /;
  const wrong = await runInTerminal(["remove-accounts", "HR Feed"], { tenant, typed: [[question, "yes\n"]] });
  expect(wrong.code).toBe(2);
  expect(wrong.stdout).toContain('That is not the name of Source "HR Feed"; nothing was removed.');
  const cancelled = await runInTerminal(["remove-accounts", "HR Feed"], { tenant, typed: [[question, "\u0003"]] });
  expect(cancelled.code).toBe(130);
  expect(called(tenant)).not.toContain("deleteAccountsAsync");
  const right = await runInTerminal(["remove-accounts", "HR Feed"], { tenant, typed: [[question, "HR Feed\n"]] });
  expect(right.code).toBe(0);
  expect(called(tenant)).toContain("deleteAccountsAsync");
});

test("completion knows commands, operations, options and their values", async () => {
  const words = async (...typed: string[]) => (await run(["__complete", ...typed])).stdout.trim().split("\n");
  expect(await words("test-")).toEqual(["test-connection", "test-configuration"]);
  expect(await words("api", "getSourceH")).toEqual(["getSourceHealth"]);
  expect(await words("aggregate", "HR Feed", "--un")).toEqual(["--uncorrelated"]);
  expect(await words("list", "--api-version", "v202")).toEqual(["v2026", "v2025", "v2024"]);
});

test("bash completes by the script that it is given", async () => {
  const { stdout: script } = await run(["completion", "bash"]);
  const program = `pulumi-sailpoint() { "${process.execPath}" "${bin}" "$@"; }`;
  const asked = 'COMP_WORDS=(pulumi-sailpoint schema d) COMP_CWORD=2; _pulumi_sailpoint; echo "${COMPREPLY[*]}"';
  const child = spawnSync("bash", ["--norc", "-c", `${program}\n${script}\n${asked}`], { encoding: "utf8" });
  expect([child.stdout, child.stderr]).toEqual(["download\n", ""]);
});

const withoutColours = (text: string): string =>
  text.replaceAll(new RegExp(String.raw`\u001b\[[0-9;]*[mK]|\r`, "g"), "");
