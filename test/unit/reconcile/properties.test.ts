import fc from "fast-check";
import { KINDS, triples } from "../../fuzz/arbitraries";
import { check } from "../../fuzz/properties";

// The same triples every time; `npm run fuzz` tries others, and many more.
const SAMPLE = { seed: 20_251_122, numRuns: 2_000 };

describe("whatever is declared, applied and live", () => {
  it.each(KINDS)("%s: one patch leads there, touches nothing else, and a second round finds nothing", (kind) => {
    fc.assert(fc.property(triples(kind), check), SAMPLE);
  });
});
