import fc from "fast-check";
import { type JsonObject, FREE, compare, patched, project, toPatch } from "../../../provider/src/reconcile";
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

  it("what others have beside the declared keys of a list's member is kept, whatever of these they took away", () => {
    // What is blank may be left out by the tenant.
    const of = { name: fc.constantFrom("x", "y"), port: fc.integer({ min: 1 }), flag: fc.constant(true) };
    const member = fc.record(of, { requiredKeys: ["name"] });
    const deletions = fc.subarray(["name", "port", "flag"]);
    fc.assert(
      fc.property(member, deletions, (declared, gone) => {
        const left = Object.entries(declared).filter(([key]) => !gone.includes(key));
        const live = { headers: [{ ...Object.fromEntries(left), apiKey: "theirs" }] };
        const desired: JsonObject = { headers: [declared] };
        const refreshed = project(desired, live, FREE);
        const repaired = patched(live, toPatch(compare(desired, refreshed, live, FREE), live));
        expect(repaired).toEqual({ headers: [{ ...declared, apiKey: "theirs" }] });
      }),
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
