import { readFileSync } from "node:fs";
import { join } from "node:path";
import { engines, makeEngineFolder } from "./engine-folder.mjs";
import { goBuild, pinnedDigest } from "./go-build.mjs";
import { root } from "./places.mjs";
import { say } from "./progress.mjs";
import { run, tail } from "./run.mjs";

/**
 * The two commands, each with the module that pins it. The language host comes from the last release of the
 * SDK module that holds it; it drives later engines and later npm packages (decisions/engine-from-source.md).
 */
/** @type {{ name: string, module: string, source: string, smaller?: string }[]} */
const commands = [
  {
    name: "pulumi",
    module: "pulumi",
    source: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    smaller: "github.com/pulumi/pulumi/pkg/v3",
  },
  {
    name: "pulumi-language-nodejs",
    module: "pulumi-language-nodejs",
    source: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
  },
];

/** The version of the engine that tools/pulumi pins. */
export const engineVersion =
  /pulumi\/pkg\/v3 v(\S+)/.exec(readFileSync(join(root, "tools/pulumi/go.mod"), "utf8"))?.[1] ?? "";

/** Where the engine lies once it is built: another set of pinned modules is another folder. */
export function builtEngineFolder() {
  return join(engines(), `${engineVersion}-${pinnedDigest(commands)}`);
}

/** Builds the engine where Go is present. Tells what went wrong, if anything. @returns {Promise<string | undefined>} */
export async function buildEngine() {
  const found = await run("go", ["version"]);
  if (found.code !== 0) return "Build with Go: no `go` on PATH";
  say("  No Pulumi CLI is there: building it from the pinned sources, once for this user.");
  return makeEngineFolder(builtEngineFolder(), engineVersion, async (folder) => {
    for (const command of commands) {
      const failure = await goBuild(folder, command, engineVersion);
      if (failure !== undefined) return failure;
    }
    const { code, output } = await run(join(folder, "bin/pulumi"), ["version"], {
      env: { ...process.env, PULUMI_HOME: folder },
    });
    return code === 0 && output.includes(engineVersion)
      ? undefined
      : `Build with Go: the CLI that was built does not run:\n${tail(output)}`;
  });
}
