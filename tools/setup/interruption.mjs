/** @typedef {"SIGINT" | "SIGTERM" | "SIGHUP"} Interruption */

/** @type {(signal: Interruption) => void} */
let react = (signal) => process.exit(signal === "SIGINT" ? 130 : 143);

/**
 * Sets what happens when this script is interrupted: by a signal, or because npm, which started it, is gone. npm hands
 * a signal that it alone receives to its shell, and the shell dies of it without a word to us.
 * @param {(signal: Interruption) => void} reaction
 */
export function onInterruption(reaction) {
  react = reaction;
}

for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) process.on(signal, () => react(signal));

if (process.env.npm_lifecycle_event !== undefined) {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    react("SIGTERM");
  }, 300);
  watch.unref();
}
