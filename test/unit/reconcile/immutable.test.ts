import {
  type JsonObject,
  type ObjectRule,
  compare,
  immutableDrift,
  ownedPaths,
  pathText,
  planned,
  replaces,
  written,
} from "../../../provider/src/reconcile";

const immutable = "because";
const rule: ObjectRule = {
  is: "object",
  fields: {
    class: { is: "value", immutable },
    connector: { is: "value", immutable, equal: "connector" },
    csv: { is: "value", immutable, absent: false },
    owner: { is: "reference", to: "identity", immutable },
    whole: { is: "object", immutable, fields: { a: { is: "value" }, b: { is: "value" } } },
    name: { is: "value" },
    settings: {
      is: "free",
      owned: new Set(["healthy"]),
      fields: { since: { is: "value", owned: "it is a clock" } },
    },
    counted: { is: "value", owned: "the tenant counts" },
    members: {
      is: "keyed",
      by: "name",
      of: {
        is: "object",
        fields: { name: { is: "value" }, kind: { is: "value", immutable }, seen: { is: "value", owned: "why" } },
      },
    },
    steps: { is: "list", of: { is: "object", fields: { at: { is: "value", owned: "why" }, free: { is: "free" } } } },
  },
};

describe("an immutable field replaces", () => {
  test.each<[string, JsonObject, JsonObject, JsonObject | undefined, string[]]>([
    [
      "when the program asks for another value than it had applied",
      { class: "b" },
      { class: "a" },
      undefined,
      ["class"],
    ],
    ["not when nothing is asked for", { class: "a", name: "b" }, { class: "a" }, undefined, []],
    ["not when it is no longer declared", {}, { class: "a", csv: true }, { class: "a" }, []],
    [
      "not when it is declared as nothing",
      { class: "", connector: null },
      { class: "a", connector: "c" },
      undefined,
      [],
    ],
    ["not when it is only declared now", { class: "a", owner: { id: "1" } }, {}, undefined, []],
    ["when it is only declared now and known to be otherwise", { class: "a" }, {}, { class: "b" }, ["class"]],
    ["not when it is only declared now as it is known to be", { class: "a" }, {}, { class: "a" }, []],
    ["not when the program follows what the vendor has done", { class: "b" }, { class: "a" }, { class: "b" }, []],
    ["when the program asks for a third value", { class: "c" }, { class: "a" }, { class: "b" }, ["class"]],
    ["not for another spelling", { connector: "csv" }, { connector: "web" }, { connector: "csv-angularsc" }, []],
    ["by its default, where nothing else is known", { csv: true }, {}, undefined, ["csv"]],
    ["not by its default, where more is known", { csv: true }, {}, { csv: true }, []],
    ["not when the default is declared", { csv: false }, {}, undefined, []],
    ["when a flag is turned off", { csv: false }, { csv: true }, undefined, ["csv"]],
    ["once", { class: "b", csv: true }, { class: "a", csv: false }, undefined, ["class", "csv"]],
    ["by another key in it", { whole: { a: 2 } }, { whole: { a: 1 } }, undefined, ["whole"]],
    ["not by one that is only declared now", { whole: { a: 1, b: 1 } }, { whole: { a: 1 } }, { whole: { a: 1 } }, []],
    ["by another reference", { owner: { id: "2" } }, { owner: { id: "1" } }, undefined, ["owner"]],
  ])("%s", (_what, desired, applied, live, fields) => {
    expect(replaces(planned(desired, applied, rule), rule, live)).toEqual(fields);
  });

  it("is no matter of what else changed, nor of fields within", () => {
    expect(replaces([{ kind: "modified", path: ["name"], from: 1, to: 2 }], rule)).toEqual([]);
    const members = { members: [{ name: "x", kind: "b" }] };
    expect(replaces(planned(members, { members: [{ name: "x", kind: "a" }] }, rule), rule)).toEqual([]);
  });
});

it("drift of it is no change, and is told for a warning", () => {
  const declared = { class: "a", connector: "csv", name: "n", csv: true, members: [{ name: "x", kind: "a" }] };
  const live = { class: "b", connector: "csv-angularsc", name: "m", members: [{ name: "x", kind: "b" }] };
  expect(compare(declared, declared, live, rule).map(({ path }) => pathText(path))).toEqual(["name"]);
  expect(immutableDrift(declared, live, rule)).toEqual([
    { path: ["class"], declared: "a", live: "b", why: immutable },
    { path: ["members", { by: "name", key: "x" }, "kind"], declared: "a", live: "b", why: immutable },
  ]);
  expect(immutableDrift(declared, {}, rule)).toEqual([]);
  expect(immutableDrift({ class: "" }, live, rule)).toEqual([]);
  expect(immutableDrift(undefined, live, rule)).toEqual([]);
  expect(immutableDrift({ class: "a", other: 1, name: ["x"] }, { class: "", name: ["y"] }, rule)).toEqual([]);
});

it("declaring what the tenant owns is told for a warning, with the reason", () => {
  const declared = {
    name: "n",
    counted: 1,
    settings: { healthy: true, since: 1, deep: { healthy: true }, "a.b": 1 },
    members: [{ name: "x", seen: 1 }],
    steps: [{ free: { at: 1 } }, { at: 1 }],
  };
  expect(ownedPaths(declared, rule).map(({ path, why }) => `${pathText(path)}: ${why}`)).toEqual([
    "counted: the tenant counts",
    "settings.healthy: the tenant sets it by itself",
    "settings.since: it is a clock",
    "members[name=x].seen: why",
    "steps[1].at: why",
  ]);
  expect(ownedPaths({ counted: null, settings: null, name: "n" }, rule)).toEqual([]);
});

it("what is sent to make an object leaves out what the tenant owns, what is null, and what does not exist", () => {
  const declared = {
    class: "a",
    counted: 1,
    unknown: 1,
    name: null,
    settings: { healthy: true, since: 1, deep: { healthy: true, none: null } },
    steps: [{ at: 1, free: { x: [null, { y: null }] } }],
    members: [{ name: "x", seen: 1 }],
  };
  expect(written(declared, rule)).toEqual({
    class: "a",
    settings: { deep: { healthy: true } },
    steps: [{ free: { x: [null, {}] } }],
    members: [{ name: "x" }],
  });
});
