import { type RunningTenant, startTenant } from "sailpoint-simulator";
import { Engine } from "../../engine-model/engine";
import type { Declared } from "../../engine-model/goal";
import { keepNotesApart } from "../../faults/notes";
import { settingsFor } from "../../faults/row";

/** The account schema that a tenant makes with a source has attributes of its own, which stay unless one says `exact`. */
beforeAll(keepNotesApart);

let tenant: RunningTenant;
let engine: Engine;
beforeEach(async () => {
  tenant = await startTenant({ shuffle: true });
  engine = new Engine(settingsFor(tenant));
});
afterEach(() => tenant.close());

const source: Declared = {
  name: "hr",
  kind: "source",
  args: { name: "HR", owner: { alias: "support" }, connector: "jdbc" },
};
const account = (more: Declared["args"], ...names: string[]): Declared => ({
  name: "account",
  kind: "schema",
  args: {
    source: { ref: "hr" },
    name: "account",
    attributes: names.map((name) => ({ name, type: "STRING" })),
    ...more,
  },
});
const schema = () =>
  Object.values(tenant.admin.state()["schemas"]?.[engine.idOf("hr")] ?? {}).find(
    (one) => (one as { name: string }).name === "account",
  ) as { id: string; attributes: { name: string }[] };
const names = () =>
  schema()
    .attributes.map(({ name }) => name)
    .sort();
const up = async (...declared: Declared[]) => {
  const { steps, errors } = await engine.up([source, ...declared]);
  expect(errors).toEqual([]);
  return steps;
};
const exact = { exact: true, identityAttribute: "id", displayAttribute: "mail" };

test("what is not declared goes, what others add later is drift that goes, and all comes back when it is let go", async () => {
  await up();
  const before = names();
  expect(before.length).toBeGreaterThan(2);
  await up(account(exact, "id", "mail"));
  expect(names()).toEqual(["id", "mail"]);
  expect(await up(account(exact, "id", "mail"))).toEqual([]);

  const path = `/sources/${engine.idOf("hr")}/schemas/${schema().id}`;
  tenant.admin.edit(path, [{ op: "add", path: "/attributes/0", value: { ...schema().attributes[0], name: "theirs" } }]);
  await engine.refresh();
  expect(await up(account(exact, "id", "mail"))).toEqual([{ op: "update", name: "account" }]);
  expect(names()).toEqual(["id", "mail"]);

  await up();
  expect(names()).toEqual([...before, "theirs"].filter((name) => before.includes(name)));
});

test("it can be said later, and unsaid", async () => {
  await up(account({ identityAttribute: "id", displayAttribute: "mail" }, "id", "mail"));
  const all = names();
  expect(all.length).toBeGreaterThan(2);
  expect(await up(account(exact, "id", "mail"))).toEqual([{ op: "update", name: "account" }]);
  expect(names()).toEqual(["id", "mail"]);
  await up(account({ ...exact, exact: false }, "id", "mail"));
  expect(names().sort()).toEqual(all);
  expect(await up(account({ ...exact, exact: false }, "id", "mail"))).toEqual([]);
});
