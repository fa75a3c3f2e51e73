/**
 * Makes what the README shows, into docs/assets: `npm start` in a terminal, recorded as start.cast (asciicast, for
 * `asciinema play`) and drawn from it as start.svg; and the page of `compare --html` as comparison.svg. `npm run recording`,
 * or `-- start`, `draw`, `comparison` for one of them. Pauses are shortened, so that the machine's speed does not show.
 */
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { comparisonPicture } from "./recording/comparison.mjs";
import { drawn } from "./recording/svg.mjs";
import { build } from "./setup/build.mjs";
import { provideEngine } from "./setup/engine.mjs";
import { script, SetupFailure } from "./setup/failure.mjs";
import { root } from "./setup/places.mjs";

const columns = 118;
const longestPause = 1.5;
const folder = join(root, "docs/assets");
const cast = join(folder, "start.cast");
const title = "npm start: a deployment, drift and its repair on a tenant of this machine";

/** @type {Record<string, () => Promise<void>>} */
const parts = {
  async start() {
    await provideEngine();
    const head = { version: 2, width: columns, height: 30, title };
    const events = shortened(await recorded());
    writeFileSync(cast, `${[head, ...events].map((line) => JSON.stringify(line)).join("\n")}\n`);
  },
  async draw() {
    const [, ...lines] = readFileSync(cast, "utf8").trim().split("\n");
    const events = lines.map((line) => JSON.parse(line));
    writeFileSync(join(folder, "start.svg"), drawn(events, columns, title));
  },
  async comparison() {
    writeFileSync(join(folder, "comparison.svg"), await comparisonPicture());
  },
};

await script(async () => {
  await build();
  mkdirSync(folder, { recursive: true });
  const [wanted] = process.argv.slice(2);
  for (const [name, make] of Object.entries(parts)) if (wanted === undefined || wanted === name) await make();
});

/** What appears on a terminal, and when. @returns {Promise<import("./recording/svg.mjs").Event[]>} */
function recorded() {
  const line = `stty cols ${columns} rows 30; exec node tools/start.mjs`;
  const env = { ...process.env, TERM: "xterm-256color", SHELL: "/bin/sh" };
  const child = spawn("script", ["-qefc", line, "/dev/null"], { cwd: root, env, stdio: ["ignore", "pipe", "inherit"] });
  const started = performance.now();
  /** @type {import("./recording/svg.mjs").Event[]} */
  const events = [[0, "o", "$ npm start\r\n"]];
  child.stdout.setEncoding("utf8").on("data", (text) => events.push([(performance.now() - started) / 1000, "o", text]));
  return new Promise((resolve, reject) => {
    child.on("error", (error) => reject(new SetupFailure(`script(1) is needed for a recording: ${error.message}`)));
    child.on("close", (code) =>
      code === 0 ? resolve(events) : reject(new SetupFailure(`npm start ended with exit code ${code}.`)),
    );
  });
}

/** @param {import("./recording/svg.mjs").Event[]} events @returns {import("./recording/svg.mjs").Event[]} */
function shortened(events) {
  let [before, now] = [0, 0];
  return events.map(([at, kind, text]) => {
    now += Math.min(at - before, longestPause);
    before = at;
    return [Math.round(now * 1000) / 1000, kind, text];
  });
}
