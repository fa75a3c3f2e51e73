/** Runs the Pulumi CLI that set-up provided: `npm run pulumi -- preview`. */
import { spawn } from "node:child_process";
import { engineEnvironment, findEngine } from "./setup/engine.mjs";
import { onInterruption } from "./setup/interruption.mjs";
import { script, SetupFailure } from "./setup/failure.mjs";

await script(async () => {
  const { engine } = await findEngine();
  if (engine === undefined) throw new SetupFailure("There is no Pulumi CLI yet. Run `npm run setup` first.");
  const env = engineEnvironment(engine, { PULUMI_SKIP_UPDATE_CHECK: "true", ...process.env });
  // npm changes to the root of the repository; a project is where the user stands.
  const child = spawn(engine.pulumi, process.argv.slice(2), { cwd: process.env.INIT_CWD, env, stdio: "inherit" });
  // On a terminal Ctrl-C reaches the child by itself; we only have to outlive it.
  onInterruption((signal) => signal === "SIGINT" || child.kill(signal));
  process.exitCode = await new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve(code ?? 1));
  });
});
