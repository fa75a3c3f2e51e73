import fc, { type Arbitrary } from "fast-check";
import type { Patch } from "../../provider/src/reconcile";
import { KINDS, triples } from "./arbitraries";
import { checkConcurrency } from "./concurrency";
import { check } from "./properties";
import { checkSecrets, secretsCases } from "./secrets";

const WIDTHS = [47, 9, 14, 12, 9, 9, 8];

/**
 * `npm run fuzz`: the properties of the reconcile, each with many random cases. FUZZ_RUNS sets how many, FUZZ_SEED
 * repeats a run, FUZZ_ONLY takes only the rows whose name matches this pattern. What fails is shown as its smallest case.
 */
export function main(environment: NodeJS.ProcessEnv, print: (text: string) => void): boolean {
  const numRuns = wholeNumber(environment["FUZZ_RUNS"] ?? "100000");
  const seed = wholeNumber(environment["FUZZ_SEED"] ?? String(Date.now() % 2 ** 31));
  const only = new RegExp(environment["FUZZ_ONLY"] ?? "");
  if (Number.isNaN(numRuns) || Number.isNaN(seed)) {
    print("FUZZ_RUNS and FUZZ_SEED must be whole numbers, for example FUZZ_RUNS=1000");
    return false;
  }
  const table = (...cells: (string | number)[]) =>
    print(cells.map((cell, i) => (i === 0 ? String(cell).padEnd(47) : String(cell).padStart(WIDTHS[i] ?? 0))).join(""));

  print(`seed ${seed}, ${numRuns} cases a row; to repeat: FUZZ_SEED=${seed} FUZZ_RUNS=${numRuns} npm run fuzz\n`);
  table("", "cases", "with changes", "operations", "guards", "seconds", "");
  const failures = rows
    .filter(({ name }) => only.test(name))
    .flatMap(({ name, run }) => {
      const start = Date.now();
      const { cases, changed, operations, guards, failure } = run({ numRuns, seed });
      const seconds = ((Date.now() - start) / 1000).toFixed(1);
      table(name, cases, changed, operations, guards, seconds, failure === undefined ? "held" : "FAILED");
      return failure === undefined ? [] : [`${name}: ${failure}`];
    });
  failures.forEach((failure) => print(`\n${failure}`));
  return failures.length === 0;
}

const wholeNumber = (text: string): number => (/^\d+$/.test(text) ? Number(text) : NaN);

interface Tally {
  cases: number;
  changed: number;
  operations: number;
  guards: number;
  failure?: string;
}

interface Row {
  name: string;
  run: (parameters: { numRuns: number; seed: number }) => Tally;
}

const rows: Row[] = [
  ...KINDS.map((kind) => row(kind, triples(kind), check)),
  ...KINDS.map((kind) => row(`${kind}, edited between read and write`, triples(kind), checkConcurrency)),
  row("secrets", secretsCases, checkSecrets),
];

function row<Case>(name: string, cases: Arbitrary<Case>, holds: (one: Case) => Patch): Row {
  return {
    name,
    run: (parameters) => {
      const tally: Tally = { cases: 0, changed: 0, operations: 0, guards: 0 };
      const property = fc.property(cases, (one) => {
        const patch = holds(one);
        const guards = patch.filter(({ op }) => op === "test").length;
        tally.cases += 1;
        tally.changed += patch.length > 0 ? 1 : 0;
        tally.operations += patch.length - guards;
        tally.guards += guards;
      });
      const result = fc.check(property, parameters);
      if (!result.failed) return tally;
      const cause = result.errorInstance instanceof Error ? result.errorInstance.message : "";
      return { ...tally, failure: `${fc.defaultReportMessage(result)}\n${cause}` };
    },
  };
}
