/**
 * Writes the plugin as an archive that `pulumi plugin install resource sailpoint VERSION --file ARCHIVE` takes:
 * `npm run plugin -- FOLDER`. It holds one file of JavaScript and needs Node.js; it is the same for every platform.
 */
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build as bundle } from "esbuild";
import { build } from "./setup/build.mjs";
import { SetupFailure, script } from "./setup/failure.mjs";
import { readJson, root } from "./setup/places.mjs";
import { run } from "./setup/run.mjs";

const launcher = `#!/usr/bin/env node
require("./plugin.cjs").servePlugin(process.argv.slice(2));
`;
/** As the engine calls platforms. */
const systems = { linux: "linux", darwin: "darwin", win32: "windows" };
const machines = { x64: "amd64", arm64: "arm64" };

await script(async () => {
  const [folder] = process.argv.slice(2);
  if (folder === undefined) throw new SetupFailure("Give the folder to write to: npm run plugin -- FOLDER");
  await build();
  const { version, license } = readJson("provider/package.json");
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
    writeFileSync(join(content, "pulumi-resource-sailpoint"), launcher);
    chmodSync(join(content, "pulumi-resource-sailpoint"), 0o755);
    // Windows starts no script by its first line.
    const forWindows = "pulumi-resource-sailpoint.cmd";
    copyFileSync(join(root, "provider/plugin", forWindows), join(content, forWindows));
    writeFileSync(
      join(content, "package.json"),
      JSON.stringify({ name: "pulumi-resource-sailpoint", version, license }),
    );
    copyFileSync(join(root, "LICENSE"), join(content, "LICENSE"));
    const target = resolve(process.env["INIT_CWD"] ?? ".", folder);
    mkdirSync(target, { recursive: true });
    const archive = join(target, `pulumi-resource-sailpoint-v${version}-${platform()}.tar.gz`);
    const { code, output } = await run("tar", ["-czf", archive, "-C", content, "."]);
    if (code !== 0) throw new SetupFailure(`tar could not write ${archive}:\n${output}`);
    process.stdout.write(`${archive}\n`);
  } finally {
    rmSync(content, { recursive: true, force: true });
  }
});

function platform() {
  const system = systems[/** @type {keyof typeof systems} */ (process.platform)] ?? process.platform;
  const machine = machines[/** @type {keyof typeof machines} */ (process.arch)] ?? process.arch;
  return `${system}-${machine}`;
}
