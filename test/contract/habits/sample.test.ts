import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Clock, hurry } from "../../habits/clock";
import { mutations } from "../../habits/mutations";
import { sequences } from "../../habits/sequences";

/** A sample of `npm run habits`: other sequences at each run. */
const RUNS = 60;

let clock: Clock;
const notes = process.env["XDG_STATE_HOME"];
beforeAll(() => {
  clock = hurry();
});
afterAll(() => {
  clock.stop();
  if (notes === undefined) delete process.env["XDG_STATE_HOME"];
  else process.env["XDG_STATE_HOME"] = notes;
});

test("whatever programs and people do, nobody's work is lost", async () => {
  const seed = Date.now() % 2 ** 31;
  const { broken } = await sequences(clock, { runs: RUNS, seed });
  if (broken)
    throw new Error(`${JSON.stringify(broken.beginning)}\n${broken.cause}\nseed ${String(seed)}, path ${broken.path}`);
});

test.each(Object.entries(mutations))("the fix of fault %s can be taken out", (_name, parts) => {
  for (const { file, fixed } of parts) {
    const text = readFileSync(join(__dirname, "../../..", file), "utf8");
    expect(text.split(fixed)).toHaveLength(2);
  }
});
