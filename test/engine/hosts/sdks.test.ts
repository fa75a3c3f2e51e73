import { execFile } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { languageFolder } from "./languages";

const run = promisify(execFile);
const root = resolve(__dirname, "../../..");

let sdks: string;
beforeAll(async () => {
  // Binding the schema is part of it: one that Pulumi's own binder finds fault with writes nothing.
  sdks = await languageFolder("packages");
}, 600_000);

test("the SDK for Python is imported, with a class for each kind and its words as constants", async () => {
  const python = join(await languageFolder("environment"), "python");
  const program = `
import pulumi_sailpoint as sailpoint
print(sailpoint.Source.__name__, sailpoint.ScheduleType.ACCOUNT_AGGREGATION.value, callable(sailpoint.get_identity))`;
  const { stdout } = await run(python, ["-c", program]);
  expect(stdout.trim()).toBe("Source ACCOUNT_AGGREGATION True");
}, 600_000);

test("the SDK for TypeScript compiles", async () => {
  const folder = mkdtempSync(join(root, ".cache/sdk-"));
  try {
    symlinkSync(join(sdks, "nodejs"), join(folder, "sdk"));
    writeFileSync(
      join(folder, "program.ts"),
      `import * as sailpoint from "./sdk";
const hr = new sailpoint.Source("hr", { name: "HR", owner: { alias: "a" }, connector: "jdbc" });
new sailpoint.Schedule("nightly", { source: hr.id, type: sailpoint.ScheduleType.AccountAggregation, cronExpression: "0 0 3 * * ?" });
export const tenant = hr.tenant;
`,
    );
    const options = ["--noEmit", "--strict", "--skipLibCheck", "--module", "commonjs", "--target", "es2020"];
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    await run(process.execPath, [tsc, ...options, "--preserveSymlinks", "program.ts"], { cwd: folder });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 300_000);

test("the SDK for Go compiles", async () => {
  const folder = join(sdks, "go");
  const pinned = join(root, "tools/generate-sdks");
  const module = "github.com/pulumi-sailpoint/pulumi-sailpoint/sdk/go";
  writeFileSync(
    join(folder, "go.mod"),
    readFileSync(join(pinned, "go.mod"), "utf8").replace(/^module .*/, `module ${module}`),
  );
  copyFileSync(join(pinned, "go.sum"), join(folder, "go.sum"));
  await run("go", ["build", "-mod=mod", "./..."], { cwd: folder, env: { ...process.env, GOWORK: "off" } });
}, 600_000);
