import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build as bundle } from "esbuild";
import { SetupFailure } from "../setup/failure.mjs";
import { readJson, root } from "../setup/places.mjs";
import { run } from "../setup/run.mjs";

/** As the engine calls platforms. */
const systems = { linux: "linux", darwin: "darwin", win32: "windows" };
const machines = { x64: "amd64", arm64: "arm64" };

/** All that the engine asks for; the content is the same. */
export const everyPlatform = Object.values(systems).flatMap((system) =>
  Object.values(machines).map((machine) => `${system}-${machine}`),
);

/** This machine's. */
export const thisPlatform = `${systems[/** @type {keyof typeof systems} */ (process.platform)] ?? process.platform}-${
  machines[/** @type {keyof typeof machines} */ (process.arch)] ?? process.arch
}`;

/**
 * Writes the compiled plugin as archives, one for each platform, since the engine downloads them by its name; each holds
 * one file of JavaScript and needs Node.js. @param {string} target @param {string} version
 * @param {readonly string[]} platforms @returns {Promise<string[]>} the archives
 */
export async function writePluginArchives(target, version, platforms) {
  const content = mkdtempSync(join(tmpdir(), "plugin-"));
  chmodSync(content, 0o755);
  try {
    await bundle({
      entryPoints: [join(root, "provider/dist/host/grpc/main.js")],
      outfile: join(content, "plugin.cjs"),
      bundle: true,
      platform: "node",
      target: "node20.19",
      minify: true,
      keepNames: true,
      logLevel: "warning",
    });
    // The package's own, for the one file beside it.
    const launcher = readFileSync(join(root, "provider/plugin/pulumi-resource-sailpoint"), "utf8");
    writeFileSync(
      join(content, "pulumi-resource-sailpoint"),
      launcher.replace("../dist/host/grpc/main.js", "./plugin.cjs"),
    );
    chmodSync(join(content, "pulumi-resource-sailpoint"), 0o755);
    // Windows starts no script by its first line.
    const forWindows = "pulumi-resource-sailpoint.cmd";
    copyFileSync(join(root, "provider/plugin", forWindows), join(content, forWindows));
    const { license } = readJson("provider/package.json");
    const manifest = { name: "pulumi-resource-sailpoint", version, license };
    writeFileSync(join(content, "package.json"), JSON.stringify(manifest));
    copyFileSync(join(root, "LICENSE"), join(content, "LICENSE"));
    mkdirSync(target, { recursive: true });
    const [first, ...others] = platforms.map((platform) =>
      join(target, `pulumi-resource-sailpoint-v${version}-${platform}.tar.gz`),
    );
    if (first === undefined) return [];
    const { code, output } = await run("tar", ["-czf", first, "-C", content, "."]);
    if (code !== 0) throw new SetupFailure(`tar could not write ${first}:\n${output}`);
    for (const other of others) copyFileSync(first, other);
    return [first, ...others];
  } finally {
    rmSync(content, { recursive: true, force: true });
  }
}
