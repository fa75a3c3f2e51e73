import {
  type Json,
  type JsonObject,
  type Rule,
  compare,
  patched,
  project,
  toPatch,
  untaken,
} from "../../../provider/src/reconcile";

/** Keys of members that no document names: they are sent, and whether the tenant keeps them is its own business. */
const member = { is: "object", fields: { name: { is: "value" } }, rest: { is: "value", carried: true } } as const;
const lists: [string, Rule][] = [
  ["a keyed list", { is: "keyed", by: "name", of: member }],
  ["an ordered list", { is: "list", by: "name", of: member }],
];
const TOLD = { name: "a", extra: { deep: [1] } };
const BARE = { name: "a" };

describe.each(lists)("a member of %s", (_what, list) => {
  const rule: Rule = { is: "object", fields: { list } };
  const of = (...members: Json[]): JsonObject => ({ list: members });
  const changes = (desired: Json, applied: Json, live: Json) => compare(of(desired), of(applied), of(live), rule);
  const after = (desired: Json, applied: Json, live: Json) =>
    patched(of(live), toPatch(changes(desired, applied, live), of(live)));

  test("takes a key that nobody knows to the tenant", () => {
    expect(after(TOLD, BARE, BARE)).toEqual(of(TOLD));
    expect(patched({}, toPatch(compare(of(TOLD), {}, {}, rule), {}))).toEqual(of(TOLD));
    expect(after({ ...TOLD, extra: 2 }, TOLD, TOLD)).toEqual(of({ ...TOLD, extra: 2 }));
  });

  test("is quiet whether the tenant keeps the key or drops it", () => {
    for (const live of [TOLD, BARE]) {
      expect(changes(TOLD, TOLD, live)).toEqual([]);
      expect(compare(of(TOLD), {}, of(live), rule, of(live), { settled: true })).toEqual([]);
      expect(project(of(TOLD), of(live), rule)).toEqual(of(TOLD));
    }
    const sent = changes(TOLD, BARE, BARE);
    expect(untaken(sent, of(BARE), rule)).toEqual([]);
  });

  test("is set again when others made another value of the key, and rid of it when it is no longer declared", () => {
    const theirs = { ...BARE, extra: "theirs" };
    expect(project(of(TOLD), of(theirs), rule)).toEqual(of(theirs));
    expect(after(TOLD, TOLD, theirs)).toEqual(of(TOLD));
    expect(after(BARE, TOLD, TOLD)).toEqual(of(BARE));
    expect(after(BARE, BARE, theirs)).toEqual(of(theirs));
  });
});
