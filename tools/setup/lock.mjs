import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const beatMs = 1_000;
const deadAfterMs = 15_000;

/**
 * Does the work while holding a lock file, so that two set-ups of one clone or one user take turns.
 * The holder touches the file every second; a lock that nobody touches is left over from a killed process.
 * @template T @param {string} file @param {() => void} onWait called once when somebody else holds the lock
 * @param {() => Promise<T>} work @returns {Promise<T>}
 */
export async function withLock(file, onWait, work) {
  const mark = `${hostname()} ${process.pid}`;
  mkdirSync(dirname(file), { recursive: true });
  for (let waited = false; !take(file, mark); waited = true) {
    if (!waited) onWait();
    removeDead(file);
    await sleep(200);
  }
  const beat = setInterval(() => utimesSync(file, new Date(), new Date()), beatMs);
  const release = () => rmSync(file, { force: true });
  process.once("exit", release);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    process.removeListener("exit", release);
    release();
  }
}

/** @param {string} file @param {string} mark */
function take(file, mark) {
  try {
    writeFileSync(file, mark, { flag: "wx" });
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

/** @param {string} file */
function removeDead(file) {
  try {
    const mark = readFileSync(file, "utf8");
    if (Date.now() - statSync(file).mtimeMs < deadAfterMs && !isDead(mark)) return;
    // Two may find the same dead lock: the slower one would move away the lock that the faster one has just taken.
    const aside = `${file}.${process.pid}`;
    renameSync(file, aside);
    if (readFileSync(aside, "utf8") !== mark) linkSync(aside, file);
    rmSync(aside);
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
  }
}

/** @param {string} mark */
function isDead(mark) {
  const [host, pid] = mark.split(" ");
  if (host !== hostname() || pid === undefined) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return codeOf(error) === "ESRCH";
  }
}

/** @param {unknown} error */
function codeOf(error) {
  return /** @type {NodeJS.ErrnoException} */ (error).code;
}
