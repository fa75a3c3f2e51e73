import { misspelt, nearest } from "../../../provider/src/reconcile/nearest";

test.each<[string, string[], string | undefined]>([
  ["nam", ["number", "name", "names"], "name"],
  ["NAME", ["Number", "Name"], "Name"],
  ["group", ["grape", "groupNames", "groups"], "groups"],
  ["nmae", ["number", "name"], "name"],
  ["abcd", ["abxy", "zzzz"], "abxy"],
  ["abcd", ["axyz"], undefined],
  ["abcdef", ["abcxyz"], "abcxyz"],
  ["abcdef", ["abwxyz"], undefined],
  ["ab", ["xy"], "xy"],
  ["", ["name"], undefined],
  ["name", [], undefined],
  // By a word that begins alike, if just one candidate has it.
  ["sal", ["HR Salary -- Feed", "Directory of everybody"], "HR Salary -- Feed"],
  ["élan", ["Über_élan", "Directory"], "Über_élan"],
  ["2024", ["Feed 2024b", "Directory"], "Feed 2024b"],
  ["sal", ["HR Salary", "Old salaries"], undefined],
  ["ary", ["HR Salary"], undefined],
  ["sa", ["HR Salary"], undefined],
])("the nearest to %j of %j is %j", (wanted, candidates, expected) => {
  expect(nearest(wanted, candidates)).toBe(expected);
});

test.each<[string, string | undefined]>([
  ["staic", "static"],
  ["STATIC", undefined],
  ["sta", undefined],
  ["sxxxxic", undefined],
  ["split", undefined],
  ["splitt", "split"],
])("%j is %j with a slip", (word, meant) => {
  expect(misspelt(word, ["static", "split"])).toBe(meant);
});
