import {
  type Json,
  type JsonObject,
  type ObjectRule,
  type Patch,
  type Path,
  FREE,
  at,
  compare,
  patched,
  pathText,
  planned,
  project,
  put,
  replaces,
  toPatch,
  unguarded,
} from "../../../provider/src/reconcile";

const rule: ObjectRule = { is: "object", fields: { f: FREE, immutable: { is: "value", immutable: "because" } } };
/** As it comes from the wire: also with keys that a literal cannot have. */
const parsed = (text: string): JsonObject => JSON.parse(text) as JsonObject;

describe("keys", () => {
  it.each([
    ["group.hasHeader", "/f/group.hasHeader"],
    ["a/b", "/f/a~1b"],
    ["a~b", "/f/a~0b"],
    ["~1", "/f/~01"],
    ["/~/", "/f/~1~0~1"],
    ["", "/f/"],
    ["0", "/f/0"],
    ["-", "/f/-"],
    ["é \"'", "/f/é \"'"],
    ["__proto__", "/f/__proto__"],
    ["constructor", "/f/constructor"],
    ["prototype", "/f/prototype"],
    ["hasOwnProperty", "/f/hasOwnProperty"],
    ["toString", "/f/toString"],
  ])("%j is a key like any other: set, changed, withdrawn, seen", (key, path) => {
    const one = parsed(`{"f":{${JSON.stringify(key)}:"one"}}`);
    const two = parsed(`{"f":{${JSON.stringify(key)}:"two","z":0}}`);
    const none = { f: { z: 0 } };

    const add = toPatch(compare(one, {}, none, rule), none);
    expect(add).toEqual([{ op: "add", path, value: "one" }]);
    expect(compare(one, one, patched(none, add), rule)).toEqual([]);
    expect(at(patched(none, add), ["f", key])).toBe("one");

    const change = toPatch(compare(one, one, two, rule), two);
    expect(change).toEqual([{ op: "replace", path, value: "one" }]);
    expect(compare(one, one, patched(two, change), rule)).toEqual([]);
    expect(JSON.stringify(project(one, two, rule))).toBe(`{"f":{${JSON.stringify(key)}:"two"}}`);

    const remove = toPatch(compare({}, one, two, rule), two);
    expect(remove).toEqual([{ op: "remove", path }]);
    expect(patched(two, remove)).toEqual(none);
  });

  it("no inherited key is taken for one of the tenant's", () => {
    const desired = { f: { toString: { a: 1 }, constructor: "x" } };
    expect(toPatch(compare(desired, {}, { f: {} }, rule), { f: {} })).toEqual([
      { op: "add", path: "/f/toString", value: { a: 1 } },
      { op: "add", path: "/f/constructor", value: "x" },
    ]);
    expect(project({ f: { valueOf: 1 } }, { f: {} }, rule)).toEqual({ f: {} });
    expect(replaces([{ kind: "added", path: ["constructor"], to: 1 }], rule)).toEqual([]);
  });

  it("nothing below __proto__ reaches the prototype of all objects", () => {
    const desired = parsed(`{"f":{"__proto__":{"polluted":1},"a":{"__proto__":{"polluted":2}}}}`);
    for (const live of [
      {},
      { f: {} },
      { f: { a: {} } },
      parsed(`{"f":{"__proto__":{"x":1},"a":{"__proto__":null}}}`),
    ]) {
      const after = patched(live, toPatch(compare(desired, {}, live, rule), live));
      expect(compare(desired, desired, after, rule)).toEqual([]);
      expect(JSON.stringify(after)).toContain(`"polluted":2`);
      expect(({} as JsonObject)["polluted"]).toBeUndefined();
      expect(Object.getPrototypeOf(after)).toBe(Object.prototype);
    }
  });

  it("put sets data, never a prototype", () => {
    const object: JsonObject = {};
    put(object, "__proto__", { polluted: 1 });
    put(object, "a", 1);
    expect(JSON.stringify(object)).toBe(`{"__proto__":{"polluted":1},"a":1}`);
    expect(object["polluted"]).toBeUndefined();
  });
});

describe("patched", () => {
  const live = { a: { b: [1, 2] }, c: 1 };

  it("changes neither the object nor the patch, and shares nothing with them", () => {
    const patch: Patch = [
      { op: "add", path: "/d", value: { e: [1] } },
      { op: "add", path: "/a/b/-", value: 3 },
    ];
    const before = JSON.stringify([live, patch]);
    const after = patched<JsonObject>(live, patch);
    expect(after).toEqual({ a: { b: [1, 2, 3] }, c: 1, d: { e: [1] } });
    (at(after, ["d", "e"]) as Json[]).push(2);
    (at(after, ["a", "b"]) as Json[]).push(4);
    expect(JSON.stringify([live, patch])).toBe(before);
  });

  it.each<[string, Patch]>([
    ["removes what is not there", [{ op: "remove", path: "/x" }]],
    ["replaces what is not there", [{ op: "replace", path: "/x", value: 1 }]],
    ["adds where no parent is", [{ op: "add", path: "/x/y", value: 1 }]],
    ["adds beyond the end of a list", [{ op: "add", path: "/a/b/5", value: 1 }]],
  ])("throws when the patch %s", (_what, patch) => {
    expect(() => patched(live, patch)).toThrow();
  });

  it("does not look at guards, which unguarded leaves out", () => {
    const patch: Patch = [
      { op: "test", path: "/c", value: 2 },
      { op: "replace", path: "/c", value: 3 },
    ];
    expect(patched(live, patch).c).toBe(3);
    expect(unguarded(patch)).toEqual([{ op: "replace", path: "/c", value: 3 }]);
  });

  it("lists whose members have odd keys can be written", () => {
    const odd = parsed(`{"f":[{"hasOwnProperty":1,"__proto__":2}]}`);
    const desired = { f: [{ a: 1 }, { b: 2 }] };
    expect(patched(odd, toPatch(compare(desired, {}, odd, rule), odd))).toEqual(desired);
  });
});

