import {
  type Json,
  type JsonObject,
  type ObjectRule,
  compare,
  managed,
  patched,
  planned,
  project,
  toPatch,
} from "../../../provider/src/reconcile";

/** A keyed list whose membership is ours, too, once the flag beside it is on. */
const RULE: ObjectRule = {
  is: "object",
  fields: {
    list: {
      is: "keyed",
      by: "name",
      exact: "exact",
      of: { is: "object", fields: { name: { is: "value" }, type: { is: "value" } } },
    },
    exact: { is: "value", absent: false, apart: true },
  },
};
const of = (...names: string[]): Json => names.map((name) => ({ name, type: "T" }));
const exactly = (...names: string[]): JsonObject => ({ exact: true, list: of(...names) });
const loosely = (...names: string[]): JsonObject => ({ list: of(...names) });

test.each<[string, JsonObject, JsonObject, JsonObject, string[]]>([
  ["members of others go", exactly("a"), exactly("a"), exactly("x", "a", "y"), ["a"]],
  ["they go when the flag is new, too", exactly("a"), loosely("a"), exactly("x", "a"), ["a"]],
  ["what the program declares is added and set", exactly("a", "b"), exactly("a"), exactly("x", "a"), ["a", "b"]],
  ["without the flag they stay", loosely("a"), loosely("a", "b"), loosely("x", "a", "b"), ["x", "a"]],
  ["so they do when it is off", { ...loosely("a"), exact: false }, loosely("a"), loosely("x", "a"), ["x", "a"]],
  ["none is none", exactly(), exactly("a"), exactly("x", "a"), []],
])("%s", (_it, desired, applied, live, names) => {
  const changes = compare(desired, applied, live, RULE, live, { found: { list: { '"x"': { name: true } } } });
  const after = patched(live, toPatch(changes, live))["list"] as { name: string }[];
  expect(after.map(({ name }) => name)).toEqual(names);
  // Then nothing is left to be done.
  expect(compare(desired, desired, { ...live, list: after }, RULE)).toEqual([]);
});

test("a read shows members of others as a program would declare them, and what is kept of them is whole", () => {
  const live = { exact: true, list: [{ name: "x", type: "T", more: 1 }, ...(of("a") as Json[])] };
  expect(project(exactly("a"), live, RULE)).toEqual(exactly("a", "x"));
  expect(project(loosely("a"), live, RULE)).toEqual(loosely("a"));
  expect(managed(exactly("a"), live, RULE)["list"]).toEqual([...(of("a") as Json[]), live.list[0]]);
});

test("a plan covers the list once the flag turns on: what else is in it was not seen", () => {
  const paths = (desired: JsonObject, applied: JsonObject) => planned(desired, applied, RULE).map(({ path }) => path);
  expect(paths(exactly("a"), loosely("a"))).toEqual([["exact"], ["list"]]);
  expect(paths(exactly("a"), exactly("a"))).toEqual([]);
  expect(paths(exactly("a", "b"), exactly("a"))).toEqual([["list", { by: "name", key: "b" }]]);
  expect(paths(loosely("a"), exactly("a"))).toEqual([["exact"]]);
});
