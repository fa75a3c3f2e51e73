import { type RunningTenant, startTenant } from "sailpoint-simulator";
import { keepNotesApart } from "../../faults/notes";
import { settingsFor } from "../../faults/row";
import { Engine } from "../../engine-model/engine";
import { type Declared, type Goal, type Json, goalsOf } from "../../engine-model/goal";

/** What the fuzz of habits has found, each as the least that shows it. */

let tenant: RunningTenant;
let engine: Engine;
beforeAll(keepNotesApart);
beforeEach(async () => {
  tenant = await startTenant();
  engine = new Engine(settingsFor(tenant));
});
afterEach(() => tenant.close());

const source = (args: Json = {}): Declared => ({
  name: "a",
  kind: "source",
  args: { name: "Alpha", owner: { alias: "slpt.services" }, connector: "web-services", ...args },
});
const retained = (declared: Declared): Goal[] => goalsOf([declared]).map((goal) => ({ ...goal, retainOnDelete: true }));

test.each<[string, (now: Declared) => Promise<{ errors: string[] }>]>([
  ["kept at its replacement", (now) => engine.up(retained(now))],
  [
    "tainted",
    (now) => {
      engine.taint("source::a");
      return engine.up([now]);
    },
  ],
])("a source that is %s is not taken for one of another connector", async (_how, up) => {
  expect((await engine.up(retained(source()))).errors).toEqual([]);
  const { errors } = await up(source({ connector: "jdbc", adopt: true }));
  expect(errors).toEqual([expect.stringContaining("is on the tenant already, but with another connector")]);
});