describe("lists within lists", () => {
  const inner = { is: "keyed", by: "name", of: FREE } as const;
  const nested: ObjectRule = {
    is: "object",
    fields: { f: { is: "keyed", by: "name", of: { is: "object", fields: { name: { is: "value" }, list: inner } } } },
  };
  const live = {
    f: [
      { name: "a", list: [{ name: "x" }] },
      { name: "b", list: [{ name: "x" }, { name: "y" }, { name: "z" }] },
      { name: "c", list: [] },
    ],
  };

  it("inner ones are changed while the positions of the outer one still hold", () => {
    const desired = { f: [{ name: "d" }, { name: "b", list: [{ name: "y" }, { name: "new" }] }] };
    const patch = toPatch(compare(desired, live, live, nested), live);
    expect(patch.filter(({ op }) => op !== "test").map(({ op, path }) => `${op} ${path}`)).toEqual([
      "remove /f/1/list/2",
      "remove /f/1/list/0",
      "add /f/1/list/-",
      "remove /f/2",
      "remove /f/0",
      "add /f/-",
    ]);
    expect(patch.filter(({ path }) => path === "/f/1/name")).toEqual([{ op: "test", path: "/f/1/name", value: "b" }]);
    expect(patched(live, patch)).toEqual({ f: desired.f.toReversed() });
  });
});

describe("paths", () => {
  it.each<[Path, string]>([
    [["name"], "name"],
    [["connectorAttributes", "group.hasHeader"], `connectorAttributes["group.hasHeader"]`],
    [["connectorAttributes", "a", "b-c"], "connectorAttributes.a.b-c"],
    [["odd key"], `["odd key"]`],
    [["attributes", { by: "name", key: "id" }, "type"], "attributes[name=id].type"],
    [["attributes", { by: "order", key: 2 }], "attributes[order=2]"],
    [["features", { member: "PASSWORD" }], "features[PASSWORD]"],
    [["members", { member: { a: 1 } }], 'members[{"a":1}]'],
    [["connectionParameters", 0, "header"], "connectionParameters[0].header"],
    [["a", 1, 2, "b.c"], 'a[1][2]["b.c"]'],
    [[], ""],
  ])("%j reads %s", (path, text) => {
    expect(pathText(path)).toBe(text);
  });

  it("lead to a value, or to nothing", () => {
    const object = { a: { "b.c": 1 }, list: [{ name: "x", v: 2 }], set: ["A"] };
    expect(at(object, ["a", "b.c"])).toBe(1);
    expect(at(object, ["list", { by: "name", key: "x" }, "v"])).toBe(2);
    expect(at(object, ["set", { member: "A" }])).toBe("A");
    expect(at(object, ["list", 0, "v"])).toBe(2);
    expect(at(object, ["list", 1])).toBeUndefined();
    expect(at(object, ["a", 0])).toBeUndefined();
    expect(at(object, ["set", { member: "B" }])).toBeUndefined();
    expect(at(object, ["a", { by: "name", key: "x" }])).toBeUndefined();
    expect(at(object, ["a", "toString"])).toBeUndefined();
    expect(at(undefined, ["a"])).toBeUndefined();
  });
});

describe("the root", () => {
  it("an equality of its own is given the whole live object, however deep the field", () => {
    const roots: unknown[] = [];
    const watched: ObjectRule = {
      is: "object",
      fields: {
        f: {
          is: "list",
          of: { is: "object", fields: { a: { is: "value", equal: (_d, _l, root) => roots.push(root) > 0 } } },
        },
      },
    };
    const live = { f: [{ a: 1 }], type: "T" };
    compare({ f: [{ a: 1 }] }, {}, live, watched);
    project({ f: [{ a: 1 }] }, live, watched);
    expect(roots.length).toBeGreaterThan(1);
    for (const root of roots) expect(root).toBe(live);
  });

  it("an object that is not there at all is compared key by key", () => {
    expect(compare({ f: 1, immutable: 2 }, {}, undefined, rule).map(({ path }) => path)).toEqual([["f"]]);
  });

  it("a list in the place of something else is one change, of the list", () => {
    const keyed: ObjectRule = { is: "object", fields: { f: { is: "keyed", by: "name", of: FREE } } };
    expect(compare({ f: [{ name: "a" }] }, {}, { f: "B" }, keyed)).toEqual([
      { kind: "modified", path: ["f"], from: "B", to: [{ name: "a" }] },
    ]);
  });

  it("what is declared as none tells what stood there", () => {
    const variant: ObjectRule = { is: "object", fields: { f: { is: "free", variant: "type" } } };
    expect(compare({ f: {} }, {}, { f: { type: "a" } }, variant)).toEqual([
      { kind: "removed", path: ["f"], from: { type: "a" } },
    ]);
  });

  it("is never removed, even if all of it was ours", () => {
    expect(toPatch(compare({}, { f: 1 }, { f: 1 }, rule), { f: 1 })).toEqual([{ op: "remove", path: "/f" }]);
    expect(compare(undefined, { f: 1 }, { f: 1 }, rule)).toEqual([{ kind: "removed", path: ["f"], from: 1 }]);
  });
});

