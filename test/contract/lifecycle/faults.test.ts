import { isGood, cases, judgeAll, titleOf } from "../../faults/matrix";
import { keepNotesApart } from "../../faults/notes";
import { told } from "../../faults/report";

beforeAll(keepNotesApart);

/** A sample of `npm run faults`, another part of each kind and phase at each fault. */
const EVERY = 67;

test("a sample of the faults: one command with it, then everything is as if nothing had been", async () => {
  const all = await cases();
  expect(all.length).toBeGreaterThan(1000);
  const sample = all.filter((_, i) => i % EVERY === 0);
  const verdicts = await judgeAll(sample, () => undefined);
  const bad = verdicts.filter((verdict) => !isGood(verdict));
  expect(bad.map((verdict) => [titleOf(verdict.row), ...told(verdict)].join("\n"))).toEqual([]);
});
