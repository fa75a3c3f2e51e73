import { checkArguments } from "../../../provider/src/lifecycle/arguments";
import { functions } from "../../../provider/src/tenant/answers";

type Name = keyof typeof functions;
const names = Object.keys(functions) as Name[];

test.each<[Name, unknown, string[]]>([
  ["getSources", { filter: 'name eq "x"' }, ['filter: is no argument of getSources; the nearest is "filters"']],
  ["getSources", { q: 1 }, ["q: is no argument of getSources; there are filters"]],
  ["getSources", { filters: 5 }, ["filters: is the number 5 where text belongs: give a filter of the API"]],
  ["getSources", { filters: "" }, ["filters: is empty: give a filter of the API"]],
  ["getSources", { filters: " \t" }, ["filters: is empty: give a filter of the API"]],
  ["getSources", 'name eq "x"', ["is a string: give an object"]],
  ["getSource", {}, ["names no source: give { name } or { id }"]],
  ["getSource", { name: null, id: undefined }, ["names no source: give { name } or { id }"]],
  ["getSource", undefined, ["names no source: give { name } or { id }"]],
  ["getSource", null, ["names no source: give { name } or { id }"]],
  ["getSource", "HR", ["is a string: give source as { name } or { id }"]],
  ["getSource", ["HR"], ["is a list: give source as { name } or { id }"]],
  ["getSource", { name: 2024 }, ["name: is the number 2024 where text belongs: give name"]],
  ["getSource", { name: [1] }, ["name: is a list where text belongs: give name"]],
  ["getSource", { name: {} }, ["name: is an object where text belongs: give name"]],
  ["getSource", { id: true }, ["id: is a boolean where text belongs: give id"]],
  ["getSource", { name: NaN }, ["name: is the number NaN where text belongs: give name"]],
  ["getSource", { name: Promise.resolve("HR") }, ["name: is a promise where text belongs: give name"]],
  ["getSource", { name: "" }, ["name: is empty: give name"]],
  ["getSource", { name: "  " }, ["name: is empty: give name"]],
  ["getIdentity", { alias: 5 }, ["alias: is the number 5 where text belongs: give alias"]],
  [
    "getIdentity",
    { alias: "a", name: "b" },
    [
      "names the identity by alias and name: give exactly one of { alias } or { name } or { id }, so that they cannot " +
        "contradict",
    ],
  ],
  [
    "getCluster",
    { name: 5, id: "x" },
    [
      "name: is the number 5 where text belongs: give name",
      "names the cluster by name and id: give exactly one of { name } or { id }, so that they cannot contradict",
    ],
  ],
  [
    "getConnector",
    { scriptname: "jdbc", provider: "x" },
    [
      'scriptname: is no argument of getConnector; the nearest is "scriptName"',
      "provider: is no argument of getConnector; there are scriptName, name",
      "names no connector: give { scriptName } or { name }",
    ],
  ],
])("%s tells all that is wrong with its arguments: %j", (name, given, reasons) => {
  expect(checkArguments(name, given).failures.map(({ reason }) => reason)).toEqual(reasons);
});

test("a failure names its argument, and what is wrong with all of them names none", () => {
  const { failures } = checkArguments("getCluster", { name: 5, id: "x" });
  expect(failures.map(({ property }) => property)).toEqual(["name", ""]);
});

test.each(names.flatMap((name) => Object.keys(functions[name].takes).map((key) => [name, key] as const)))(
  "%s takes %s, and null for any other",
  (name, key) => {
    const given = {
      ...Object.fromEntries(Object.keys(functions[name].takes).map((other) => [other, null])),
      [key]: "x",
    };
    expect(checkArguments(name, given)).toEqual({ args: { [key]: "x" }, failures: [] });
  },
);

test("a value that holds itself, as a resource does, is no text", () => {
  const resource: Record<string, unknown> = {};
  resource["parent"] = resource;
  const { failures } = checkArguments("getSource", { id: resource });
  expect(failures).toEqual([{ property: "id", reason: "id: is an object where text belongs: give id" }]);
});

test("all sources are asked for without arguments", () => {
  for (const given of [undefined, null, {}, { filters: null }])
    expect(checkArguments("getSources", given)).toEqual({ args: {}, failures: [] });
});
