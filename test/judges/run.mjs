/**
 * Judges of the simulator that others wrote: the official Python SDKs of the annual versions and of the per-service form,
 * and schemathesis by OpenAPI documents of the API.
 *
 *     npm run judges                                  the SDKs alone
 *     npm run judges -- PATH… [--examples 10]         all; so many examples of each operation
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { script, SetupFailure } from "../../tools/setup/failure.mjs";
import { root } from "../../tools/setup/places.mjs";
import { run } from "../../tools/setup/run.mjs";
import { pythonEnvironment } from "../../tools/setup/python.mjs";
import { schemathesis } from "./schemathesis.mjs";
import { startTenant } from "./tenant.mjs";

/** @typedef {{ passed: number, failed: number }} Counts */

await script(async () => {
  const { files, examples } = wanted();
  const bin = await judgesEnvironment("annual");
  const counts = [await judgeBySdk("annual"), await judgeBySdk("services")];
  for (const file of files) counts.push(await withTenant((env) => schemathesis({ bin, env, file, examples })));
  const passed = counts.reduce((sum, count) => sum + count.passed, 0);
  const failed = counts.reduce((sum, count) => sum + count.failed, 0);
  const { TEST_REPORT: report } = process.env;
  if (report !== undefined) {
    mkdirSync(dirname(resolve(root, report)), { recursive: true });
    writeFileSync(resolve(root, report), JSON.stringify({ passed, failed }));
  }
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  if (failed > 0) process.exitCode = 1;
});

function wanted() {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { examples: { type: "string", default: "10" } },
  });
  if (!/^[1-9]\d*$/.test(values.examples)) throw new SetupFailure("--examples must be a whole number of at least 1.");
  const files = positionals.map((path) => resolve(process.env["INIT_CWD"] ?? ".", path));
  return { files, examples: Number(values.examples) };
}

/** Two SDKs of one name need an environment each. @param {string} name */
function judgesEnvironment(name) {
  return pythonEnvironment(`judges/${name}`, `test/judges/sdk/${name}.txt`);
}

/** @template T @param {(env: Record<string, string>) => Promise<T>} judge */
async function withTenant(judge) {
  const tenant = await startTenant();
  try {
    return await judge(tenant.env);
  } finally {
    await tenant.stop();
  }
}

/** @param {"annual" | "services"} name @returns {Promise<Counts>} */
async function judgeBySdk(name) {
  const bin = await judgesEnvironment(name);
  return withTenant((env) => sdk(bin, name, env));
}

/** @param {string} bin @param {string} name @param {Record<string, string>} env @returns {Promise<Counts>} */
async function sdk(bin, name, env) {
  let counts = { passed: 0, failed: 1 };
  const { code } = await run(join(bin, "python"), [join(root, `test/judges/sdk/${name}.py`)], {
    env: { ...process.env, ...env, PYTHONDONTWRITEBYTECODE: "1" },
    onLine: (line) => {
      process.stdout.write(`${line}\n`);
      const [, passed, failed] = /^(\d+) passed, (\d+) failed$/.exec(line) ?? [];
      if (passed !== undefined) counts = { passed: Number(passed), failed: Number(failed) };
    },
  });
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}
