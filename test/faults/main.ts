import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Kill, type KillVerdict, judgeKill, killTitle, killsOf } from "./kill";
import { cases, isGood, judgeAll, titleOf } from "./matrix";
import { keepNotesApart } from "./notes";
import { isGoodKill, reportOf, store, told, toldOfKill } from "./report";
import { type Recording, phases, record } from "./row";
import { subjects } from "./subjects";

/**
 * `npm run faults`: every request that the kinds send, with every fault. `-- --only Source` runs one kind,
 * `-- --every 20` every twentieth row, `-- --kills` only the killed processes.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { only: { type: "string" }, every: { type: "string", default: "1" }, kills: { type: "boolean" } },
  });
  const started = Date.now();
  keepNotesApart();
  const all = values.kills ? [] : await cases((name) => values.only === undefined || name === values.only);
  const chosen = all.filter((_, i) => i % Number(values.every) === 0);
  process.stdout.write(`${String(chosen.length)} rows of ${String(all.length)}\n`);
  let done = 0;
  const verdicts = await judgeAll(chosen, (verdict) => {
    done += 1;
    if (!isGood(verdict)) process.stdout.write(`FAILED ${titleOf(verdict.row)}\n  ${told(verdict).join("\n  ")}\n`);
    if (done % 100 === 0) process.stdout.write(`${String(done)} rows\n`);
  });
  const kills = await judgeKills(values.only, Number(values.every));
  const seconds = (Date.now() - started) / 1000;
  const report = reportOf(verdicts, kills, seconds);
  store(join(__dirname, "../../reports"), "faults.md", report);
  process.stdout.write(`${report}\n`);
  return verdicts.every(isGood) && kills.every(isGoodKill) && verdicts.length + kills.length > 0 ? 0 : 1;
}

/** Processes cost more than rows: some kinds stand for the others, which go through the same lifecycle. */
const KILLED = ["Source", "Source with schema and policy", "Schema", "Schema, new", "Schedule", "CorrelationConfig"];

async function judgeKills(only: string | undefined, every: number): Promise<KillVerdict[]> {
  const all: { kill: Kill; expected: Recording }[] = [];
  for (const subject of subjects.filter(({ name }) => (only === undefined ? KILLED.includes(name) : name === only))) {
    for (const phase of phases) {
      const expected = await record(subject, phase);
      all.push(...killsOf(subject, phase, expected).map((kill) => ({ kill, expected })));
    }
  }
  const waiting = all.filter((_, i) => i % every === 0);
  process.stdout.write(`${String(waiting.length)} kills of ${String(all.length)}\n`);
  const verdicts: KillVerdict[] = [];
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { kill, expected } = next;
      const verdict = await judgeKill(kill, expected).catch((error: unknown): KillVerdict => ({
        kill,
        problems: [String(error)],
        duplicates: [],
        orphans: [],
      }));
      if (!isGoodKill(verdict)) {
        process.stdout.write(`FAILED ${killTitle(kill)}\n  ${toldOfKill(verdict).join("\n  ")}\n`);
      }
      verdicts.push(verdict);
    }
  };
  await Promise.all([worker(), worker()]);
  return verdicts;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? String(error.stack) : String(error)}\n`);
    process.exit(2);
  },
);
