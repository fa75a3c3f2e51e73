import fc from "fast-check";
import type { Patch } from "../../provider/src/reconcile";
import { KINDS, triples } from "./arbitraries";
import { checkConcurrency } from "./concurrency";
import { check } from "./properties";
import { checkSecrets, secretsCases } from "./secrets";

/**
 * `npm run fuzz`: random cases, many of them. FUZZ_RUNS sets how many for each row, FUZZ_SEED repeats a run; with a
 * failure the smallest case that fails is shown, and the seed.
 */
const numRuns = Number(process.env["FUZZ_RUNS"] ?? 100_000);
const seed = Number(process.env["FUZZ_SEED"] ?? Date.now() % 2 ** 31);
jest.setTimeout(2 ** 31 - 1);

const line = (...cells: (string | number)[]): void => {
  const [name = "", ...numbers] = cells.map(String);
  process.stdout.write(`${name.padEnd(44)}${numbers.map((text) => text.padStart(12)).join("")}\n`);
};

beforeAll(() => {
  process.stdout.write(`\nseed ${seed} (repeat with FUZZ_SEED=${seed} FUZZ_RUNS=${numRuns} npm run fuzz)\n\n`);
  line("", "cases", "with changes", "operations", "guards", "seconds", "");
});

/** Runs one row of the table and prints it. */
function row<Case>(name: string, cases: fc.Arbitrary<Case>, check: (one: Case) => Patch): void {
  const start = Date.now();
  const done = { cases: 0, changed: 0, operations: 0, guards: 0 };
  const property = fc.property(cases, (one) => {
    const patch = check(one);
    const guards = patch.filter(({ op }) => op === "test").length;
    done.cases += 1;
    done.changed += patch.length > 0 ? 1 : 0;
    done.operations += patch.length - guards;
    done.guards += guards;
  });
  const result = fc.check(property, { numRuns, seed });
  const seconds = ((Date.now() - start) / 1000).toFixed(1);
  line(name, done.cases, done.changed, done.operations, done.guards, seconds, result.failed ? "FAILED" : "held");
  if (result.failed) throw new Error(fc.defaultReportMessage(result), { cause: result.errorInstance });
}

describe("reconcile", () => {
  it.each(KINDS)("%s", (kind) => row(kind, triples(kind), check));

  it.each(KINDS)("%s, edited between read and write", (kind) =>
    row(`${kind}, edited between read and write`, triples(kind), checkConcurrency),
  );

  it("secrets", () => row("secrets", secretsCases, checkSecrets));
});
