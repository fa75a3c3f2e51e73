import {
  type Found,
  type JsonObject,
  type ObjectRule,
  FREE,
  compare,
  found,
  patched,
  planned,
  toPatch,
} from "../../../provider/src/reconcile";

/** Removed is only what was absent before the program set it. */

const rule: ObjectRule = {
  is: "object",
  fields: {
    text: { is: "value" },
    flag: { is: "value", absent: false },
    files: { is: "value", equal: "files" },
    settings: { is: "free", fields: { encrypted: { is: "commaSet" } }, owned: ["healthy"] },
    object: { is: "object", fields: { a: { is: "value" }, b: { is: "value" } } },
    features: { is: "set" },
    attributes: {
      is: "keyed",
      by: "name",
      of: {
        is: "object",
        fields: { name: { is: "value" }, type: { is: "value" }, multi: { is: "value", absent: false } },
      },
    },
    fields: { is: "list", by: "name", of: { is: "object", fields: { name: { is: "value" }, type: { is: "value" } } } },
    transform: { is: "free", variant: "type" },
    owner: { is: "reference", to: "identity" },
    list: { is: "list", of: FREE },
    opaque: { is: "free", equal: "caseless" },
  },
};

/** Declares `first` over `before`, then `second`, and gives what the tenant has in the end. */
function afterwards(before: JsonObject, first: JsonObject, second: JsonObject): JsonObject {
  const known: Found = found(first, {}, before, rule);
  const live = patched(before, toPatch(compare(first, {}, before, rule), before));
  const changes = compare(second, first, live, rule, live, { found: known });
  return patched(live, toPatch(changes, live));
}

describe("no longer declared, what was there before stays as it is", () => {
  test.each<[string, JsonObject, JsonObject, JsonObject, JsonObject]>([
    ["a value declared as it stood", { text: "t" }, { text: "t" }, {}, { text: "t" }],
    ["a value that was changed", { text: "t" }, { text: "u" }, {}, { text: "u" }],
    ["not a value that was absent", {}, { text: "t" }, {}, {}],
    ["not a value that was blank", { text: "" }, { text: "t" }, {}, {}],
    ["not a flag that had its default", { flag: false }, { flag: true }, {}, {}],
    ["a flag that was on", { flag: true }, { flag: true }, {}, { flag: true }],
    [
      "keys with dots and slashes, beside those that were not there",
      { settings: { "a.b/c~d": 1, __other: 1 } },
      { settings: { "a.b/c~d": 2, "e.f": 3, deep: { x: 1 } } },
      { settings: {} },
      { settings: { "a.b/c~d": 2, __other: 1 } },
    ],
    [
      "keys within, when the whole goes",
      { settings: { deep: { x: 1 } } },
      { settings: { deep: { x: 1, y: 2 } } },
      {},
      { settings: { deep: { x: 1 } } },
    ],
    [
      "a key named like a prototype",
      JSON.parse(`{"settings":{"__proto__":1}}`) as JsonObject,
      JSON.parse(`{"settings":{"__proto__":1,"x":1}}`) as JsonObject,
      {},
      JSON.parse(`{"settings":{"__proto__":1}}`) as JsonObject,
    ],
    ["an object's key", { object: { a: 1 } }, { object: { a: 1, b: 2 } }, {}, { object: { a: 1 } }],
    ["members of a set", { features: ["A", "X"] }, { features: ["A", "B"] }, {}, { features: ["A", "X"] }],
    [
      "members of a comma set",
      { settings: { encrypted: "password" } },
      { settings: { encrypted: "password,mine" } },
      {},
      { settings: { encrypted: "password" } },
    ],
    [
      "a member of a keyed list, less what was added to it",
      { attributes: [{ name: "id", type: "STRING", server: 1 }] },
      { attributes: [{ name: "id", type: "STRING", multi: true }, { name: "mail" }] },
      { attributes: [] },
      { attributes: [{ name: "id", type: "STRING", server: 1 }] },
    ],
    [
      "a key of a member that is still declared",
      { attributes: [{ name: "id", type: "STRING" }] },
      { attributes: [{ name: "id", type: "STRING", multi: true }] },
      { attributes: [{ name: "id" }] },
      { attributes: [{ name: "id", type: "STRING" }] },
    ],
    [
      "an ordered list",
      { fields: [{ name: "a", type: "string" }] },
      { fields: [{ name: "a", type: "string" }] },
      {},
      { fields: [{ name: "a", type: "string" }] },
    ],
    [
      "a key of an ordered list's member, also when it moves",
      { fields: [{ name: "a", type: "string" }, { name: "b" }] },
      {
        fields: [
          { name: "a", type: "string" },
          { name: "b", type: "int" },
        ],
      },
      { fields: [{ name: "b" }, { name: "a" }] },
      { fields: [{ name: "b" }, { name: "a", type: "string" }] },
    ],
    [
      "a key of a named member in free JSON",
      { settings: { connectionParameters: [{ uniqueNameForEndPoint: "U", x: 1 }] } },
      { settings: { connectionParameters: [{ uniqueNameForEndPoint: "U", x: 1, y: 2 }] } },
      { settings: { connectionParameters: [{ uniqueNameForEndPoint: "U" }] } },
      { settings: { connectionParameters: [{ uniqueNameForEndPoint: "U", x: 1 }] } },
    ],
    ["not an ordered list that was not there", {}, { fields: [{ name: "a" }] }, {}, {}],
    [
      "a transform, less what was added to it",
      { transform: { type: "static", value: "x" } },
      { transform: { type: "static", value: "x", more: 1 } },
      {},
      { transform: { type: "static", value: "x" } },
    ],
    ["not a transform that was not there", {}, { transform: { type: "static", value: "x" } }, {}, {}],
    ["a reference", { owner: { id: "1", name: "A" } }, { owner: { id: "1" } }, {}, { owner: { id: "1", name: "A" } }],
    ["files", { files: "x.jar" }, { files: [{ path: "x.jar", hash: "1" }] }, {}, { files: "x.jar" }],
  ])("%s", (_what, before, first, second, expected) => {
    expect(afterwards(before, first, second)).toEqual(expected);
  });
});

