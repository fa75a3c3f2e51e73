import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import semver from "semver";
import { engines, makeEngineFolder } from "../setup/engine-folder.mjs";
import { compileGo, go } from "../setup/go-build.mjs";
import { SetupFailure } from "../setup/failure.mjs";
import { root } from "../setup/places.mjs";
import { say } from "../setup/progress.mjs";
import { tail } from "../setup/run.mjs";

/** @typedef {import("../setup/engine.mjs").Engine} Engine */

const module = "github.com/pulumi/pulumi/pkg/v3";
const source = `${module}/cmd/pulumi`;
/** What the README asks for; the module proxy does not have every version. */
const oldestSupported = "3.226.0";

/** The versions of the CLI that Go's modules give, the oldest that is supported first. @returns {Promise<string[]>} */
export async function engineVersions() {
  const { code, output } = await go(join(root, "tools/pulumi"), ["list", "-m", "-versions", module]);
  if (code !== 0) throw new SetupFailure(`The versions of the Pulumi CLI cannot be had:\n${tail(output)}`);
  const versions = output.match(/(?<= v)\d+\.\d+\.\d+(?=\s|$)/gm) ?? [];
  return versions.filter((version) => semver.gte(version, oldestSupported)).sort(semver.compare);
}

/**
 * The Pulumi CLI of a version that nothing here is pinned to, built once for this user. Go looks its modules up in the
 * checksum database, since no go.sum of ours holds them. The Node.js language host is the pinned one, which drives all.
 * @param {string} version @param {Engine} pinned @returns {Promise<Engine>}
 */
export async function engineOf(version, pinned) {
  if (version === pinned.version) return pinned;
  const folder = join(engines(), `${version}-unpinned`);
  const pulumi = join(folder, "bin/pulumi");
  if (!existsSync(join(folder, "engine.json"))) {
    say(`  Building the Pulumi CLI ${version}, once for this user.`);
    const failure = await makeEngineFolder(folder, version, (temporary) => buildInto(temporary, version, pinned));
    if (failure !== undefined) throw new SetupFailure(failure);
  }
  return { pulumi, version, origin: "built from its module" };
}

/** @param {string} folder @param {string} version @param {Engine} pinned */
async function buildInto(folder, version, pinned) {
  const host = "pulumi-language-nodejs";
  copyFileSync(join(dirname(pinned.pulumi), host), join(folder, "bin", host));
  const work = join(folder, "module");
  mkdirSync(work);
  try {
    writeFileSync(join(work, "go.mod"), `module pulumi-cli\n\n${goLine()}\n`);
    const { code, output } = await go(work, ["get", `${source}@v${version}`]);
    if (code !== 0) return `The modules of the Pulumi CLI ${version} cannot be had:\n${tail(output)}`;
    return await compileGo(join(folder, "bin/pulumi"), work, source, version);
  } finally {
    rmSync(work, { recursive: true });
  }
}

/** The language version that the pinned modules ask for. */
function goLine() {
  const pinned = readFileSync(new URL("../pulumi/go.mod", import.meta.url), "utf8");
  return /^go .*$/m.exec(pinned)?.[0] ?? "";
}
