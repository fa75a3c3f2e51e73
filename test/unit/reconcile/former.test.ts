import {
  type Change,
  type IsSecret,
  type Json,
  type JsonObject,
  type ObjectRule,
  FREE,
  compare,
  declarable,
  managed,
  masked,
  patched,
  restoring,
  sameInAnyOrder,
  toPatch,
} from "../../../provider/src/reconcile";

/** What is kept of an object that was taken over, what it takes to put it back, and how an import spells an object. */

const rule: ObjectRule = {
  is: "object",
  fields: {
    name: { is: "value" },
    owner: { is: "reference", to: "identity" },
    enabled: { is: "value", absent: false },
    features: { is: "set" },
    settings: FREE,
    attributes: {
      is: "keyed",
      by: "name",
      of: { is: "object", fields: { name: { is: "value" }, multi: { is: "value", absent: false } } },
    },
    fields: {
      is: "list",
      by: "name",
      of: { is: "object", fields: { name: { is: "value" }, type: { is: "value" } } },
    },
  },
};

const live: JsonObject = {
  id: "1",
  name: "Account",
  owner: { type: "IDENTITY", id: "7", name: "Amelia" },
  enabled: false,
  features: ["SYNC", "SEARCH"],
  settings: { theirs: 1, shared: { a: 1, b: 2 }, empty: "" },
  attributes: [
    { name: "id", multi: false, theirs: "x" },
    { name: "groups", multi: true, theirs: "y" },
  ],
  fields: [
    { name: "mail", type: "string", theirs: 1 },
    { name: "phone", type: "string", theirs: 2 },
  ],
};

describe("the former content", () => {
  test.each<[string, JsonObject, JsonObject]>([
    ["is that of the declared fields only", { name: "x" }, { name: "Account" }],
    ["has a flag that is off, since it is to be off again", { enabled: true }, { enabled: false }],
    [
      "is that of the declared keys of free JSON",
      { settings: { shared: { a: 9 } } },
      { settings: { shared: { a: 1 } } },
    ],
    ["has nothing where nothing was", { settings: { ours: 1 } }, { settings: {} }],
    [
      "has of a keyed list the declared members, by what is declared of them",
      { attributes: [{ name: "groups", multi: false }] },
      { attributes: [{ name: "groups", multi: true }] },
    ],
    [
      "has an ordered list whole, since it is set whole; members that nobody declared with all their keys",
      { fields: [{ name: "mail", type: "int" }] },
      {
        fields: [
          { name: "mail", type: "string" },
          { name: "phone", type: "string", theirs: 2 },
        ],
      },
    ],
    ["has an object by the keys of it", { settings: { shared: { a: 9, c: 1 } } }, { settings: { shared: { a: 1 } } }],
    ["has of a set the declared members that were there", { features: ["SYNC", "PING"] }, { features: ["SYNC"] }],
  ])("%s", (_title, desired, former) => {
    expect(managed(desired, live, rule)).toEqual(former);
  });

  test("put back over what was applied, the object is as it was, and what others did meanwhile stays", () => {
    const desired = { name: "Ours", enabled: true, fields: [{ name: "mail", type: "int" }], settings: { ours: 1 } };
    const former = managed(desired, live, rule);
    const applied = patched(live, toPatch(compare(desired, {}, live, rule), live));
    const edited = { ...applied, settings: { ...(applied.settings as JsonObject), later: 2 } };
    const back = restoring(compare(former, desired, edited, rule), former, false);
    expect(patched(edited, toPatch(back, edited))).toEqual({
      ...live,
      settings: { ...(live["settings"] as JsonObject), later: 2 },
    });
  });

  test("members that come back bring along the keys that nothing declares; others' changes do not", () => {
    const former = { fields: [{ name: "mail", type: "string", theirs: 1 }] };
    const changes: Change[] = [
      { kind: "modified", path: ["fields"], from: [], to: [{ name: "mail", type: "string" }] },
      { kind: "modified", path: ["name"], from: "a", to: "b" },
      { kind: "removed", path: ["fields"], from: [] },
      { kind: "modified", path: ["fields"], from: [], to: "text" },
      { kind: "modified", path: ["features"], from: [], to: ["SYNC"] },
    ];
    const [list, ...others] = changes;
    expect(restoring(changes, former, false)).toEqual([{ ...list, to: former.fields }, ...others]);
    expect(restoring(changes, { ...former, features: ["PING"] }, true)).toEqual([
      { ...list, to: former.fields },
      ...others,
    ]);
  });
});

test("what was null is null again where the object is written whole, and goes where it is patched", () => {
  const before = { settings: { none: null, some: 1 }, fields: null };
  const desired = { settings: { none: 2 }, fields: [{ name: "mail" }] };
  const former = managed(desired, before, rule);
  expect(former).toEqual({ settings: { none: null }, fields: null });
  const live = patched(before, toPatch(compare(desired, {}, before, rule), before));
  const back = (isWhole: boolean) => restoring(compare(former, desired, live, rule), former, isWhole);
  expect(patched(live, toPatch(back(true), live))).toEqual(before);
  expect(back(false).map(({ kind }) => kind)).toEqual(["removed", "removed"]);
  expect(back(true).map(({ kind }) => kind)).toEqual(["modified", "modified"]);
  expect(managed({ enabled: true }, { enabled: null }, rule)).toEqual({ enabled: false });
});

test("an import spells an object as a program would: nothing blank, no flag that is off, nothing unknown to us", () => {
  expect(declarable(live, rule, () => ({ name: "Amelia" }))).toEqual({
    name: "Account",
    owner: { name: "Amelia" },
    features: ["SYNC", "SEARCH"],
    settings: live["settings"],
    attributes: [{ name: "id" }, { name: "groups", multi: true }],
    fields: [
      { name: "mail", type: "string" },
      { name: "phone", type: "string" },
    ],
  });
  expect(declarable({ id: "1", name: "", enabled: false, features: [] }, rule)).toBeUndefined();
});

test("secrets are masked at every depth, and nothing else is", () => {
  const isSecret: IsSecret = (key, value) => key === "password" || value === "1:cipher";
  const value = {
    password: "x",
    host: "h",
    list: [{ password: "y", port: 1 }, "1:cipher"],
    deep: { password: { kept: "an object is no secret" }, none: null, on: true },
  };
  expect(masked(value, isSecret)).toEqual({
    password: "",
    host: "h",
    list: [{ password: "", port: 1 }, ""],
    deep: { password: { kept: "an object is no secret" }, none: null, on: true },
  });
});

test.each<[string, Json, Json, boolean]>([
  ["members in another order", { a: [1, { b: [2, 3] }] }, { a: [{ b: [3, 2] }, 1] }, true],
  ["another member", [1, 2], [1, 3], false],
  ["a member twice", [1, 1, 2], [1, 2, 2], false],
  ["blank and absent", { a: null, b: "", c: 1 }, { c: 1, d: [] }, true],
  ["keys in another order", { a: 1, b: 2 }, { b: 2, a: 1 }, true],
  ["a text and a number", { a: "1" }, { a: 1 }, false],
  ["texts that look like JSON", ["a,b"], ["a", "b"], false],
])("the same in any order: %s", (_title, left, right, expected) => {
  expect(sameInAnyOrder(left, right)).toBe(expected);
});