describe("planned, what a preview can say", () => {
  const schema: ObjectRule = {
    is: "object",
    fields: {
      text: { is: "value" },
      flag: { is: "value", absent: false },
      free: FREE,
      set: { is: "set" },
      transform: { is: "free", variant: "type" },
      opaque: { is: "free", equal: () => true },
      ordered: {
        is: "list",
        of: { is: "object", fields: { name: { is: "value" }, flag: { is: "value", absent: false } } },
      },
      list: {
        is: "keyed",
        by: "name",
        of: { is: "object", fields: { name: { is: "value" }, flag: { is: "value", absent: false } } },
      },
    },
  };
  const paths = (desired: JsonObject, applied: JsonObject) =>
    planned(desired, applied, schema).map(({ path }) => pathText(path));

  it.each<[string, JsonObject, JsonObject, string[]]>([
    ["nothing where nothing differs", { text: "a", flag: false }, { text: "a", flag: false }, []],
    ["what differs", { text: "a" }, { text: "b" }, ["text"]],
    ["a default that was not declared before: the tenant may have another", { flag: false }, {}, ["flag"]],
    ["an empty text that was not declared before", { text: "" }, {}, ["text"]],
    ["an empty list that was not declared before", { free: { a: [] } }, { free: { b: 1 } }, ["free.b", "free.a"]],
    ["a newly declared object once", { free: { a: 1, b: { c: 2 } } }, {}, ["free"]],
    [
      "a key of a member that was not declared before",
      { list: [{ name: "x", flag: false }] },
      { list: [{ name: "x" }] },
      ["list[name=x].flag"],
    ],
    ["a new member once", { list: [{ name: "x", flag: false }] }, { list: [] }, ["list[name=x]"]],
    ["none, of what had nothing but blanks", { transform: {} }, { transform: { a: {} } }, ["transform"]],
    ["nothing for null", { text: null, free: { a: null } }, { free: {} }, []],
    [
      "nothing for another order",
      { set: ["A", "B"], list: [{ name: "x" }, { name: "y" }] },
      { set: ["B", "A"], list: [{ name: "y" }, { name: "x" }] },
      [],
    ],
    [
      "an ordered list with a key that was not declared before",
      { ordered: [{ name: "x", flag: false }] },
      { ordered: [{ name: "x" }] },
      ["ordered"],
    ],
    [
      "nothing for an ordered list that is as it was",
      { ordered: [{ name: "x", flag: false }] },
      { ordered: [{ name: "x", flag: false }] },
      [],
    ],
    ["an empty list in the place of an object", { free: [] }, { free: {} }, ["free"]],
    ["what is withdrawn", {}, { text: "a" }, ["text"]],
    [
      "nothing of what stays as it was beside what differs",
      { text: "b", free: { a: "xy", l: ["x"] }, ordered: [{ name: "x", flag: false }] },
      { text: "a", free: { a: "xy", l: ["x"] }, ordered: [{ name: "x", flag: false }] },
      ["text"],
    ],
    [
      "an ordered list with a key that was not declared before in one of its members",
      { ordered: [{ name: "x" }, { name: "y", flag: false }] },
      { ordered: [{ name: "x" }, { name: "y" }] },
      ["ordered"],
    ],
    ["a list with null where an object was declared", { free: { l: [null] } }, { free: { l: [{}] } }, ["free.l"]],
    ["another variant once", { transform: { type: "b", x: 1 } }, { transform: { type: "a" } }, ["transform"]],
    ["nothing in what has an equality of its own", { opaque: { a: 1 } }, { opaque: { b: 1 } }, []],
  ])("%s", (_what, desired, applied, expected) => {
    expect(paths(desired, applied)).toEqual(expected);
  });

  it("tells both sides", () => {
    const [applied, desired] = [[{ name: "x" }], [{ name: "x", flag: false }]];
    expect(planned({ ordered: desired }, { ordered: applied }, schema)).toEqual([
      { kind: "modified", path: ["ordered"], from: applied, to: desired },
    ]);
  });

  it("of nothing declared, what was applied goes", () => {
    expect(planned(undefined, { text: "a" }, schema)).toEqual([{ kind: "removed", path: ["text"], from: "a" }]);
  });
});
