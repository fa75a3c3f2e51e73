import { existsSync, readFileSync, statSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import { buildEngine, builtEngineFolder } from "./engine-from-go.mjs";
import { installEngine, installedEngineFolder } from "./engine-from-installer.mjs";
import { SetupFailure } from "./failure.mjs";
import { withLock } from "./lock.mjs";
import { shown, userCache } from "./places.mjs";
import { say } from "./progress.mjs";
import { run } from "./run.mjs";

/** The engine that can refresh by an option of Pulumi.yaml, and that the tests are written for. */
const oldest = [3, 226];
const variable = "PULUMI_SAILPOINT_CLI";
const parts = ["pulumi", "pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"];

/** @typedef {{ pulumi: string, version: string, origin: string }} Engine */

/** Finds or makes a Pulumi CLI with its Node.js language host. @returns {Promise<{ engine: Engine, provided: boolean }>} */
export async function provideEngine() {
  const ready = await findEngine();
  if (ready.engine !== undefined) return { engine: ready.engine, provided: false };
  const lock = join(userCache(), "locks", "engine");
  return withLock(
    lock,
    () => say("  Another set-up is providing the Pulumi CLI; waiting for it."),
    async () => {
      const meanwhile = await findEngine();
      if (meanwhile.engine !== undefined) return { engine: meanwhile.engine, provided: true };
      const failures = [`On PATH: ${meanwhile.onPath}`, `In ${shown(userCache())}: none built or installed yet`];
      for (const provide of [installEngine, buildEngine]) {
        const failure = await provide();
        if (failure === undefined) break;
        say(`  ${failure}`);
        failures.push(failure);
      }
      const { engine } = await findEngine();
      if (engine === undefined) throw new SetupFailure(nothingWorked(failures));
      return { engine, provided: true };
    },
  );
}

/** The Pulumi CLI that is there already: the one that the user names, else on PATH, or in the user's cache. */
export async function findEngine() {
  const named = process.env[variable];
  if (named !== undefined && named !== "") return { engine: await engineNamed(named), onPath: "" };
  const found = await engineOnPath();
  if (typeof found !== "string") return { engine: found, onPath: "" };
  const engine =
    engineIn(builtEngineFolder(), "built from the pinned sources") ??
    engineIn(installedEngineFolder(), "official release");
  return { engine, onPath: found };
}

/** The environment in which this engine finds its parts. @param {Engine} engine @param {NodeJS.ProcessEnv} env */
export function engineEnvironment(engine, env) {
  const path = [dirname(engine.pulumi), ...(env.PATH ?? "").split(delimiter)];
  return { ...env, PATH: [...new Set(path)].join(delimiter) };
}

/** What the user names is taken, or told to be wrong, but never passed over. @param {string} path of the CLI, or of its folder */
async function engineNamed(path) {
  const folder = existsSync(path) && statSync(path).isDirectory() ? path : dirname(path);
  const found = await engineAmong([resolve(folder), ...foldersOfPath()]);
  if (typeof found !== "string") return { ...found, origin: `${found.pulumi}, which ${variable} names` };
  throw new SetupFailure(
    `${variable} names ${path}, which does not serve: ${found}.\n` +
      `It must be a Pulumi CLI ${oldest.join(".")} or later, or the folder of one, with ${parts.slice(1).join(" and ")} beside it or on PATH.`,
  );
}

/** @returns {Promise<Engine | string>} the engine, or why what is on PATH does not serve */
async function engineOnPath() {
  const found = await engineAmong(foldersOfPath());
  return typeof found === "string" ? found : { ...found, origin: `${found.pulumi} on PATH` };
}

function foldersOfPath() {
  return (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
}

/** @param {string[]} folders @returns {Promise<Omit<Engine, "origin"> | string>} */
async function engineAmong(folders) {
  const [pulumi, ...others] = parts.map((part) =>
    folders.map((folder) => join(folder, part)).find((file) => isFile(file)),
  );
  if (pulumi === undefined) return "no pulumi";
  const { code, output } = await run(pulumi, ["version"], {
    env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
    timeoutMs: 20_000,
  });
  const version = /v?(\d+)\.(\d+)\.\d+\S*/.exec(output);
  if (code !== 0 || version === null) return `${pulumi} does not tell its version (exit code ${code})`;
  const [text, major, minor] = version;
  if (Number(major) !== oldest[0] || Number(minor) < Number(oldest[1])) {
    return `${pulumi} is ${text}; ${oldest.join(".")} or later is needed`;
  }
  const missing = parts.slice(1).filter((_, index) => others[index] === undefined);
  if (missing.length > 0) return `${pulumi} is ${text}, but ${missing.join(" and ")} is not there`;
  return { pulumi, version: text.replace(/^v/, "") };
}

/** @param {string} folder @param {string} origin @returns {Engine | undefined} */
function engineIn(folder, origin) {
  const manifest = join(folder, "engine.json");
  if (!existsSync(manifest)) return undefined;
  /** @type {{ version: string, files: Record<string, number> }} */
  const { version, files } = JSON.parse(readFileSync(manifest, "utf8"));
  const whole = parts.every((part) => {
    const file = join(folder, "bin", part);
    return isFile(file) && statSync(file).size === files[part];
  });
  return whole ? { pulumi: join(folder, "bin/pulumi"), version, origin: `${origin}, ${shown(folder)}` } : undefined;
}

/** @param {string} file */
function isFile(file) {
  return existsSync(file) && statSync(file).isFile();
}

/** @param {string[]} failures */
function nothingWorked(failures) {
  return `No Pulumi CLI could be provided.
${failures.map((failure) => `  - ${failure.replaceAll("\n", "\n    ")}`).join("\n")}
Do one of these, then run the command again:
  - install the Pulumi CLI ${oldest.join(".")} or later (https://www.pulumi.com/docs/install) so that \`pulumi version\` works,
    or name one that lies elsewhere: ${variable}=/path/to/its/folder;
  - install Go 1.25 or later (https://go.dev/dl) so that the CLI can be built from the pinned sources in tools/.`;
}
