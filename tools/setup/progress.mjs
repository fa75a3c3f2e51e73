const out = process.stderr;

/** One line of what set-up does, on standard error: standard output belongs to the command that follows. @param {string} text */
export function say(text) {
  out.write(`${text}\n`);
}

/**
 * Shows that long work goes on: a line that renews itself on a terminal, a line every 20 seconds elsewhere.
 * @param {string} title @param {() => string} detail
 * @returns {() => string} ends the display and tells the time the work took
 */
export function showProgress(title, detail) {
  const started = Date.now();
  const text = () => `  ${title}: ${[detail(), elapsed(started)].filter(Boolean).join(", ")}`;
  say(`  ${title} …`);
  const timer = setInterval(
    () => {
      out.write(out.isTTY ? `\r\x1b[K${text()}` : `${text()}\n`);
    },
    out.isTTY ? 500 : 20_000,
  );
  return () => {
    clearInterval(timer);
    if (out.isTTY) out.write("\r\x1b[K");
    return elapsed(started);
  };
}

/**
 * Tells how long work of so many parts still takes, in words: by what a part takes as a rule, until enough of them are
 * done to go by what they took here.
 * @param {number} total @param {number} secondsEach @param {() => number} [now] in milliseconds
 * @returns {(done: number) => string}
 */
export function remainingTime(total, secondsEach, now = Date.now) {
  const started = now();
  return (done) => {
    const each = done < total / 10 ? secondsEach : (now() - started) / 1000 / done;
    const seconds = Math.max(0, total - done) * each;
    if (seconds < 20) return "a few seconds left";
    return seconds < 90 ? "about a minute left" : `about ${Math.round(seconds / 60)} minutes left`;
  };
}

/** @param {number} since */
function elapsed(since) {
  const seconds = Math.round((Date.now() - since) / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
