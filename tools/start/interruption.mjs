import { SetupFailure } from "../setup/failure.mjs";

/**
 * Ends the script when it is interrupted, once what it started is stopped.
 * @param {() => Promise<void>} stop @returns {Promise<never>} rejected when it was interrupted
 */
export function onInterruption(stop) {
  return new Promise((_, reject) => {
    for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
      process.removeAllListeners(signal);
      let asked = false;
      process.on(signal, () => {
        if (asked) return;
        asked = true;
        process.stdout.write("\nInterrupted: stopping what was started …\n");
        stop().then(() => reject(new SetupFailure(`Stopped by ${signal}; nothing is left behind.`)), reject);
      });
    }
  });
}
