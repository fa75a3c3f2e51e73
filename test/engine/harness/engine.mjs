/**
 * Runs once before the engine tests: compiles what the tests load from `dist`, finds the Pulumi CLI that set-up
 * provided, and tells the tests where it lies. Without it they could only pass by not running, so they do not start.
 */
import { build } from "../../../tools/setup/build.mjs";
import { engineEnvironment, findEngine } from "../../../tools/setup/engine.mjs";
import { SetupFailure } from "../../../tools/setup/failure.mjs";

export default async function engine() {
  await build().catch(tellTypeErrors);
  const { engine } = await findEngine();
  if (engine === undefined) throw new Error("There is no Pulumi CLI yet. Run `npm run setup` first.");
  process.env.TEST_PULUMI = engine.pulumi;
  process.env.TEST_PULUMI_PATH = engineEnvironment(engine, process.env).PATH;
}

/** The compiler emits in spite of type errors, as swc does for the other tests; `npm run types` is what refuses them. */
function tellTypeErrors(/** @type {unknown} */ error) {
  if (!(error instanceof SetupFailure)) throw error;
  process.stderr.write(`${error.message}\n`);
}