describe("what is remembered", () => {
  it("is a small tree of the paths", () => {
    const desired = {
      text: "t",
      flag: true,
      settings: { "a.b": 1, new: 2, healthy: true, encrypted: "p,q" },
      features: ["A", "B"],
      attributes: [{ name: "id", type: "STRING" }, { name: "mail" }],
      fields: [{ name: "a", type: "x" }],
      list: [1],
    };
    const before = {
      text: "s",
      settings: { "a.b": 0, healthy: true, encrypted: "p" },
      features: ["A"],
      attributes: [{ name: "id" }],
      fields: [{ name: "a", type: "y" }],
      list: [2],
    };
    expect(found(desired, {}, before, rule)).toEqual({
      text: true,
      settings: { "a.b": true, encrypted: { '"p"': true } },
      features: { '"A"': true },
      attributes: { '"id"': { name: true } },
      fields: { whole: true, '["a"]': { name: true, type: true } },
      list: { whole: true },
    });
    expect(found(desired, {}, {}, rule)).toEqual({});
    expect(found({}, {}, before, rule)).toEqual({});
    expect(found({ text: null }, {}, before, rule)).toEqual({});
  });

  it("of earlier updates stays, and what the program set itself is never found later", () => {
    const before = { text: "t", settings: { a: 1, b: 1 }, features: ["A", "B"], fields: [{ name: "x", type: "y" }] };
    const first = { text: "u", settings: { a: 2 }, features: ["A"], fields: [{ name: "x" }] };
    const earlier = found(first, {}, before, rule);
    const second = { text: "u", settings: { a: 2, b: 1 }, features: ["A", "B"], fields: [{ name: "x", type: "y" }] };
    const now = found(second, first, before, rule, earlier);
    expect(now).toEqual({
      text: true,
      settings: { a: true, b: true },
      features: { '"A"': true, '"B"': true },
      fields: { whole: true, '["x"]': { name: true, type: true } },
    });
    // Nothing was found at first; that it is there now is our own doing.
    expect(found(second, second, before, rule, {})).toEqual({});
  });

  test.each<[string, JsonObject, JsonObject, JsonObject, Found]>([
    ["what was declared as null", { text: "t" }, { text: null }, { text: "s" }, { text: true }],
    ["of what has an equality of its own, the whole", { opaque: { a: 1 } }, {}, { opaque: { a: 1 } }, { opaque: true }],
    ["of a list that is one value, too", { text: ["a"] }, {}, { text: ["b"] }, { text: true }],
    [
      "of a list of others the list alone",
      { fields: [{ name: "n" }] },
      {},
      { fields: [{ name: "x" }] },
      { fields: { whole: true } },
    ],
    [
      "of a list of ours the keys that it did not have from us, wherever their members stand",
      {
        fields: [
          { name: "y", type: "1" },
          { name: "x", type: "2" },
          { name: "new", type: "3" },
        ],
      },
      { fields: [{ name: "x", type: "2" }, { name: "y" }] },
      {
        fields: [
          { name: "x", type: "0" },
          { name: "y", type: "0" },
        ],
      },
      { fields: { '["y"]': { type: true } } },
    ],
    [
      "of a list of ours without names all that is there",
      { fields: [{ name: "x", type: "2" }] },
      { fields: [{ name: "x" }, { name: "x" }] },
      { fields: [{ name: "x", type: "0" }] },
      { fields: { '["x"]': { type: true } } },
    ],
    ["not what there is no rule for", { other: 1 }, {}, { other: 1 }, {}],
  ])("is %s", (_what, desired, applied, before, expected) => {
    expect(found(desired, applied, before, rule)).toEqual(expected);
  });

  it("is nothing where nothing is declared", () => {
    expect(found(undefined, undefined, { text: "t" }, rule)).toEqual({});
  });

  it("of a list's member is what it was, also when the member moves", () => {
    const before = {
      fields: [
        { name: "x", type: "1" },
        { name: "y", type: "2" },
      ],
    };
    const earlier = { fields: { whole: true, '["y"]': { name: true, type: true } } };
    const moved = { fields: before.fields.toReversed() };
    expect(found(moved, before, before, rule, earlier)).toEqual(earlier);
  });

  it("is forgotten when somebody else removed it, or the program does not declare it", () => {
    const declared = {
      text: "t",
      settings: { a: 1 },
      attributes: [{ name: "id" }],
      fields: [{ name: "x" }],
      features: ["A"],
    };
    const earlier = found(declared, {}, declared, rule);
    expect(found(declared, declared, {}, rule, earlier)).toEqual({});
    expect(found({}, declared, declared, rule, earlier)).toEqual({});
  });

  it("is of a list only its being there, where its members have no names", () => {
    const twins = { fields: [{ name: "a" }, { name: "a", type: "x" }] };
    expect(found(twins, {}, twins, rule)).toEqual({ fields: { whole: true } });
  });

  it("is no other key of the same name as our mark of a list", () => {
    const declared = { settings: { deep: { whole: 1 } } };
    const known = found(declared, {}, declared, rule);
    expect(compare({}, declared, { settings: { deep: "text" } }, rule, {}, { found: known })).toHaveLength(1);
  });

  it("keeps a preview from telling of a removal", () => {
    const declared = { text: "t", settings: { a: 1, b: 2 } };
    const known = found(declared, {}, { text: "s", settings: { a: 1 } }, rule);
    expect(planned({}, declared, rule, known).map(({ path }) => path)).toEqual([["settings", "b"]]);
    expect(planned({}, declared, rule).map(({ path }) => path)).toEqual([["text"], ["settings"]]);
  });
});
