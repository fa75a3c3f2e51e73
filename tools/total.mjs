/** Sums up the reports of all test runs: the last line of `.ci/run`. Broken steps are given as a number. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./setup/places.mjs";

const folder = join(root, "reports");
const broken = Number(process.argv[2] ?? 0);
const reports = readdirSync(folder)
  .filter((name) => name.endsWith(".json"))
  .map(
    (name) => /** @type {{ passed: number, failed: number }} */ (JSON.parse(readFileSync(join(folder, name), "utf8"))),
  );
const passed = reports.reduce((sum, report) => sum + report.passed, 0);
const failed = reports.reduce((sum, report) => sum + report.failed, broken);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
