/**
 * Makes a fresh clone ready: installs the locked dependencies, compiles, provides the Pulumi CLI.
 * Runs before anything is installed, so it uses nothing but Node.js. A second run finds nothing to do.
 */
import { build } from "./setup/build.mjs";
import { provideEngine } from "./setup/engine.mjs";
import { script, SetupFailure } from "./setup/failure.mjs";
import { installDependencies } from "./setup/install.mjs";
import { say } from "./setup/progress.mjs";

const oldestNode = [20, 19];

await script(async () => {
  checkNode();
  const installed = await installDependencies();
  const built = await build();
  const { engine, provided } = await provideEngine();
  if (installed || built || provided) say(`Set-up is done: pulumi ${engine.version}, ${engine.origin}.\n`);
  else say(`Set-up is up to date: pulumi ${engine.version}, ${engine.origin}.\n`);
});

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = oldestNode;
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
  throw new SetupFailure(
    `This is Node.js ${process.versions.node}; ${oldestNode.join(".")} or later is needed. Install one from https://nodejs.org.`,
  );
}
