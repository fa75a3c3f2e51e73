/** A failure that a person can mend: its message is the whole report, no stack. */
export class SetupFailure extends Error {}

/** Runs a script's main function; a failure that a person can mend is told without a stack. @param {() => Promise<void>} main */
export async function script(main) {
  try {
    await main();
  } catch (error) {
    process.stderr.write(`\n${error instanceof SetupFailure ? error.message : errorText(error)}\n`);
    process.exitCode = 1;
  }
}

/** @param {unknown} error */
function errorText(error) {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
