import fc from "fast-check";
import { KINDS, triples } from "../../fuzz/arbitraries";
import { checkConcurrency } from "../../fuzz/concurrency";
import { check } from "../../fuzz/properties";
import { checkSecrets, secretsCases } from "../../fuzz/secrets";

// The same cases every time; `npm run fuzz` tries others, and many more. `npm run mutants` takes a few, and no care to
// make a case that fails small.
const few = process.env["SAMPLE_RUNS"];
const SAMPLE = { seed: 20_251_122, numRuns: Number(few ?? "1000"), endOnFailure: few !== undefined };

describe("whatever is declared, applied and live", () => {
  it.each(KINDS)("%s: one patch leads there, touches nothing else, and a second round finds nothing", (kind) => {
    fc.assert(
      fc.property(triples(kind), (triple) => void check(triple)),
      SAMPLE,
    );
  });

  it.each(KINDS)("%s: an edit between our read and our PATCH is never lost", (kind) => {
    fc.assert(
      fc.property(triples(kind), (triple) => void checkConcurrency(triple)),
      SAMPLE,
    );
  });

  it("secrets: cipher text hides nothing and changes nothing", () => {
    fc.assert(
      fc.property(secretsCases, (secrets) => void checkSecrets(secrets)),
      SAMPLE,
    );
  });
});
