import {
  type Change,
  type IsSecret,
  type Json,
  type JsonObject,
  type ObjectRule,
  type Path,
  FREE,
  SECRET_CHANGED,
  compare,
  describeChanges,
  describeLost,
  describeUntaken,
  holdsMarker,
  lost,
  pathText,
  planned,
  reveal,
  fingerprints,
  toPatch,
  patched,
  unmarked,
  unmarkedChanges,
  untaken,
} from "../../../provider/src/reconcile";
import { UNKNOWN } from "../../../provider/src/reconcile/unknown";

/** What is told of changes: before a write, and after it. */

const rule: ObjectRule = {
  is: "object",
  fields: {
    description: { is: "value" },
    threshold: { is: "value" },
    flag: { is: "value", absent: false },
    cron: { is: "value", equal: "words" },
    owner: { is: "reference", to: "identity" },
    features: { is: "set" },
    encrypted: { is: "commaSet" },
    attributes: { is: "keyed", by: "name", of: FREE },
    fields: {
      is: "list",
      by: "name",
      of: {
        is: "object",
        fields: {
          name: { is: "value" },
          type: { is: "value" },
          required: { is: "value", absent: false },
          transform: { is: "free", variant: "type" },
          owner: { is: "reference", to: "identity" },
        },
      },
    },
    pairs: { is: "list", by: ["p", "v"], of: FREE },
    variants: { is: "keyed", by: "name", of: { is: "free", variant: "type" } },
    settings: FREE,
    opaque: { is: "free", equal: "caseless" },
  },
};
const isSecret: IsSecret = (key, live) => key === "password" || (typeof live === "string" && live.startsWith("1:"));

describe("what of others is lost", () => {
  const found = (desired: JsonObject, applied: JsonObject, live: JsonObject) =>
    lost(compare(desired, applied, live, rule), applied, rule).map(pathText);
  const operations = (...members: JsonObject[]): JsonObject => ({ settings: { connectionParameters: members } });
  const [users, groups, roles] = ["Users", "Groups", "Roles"].map((name) => ({
    uniqueNameForEndPoint: name,
    url: `/${name}`,
  }));
  if (!users || !groups || !roles) throw new Error("three operations");
  const ruled = { ...groups, beforeRule: "theirs", header: { Accept: "x" } };

  test.each<[string, JsonObject, JsonObject, JsonObject, string[]]>([
    [
      "keys on a member that goes",
      operations(users),
      operations(users, groups),
      operations(users, ruled),
      ["settings.connectionParameters[1].beforeRule", "settings.connectionParameters[1].header"],
    ],
    [
      "keys on a member that is exchanged for another",
      operations(users, roles),
      operations(users, groups),
      operations(users, ruled),
      ["settings.connectionParameters[1].beforeRule", "settings.connectionParameters[1].header"],
    ],
    [
      "nothing of a member that stays",
      operations(groups, users),
      operations(users, groups),
      operations(users, ruled),
      [],
    ],
    [
      "a member that others added",
      operations(users),
      operations(users),
      operations(roles, users),
      ["settings.connectionParameters[0]"],
    ],
    [
      "keys of a list that is no longer declared",
      {},
      operations(users, groups),
      operations(users, ruled),
      ["settings.connectionParameters[1].beforeRule", "settings.connectionParameters[1].header"],
    ],
    ["nothing of what was all ours", {}, operations(users), operations(users), []],
    [
      "texts that others put into a list",
      { settings: { l: ["a"] } },
      { settings: { l: ["a"] } },
      { settings: { l: ["b", "a"] } },
      ["settings.l[0]"],
    ],
    [
      "keys on a member of a keyed list that goes",
      { attributes: [] },
      { attributes: [{ name: "id", type: "S" }] },
      { attributes: [{ name: "id", type: "S", theirs: 1, blank: null }] },
      ["attributes[name=id].theirs"],
    ],
    [
      "what another variant had",
      { fields: [{ name: "a", transform: { type: "static", value: 1 } }] },
      {},
      { fields: [{ name: "a", transform: { type: "lookup", table: { x: 1 } } }] },
      ["fields[0].transform.table"],
    ],
    [
      "not what has its default",
      { fields: [] },
      { fields: [{ name: "a" }] },
      { fields: [{ name: "a", required: false, type: "x" }] },
      ["fields[0].type"],
    ],
    [
      "not what the program replaces",
      { description: "b", settings: { a: 1 } },
      {},
      { description: "a", settings: { a: { b: 1 } } },
      ["settings.a.b"],
    ],
    ["nothing of what is added", { description: "b" }, {}, {}, []],
    ["a member of nothing", { settings: { l: ["a"] } }, {}, { settings: { l: ["a", { x: null }] } }, ["settings.l[1]"]],
    [
      "the members of a list in whose place comes a text",
      { settings: { l: "a" } },
      {},
      { settings: { l: [{ x: 1 }] } },
      ["settings.l[0]"],
    ],
    ["nothing of a text in whose place comes a list", { fields: [{ name: "a" }] }, {}, { fields: "text" }, []],
    ["nothing of a list that is one value", { description: "a" }, {}, { description: ["x", "y"] }, []],
    ["nothing of what has an equality of its own", { opaque: { a: 1 } }, {}, { opaque: { b: 1 } }, []],
    ["nothing of a set", { features: ["A"] }, { features: ["B"] }, { features: ["B", "C"] }, []],
    [
      "members of a keyed list that is replaced with what it stands in",
      { settings: { a: "text" } },
      { settings: { a: { ours: 1 } } },
      { settings: { a: { ours: 1, theirs: 2 } } },
      ["settings.a.theirs"],
    ],
  ])("%s", (_what, desired, applied, live, paths) => {
    expect(found(desired, applied, live)).toEqual(paths);
  });

  it("keyed members within what goes are told by their names", () => {
    const change: Change = {
      kind: "removed",
      path: ["attributes"],
      from: [
        { name: "a", x: 1 },
        { name: "b", x: 1 },
      ],
    };
    expect(lost([change], { attributes: [{ name: "b" }] }, rule).map(pathText)).toEqual([
      "attributes[name=a]",
      "attributes[name=b].x",
    ]);
    expect(describeLost([["a", 0, "b"]])).toEqual(["a[0].b: put there by others, will be lost"]);
  });
});

describe("what the tenant did not take", () => {
  const check = (desired: JsonObject, applied: JsonObject, live: JsonObject, answer: JsonObject) =>
    untaken(compare(desired, applied, live, rule), answer, rule, isSecret);
  const paths = (...all: Parameters<typeof check>) => check(...all).map(({ path }) => pathText(path));

  test.each<[string, JsonObject, JsonObject, JsonObject, JsonObject, string[]]>([
    [
      "nothing, where all is as sent",
      { description: "a", settings: { x: 1 } },
      {},
      {},
      { description: "a", settings: { x: 1, y: 2 } },
      [],
    ],
    [
      "a key that was dropped",
      { settings: { spUrl: "u", x: 1 } },
      {},
      { settings: {} },
      { settings: { x: 1 } },
      ["settings.spUrl"],
    ],
    ["a value that is still the old one", { threshold: 10 }, {}, { threshold: 77 }, { threshold: 77 }, ["threshold"]],
    ["a path that was to go", {}, { threshold: 10 }, { threshold: 10 }, { threshold: 10 }, ["threshold"]],
    [
      "not a path that went, or is blank",
      {},
      { threshold: 10, description: "a" },
      { threshold: 10, description: "a" },
      { description: "" },
      [],
    ],
    ["not a flag that has its default again", {}, { flag: true }, { flag: true }, { flag: false }, []],
    [
      "not another spelling",
      { settings: { x: 1 }, cron: "0 0 5 * * ?" },
      {},
      { settings: {}, cron: "" },
      { settings: { x: "1" }, cron: "0  0 5 * * ?" },
      [],
    ],
    ["not a reference by its id", { owner: { id: "1" } }, {}, {}, { owner: { id: "1", name: "A" } }, []],
    [
      "another reference",
      { owner: { id: "1" } },
      {},
      { owner: { id: "2" } },
      { owner: { id: "2", name: "B" } },
      ["owner"],
    ],
    [
      "not a secret that is cipher text now",
      { settings: { password: "p", list: [{ id: 1, password: "q" }] } },
      {},
      {},
      { settings: { password: "1:a", list: [{ id: 1, password: "1:b" }] } },
      [],
    ],
    [
      "a secret that is not there",
      { settings: { password: "p", x: 1 } },
      {},
      { settings: { x: 1 } },
      { settings: { x: 1 } },
      ["settings.password"],
    ],
    ["a member of a set", { features: ["A", "B"] }, {}, { features: ["A"] }, { features: ["A"] }, ["features[B]"]],
    [
      "a member of a set that was to go",
      { features: [] },
      { features: ["A"] },
      { features: ["A", "B"] },
      { features: ["A", "B"] },
      ["features[A]"],
    ],
    [
      "a member of a keyed list, once",
      { attributes: [{ name: "id", type: "S", x: 1 }] },
      {},
      { attributes: [] },
      { attributes: [] },
      ["attributes[name=id]"],
    ],
    [
      "a key of one",
      { attributes: [{ name: "id", type: "S" }] },
      {},
      { attributes: [] },
      { attributes: [{ name: "id" }] },
      ["attributes[name=id].type"],
    ],
    ["a name in a comma set, coming", { encrypted: "a" }, {}, { encrypted: "x" }, { encrypted: "x" }, ["encrypted"]],
    [
      "a name in a comma set, going",
      { encrypted: "" },
      { encrypted: "a" },
      { encrypted: "x,a" },
      { encrypted: "x,a" },
      ["encrypted"],
    ],
    ["not a comma set in another order", { encrypted: "a" }, {}, { encrypted: "x" }, { encrypted: "a, x, more" }, []],
    [
      "a list in another order",
      { fields: [{ name: "a" }, { name: "b" }] },
      {},
      {},
      { fields: [{ name: "b" }, { name: "a" }] },
      ["fields"],
    ],
    [
      "not a list with more in its members",
      { fields: [{ name: "a" }] },
      {},
      {},
      { fields: [{ name: "a", type: "string" }] },
      [],
    ],
    [
      "a key that was to go from a list's member",
      { fields: [{ name: "a" }] },
      { fields: [{ name: "a", type: "x" }] },
      { fields: [{ name: "a", type: "x" }] },
      { fields: [{ name: "a", type: "x" }] },
      ["fields"],
    ],
    [
      "an object that was to go, once",
      {},
      { settings: { a: { b: 1 } } },
      { settings: { a: { b: 1 }, x: 1 } },
      { settings: { a: { b: 1 }, x: 1 } },
      ["settings.a"],
    ],
    [
      "not a secret by its key alone",
      { settings: { password: "p" } },
      {},
      { settings: { x: 1 } },
      { settings: { x: 1, password: "****" } },
      [],
    ],
    [
      "an object that did not come",
      { settings: { a: { b: 1, c: 2 } } },
      {},
      { settings: { z: 1 } },
      { settings: { z: 1 } },
      ["settings.a"],
    ],
  ])("%s", (_what, desired, applied, live, answer, expected) => {
    expect(paths(desired, applied, live, answer)).toEqual(expected);
  });

  it("is told of texts, where nothing is a secret", () => {
    const changes: Change[] = [{ kind: "modified", path: ["description"], from: "old", to: "new" }];
    expect(untaken(changes, { description: "old" }, rule)).toEqual([
      { path: ["description"], sent: "new", answered: "old" },
    ]);
  });

  it("is told with both values, and without secrets", () => {
    const desired = { threshold: 10, description: "new", settings: { password: "plain", deep: { a: 1 } } };
    const live = { threshold: 77, settings: { x: 1 }, flag: true };
    const lines = describeUntaken(check(desired, { flag: true }, live, live), { isSecret });
    expect(lines).toEqual([
      "threshold: 10 was sent, the tenant still has 77",
      'description: "new" was sent, the tenant has nothing there',
      "settings.password: was sent, the tenant has nothing there",
      "settings.deep: was sent, the tenant has nothing there",
      "flag: was to be removed, is still there",
    ]);
    expect(describeUntaken([{ path: ["a"], sent: [1], answered: { b: 1 } }])).toEqual([
      "a: was sent, the tenant still has another value",
    ]);
    expect(describeUntaken([{ path: ["password", 0], sent: "p", answered: undefined }], { isSecret })).toEqual([
      "password[0]: was sent, the tenant has nothing there",
    ]);
    expect(describeUntaken([{ path: ["password"], sent: "p", answered: "q" }], { isSecret })).toEqual([
      "password: was sent, the tenant still has another value",
    ]);
  });
});

describe("the text that stands for a changed secret", () => {
  const live = {
    settings: {
      password: "1:cipher",
      list: [
        { name: "a", password: "1:a" },
        { name: "b", password: "1:b", theirs: 1 },
      ],
    },
    attributes: [{ name: "x", token: "1:x" }],
  };
  const mark = SECRET_CHANGED;

  test.each<[string, JsonObject, JsonObject, string[]]>([
    ["at a key", { settings: { password: mark, url: "u" } }, { settings: { password: "1:cipher", url: "u" } }, []],
    [
      "in a list, of the member it belongs to",
      { settings: { list: [{ name: "new" }, { name: "b", password: mark }, { name: "a", password: mark }] } },
      { settings: { list: [{ name: "new" }, { name: "b", password: "1:b" }, { name: "a", password: "1:a" }] } },
      [],
    ],
    [
      "in a keyed list",
      { attributes: [{ name: "x", token: mark }] },
      { attributes: [{ name: "x", token: "1:x" }] },
      [],
    ],
    [
      "of a member that the tenant does not have",
      { settings: { list: [{ name: "c", password: mark }] }, attributes: [{ name: "y", token: mark }] },
      { settings: { list: [{ name: "c", password: mark }] }, attributes: [{ name: "y", token: mark }] },
      ["settings.list[0].password", "attributes[0].token"],
    ],
    [
      "within a longer text",
      { settings: { password: `Bearer ${mark}` } },
      { settings: { password: `Bearer ${mark}` } },
      ["settings.password"],
    ],
    [
      "where the tenant has no text",
      { settings: { list: mark, other: mark } },
      { settings: { list: mark, other: mark } },
      ["settings.list", "settings.other"],
    ],
  ])("%s", (_what, value, expected, missing) => {
    const result = unmarked(value, live, rule);
    expect(result.value).toEqual(expected);
    expect(result.missing.map(pathText)).toEqual(missing);
  });

  it("has nothing to stand for when an object is made anew", () => {
    expect(unmarked({ settings: { password: mark } }, undefined, rule).missing).toEqual([["settings", "password"]]);
  });

  it("is replaced in a keyed list by its key, whatever else the members are called", () => {
    const keyed: ObjectRule = { is: "object", fields: { f: { is: "keyed", by: "type", of: FREE } } };
    const tenant = {
      f: [
        { type: "a", name: "x", token: "1:a" },
        { type: "b", name: "y", token: "1:b" },
      ],
    };
    const value = {
      f: [
        { type: "b", name: "x", token: mark },
        { type: "c", name: "y", token: mark },
      ],
    };
    const result = unmarked(value, tenant, keyed);
    expect(result.value).toEqual({
      f: [
        { type: "b", name: "x", token: "1:b" },
        { type: "c", name: "y", token: mark },
      ],
    });
    expect(result.missing).toEqual([["f", 1, "token"]]);
  });

  it("is found wherever it stands", () => {
    expect([mark, [[mark]], { a: { b: [`x${mark}`] } }, { [mark]: 1 }].every(holdsMarker)).toBe(true);
    expect([undefined, null, 1, "[secret]", { a: [] }].some(holdsMarker)).toBe(false);
  });

  it("is not in any request: a list that is written sends back the live cipher text", () => {
    const applied = {
      settings: {
        list: [
          { name: "a", password: "pa" },
          { name: "b", password: "pb" },
        ],
      },
    };
    const known = fingerprints(
      applied,
      {
        settings: {
          list: [
            { name: "a", password: "1:a" },
            { name: "b", password: "1:old" },
          ],
        },
      },
      isSecret,
    );
    // The program ignores changes of the list's secrets: what was read stands in its inputs.
    const desired = {
      settings: { list: [{ name: "new" }, { name: "a", password: "pa" }, { name: "b", password: mark }] },
    };
    const view = reveal(applied, live, isSecret, known);
    const changes = compare(desired, applied, view, rule);
    const sent = unmarkedChanges(changes, live, rule);
    expect(sent.missing).toEqual([]);
    const patch = toPatch(sent.value, live);
    expect(JSON.stringify(patch)).not.toContain(mark);
    expect(patched<JsonObject>(live, patch).settings).toEqual({
      password: "1:cipher",
      list: [{ name: "new" }, { name: "a", password: "pa" }, { name: "b", password: "1:b", theirs: 1 }],
    });
  });

  it("that goes with what is removed is no matter", () => {
    const changes: Change[] = [{ kind: "removed", path: ["settings", "password"], from: mark }];
    expect(unmarkedChanges(changes, {}, rule)).toStrictEqual({ value: changes, missing: [] });
    const odd: Change[] = [{ kind: "added", path: ["nowhere", "x"], to: [mark] }];
    expect(unmarkedChanges(odd, {}, rule).missing).toEqual([["nowhere", "x", 0]]);
  });
});

describe("changes as lines", () => {
  const lines = (desired: JsonObject, applied: JsonObject, live: JsonObject) =>
    describeChanges(compare(desired, applied, live, rule), rule, { isSecret });
  test.each<[string, JsonObject, JsonObject, JsonObject, string[]]>([
    ["a value that differs", { threshold: 10 }, {}, { threshold: 77 }, ["threshold: 77 on the tenant, will be 10"]],
    ["a text", { description: "b" }, {}, { description: "a" }, ['description: "a" on the tenant, will be "b"']],
    ["a value that is not there", { threshold: 10 }, {}, {}, ["threshold: will be 10"]],
    ["a value that goes", {}, { threshold: 10 }, { threshold: 10 }, ["threshold: will be removed"]],
    [
      "a secret that is not there",
      { settings: { password: "p" } },
      {},
      { settings: { x: 1 } },
      ["settings.password: will be set"],
    ],
    [
      "a secret that differs",
      { settings: { password: "p" } },
      {},
      { settings: { password: "1:x" } },
      ["settings.password: will be set"],
    ],
    [
      "a secret that others changed",
      { settings: { password: "p" } },
      {},
      { settings: { password: SECRET_CHANGED } },
      ["settings.password: was changed on the tenant, will be set"],
    ],
    [
      "a secret that goes",
      {},
      { settings: { password: "p" } },
      { settings: { password: "1:x", z: 1 } },
      ["settings.password: will be removed"],
    ],
    ["a structure", { settings: { a: { password: "p" } } }, {}, { settings: { b: 1 } }, ["settings.a: will be set"]],
    [
      "a structure in the place of a value",
      { settings: { a: { password: "p" } } },
      {},
      { settings: { a: 1 } },
      ["settings.a: will be replaced"],
    ],
    [
      "a value in the place of a structure",
      { settings: { a: 1 } },
      {},
      { settings: { a: { password: "p" } } },
      ["settings.a: will be replaced"],
    ],
    [
      "a reference by its name",
      { owner: { id: "2" } },
      {},
      { owner: { id: "1", name: "Amelia" } },
      ['owner: "Amelia" on the tenant, will be "2"'],
    ],
    [
      "a key with dots",
      { settings: { "group.hasHeader": true } },
      {},
      { settings: { "group.hasHeader": false } },
      ['settings["group.hasHeader"]: false on the tenant, will be true'],
    ],
    [
      "members of a set",
      { features: ["A"] },
      { features: ["B"] },
      { features: ["B"] },
      ["features[A]: will be added", "features[B]: will be removed"],
    ],
    [
      "members of a keyed list",
      { attributes: [{ name: "a", type: "S" }, { name: "b" }] },
      { attributes: [{ name: "c" }] },
      { attributes: [{ name: "a", type: "I" }, { name: "c" }] },
      [
        'attributes[name=a].type: "I" on the tenant, will be "S"',
        "attributes[name=b]: will be added",
        "attributes[name=c]: will be removed",
      ],
    ],
    [
      "members of an ordered list",
      { fields: [{ name: "new" }, { name: "b", type: "int" }, { name: "a" }] },
      {},
      { fields: [{ name: "a" }, { name: "gone" }, { name: "b", type: "string" }] },
      [
        "fields[0] (new): will be added",
        'fields[1].type: "string" on the tenant, will be "int"',
        "fields[1] (gone): will be removed",
        "fields: will be put in another order",
      ],
    ],
    [
      "members of lists in free JSON, at any depth, without secrets",
      {
        settings: {
          list: [
            { id: 1, password: "new", header: { Accept: "b" } },
            { id: 2, sub: [{ key: "k", v: 2 }] },
          ],
        },
      },
      {},
      {
        settings: {
          list: [
            { id: 1, password: "1:old", header: { Accept: "a" } },
            { id: 2, sub: [{ key: "k", v: 1 }] },
          ],
        },
      },
      [
        "settings.list[0].password: will be set",
        'settings.list[0].header.Accept: "a" on the tenant, will be "b"',
        "settings.list[1].sub[0].v: 1 on the tenant, will be 2",
      ],
    ],
    [
      "texts of a list",
      { settings: { l: ["a", "x"] } },
      {},
      { settings: { l: ["a", "b", "c"] } },
      ["settings.l[1]: will be added", "settings.l[1]: will be removed", "settings.l[2]: will be removed"],
    ],
    [
      "a text of a list in its place",
      { settings: { l: ["a", "x"] } },
      {},
      { settings: { l: ["a", "b"] } },
      ['settings.l[1]: "b" on the tenant, will be "x"'],
    ],
    ["a list in the place of a text", { fields: [{ name: "a" }] }, {}, { fields: "x" }, ["fields: will be replaced"]],
    ["a list that is one value", { description: ["a"] }, {}, { description: ["b"] }, ["description: will be replaced"]],
    [
      "another variant of a member",
      { variants: [{ name: "a", type: "x" }] },
      {},
      { variants: [{ name: "a", type: "y" }] },
      ["variants[name=a]: will be replaced"],
    ],
    [
      "members that change places around a new one",
      { fields: [{ name: "b" }, { name: "new" }, { name: "a" }] },
      {},
      { fields: [{ name: "a" }, { name: "b" }] },
      ["fields[1] (new): will be added", "fields: will be put in another order"],
    ],
    [
      "members without a name",
      { settings: { l: [{ x: 1 }, { x: 2 }] } },
      {},
      { settings: { l: [{ x: 1 }] } },
      ["settings.l[1]: will be added"],
    ],
    ["members by several keys", { pairs: [{ p: "x", v: 1 }] }, {}, { pairs: [] }, ["pairs[0] (x, 1): will be added"]],
    [
      "a reference within a list",
      { fields: [{ name: "a", owner: { id: "2" } }] },
      {},
      { fields: [{ name: "a", owner: { id: "1", name: "Amelia" } }] },
      ['fields[0].owner: "Amelia" on the tenant, will be "2"'],
    ],
    ["a reference that is a text", { owner: "x" }, {}, { owner: "y" }, ['owner: "y" on the tenant, will be "x"']],
    [
      "a structure with a name",
      { settings: { a: { name: "n" } } },
      {},
      { settings: { a: 1 } },
      ["settings.a: will be replaced"],
    ],
    [
      "a secret that others changed, whatever its key",
      { settings: { note: "n" } },
      {},
      { settings: { note: SECRET_CHANGED } },
      ["settings.note: was changed on the tenant, will be set"],
    ],
    [
      "a text that is as long as a line may show",
      { description: "x".repeat(78) },
      {},
      {},
      [`description: will be "${"x".repeat(78)}"`],
    ],
    [
      "another variant within a list",
      { fields: [{ name: "a", transform: { type: "static", value: "x" } }] },
      {},
      { fields: [{ name: "a", transform: { type: "upper" } }] },
      ["fields[0].transform: will be replaced"],
    ],
    [
      "what is not known yet",
      { settings: { url: UNKNOWN, deep: { x: [UNKNOWN] } } },
      {},
      { settings: { url: "u" } },
      ["settings.url: will be set once its value is known", "settings.deep: will be set once its value is known"],
    ],
  ])("%s", (_what, desired, applied, live, expected) => {
    expect(lines(desired, applied, live)).toEqual(expected);
  });

  it("are bounded, in number and in length", () => {
    const settings = Object.fromEntries(
      Array.from({ length: 30 }, (_, i): [string, Json] => [`k${i}`, "v".repeat(500)]),
    );
    const changes = planned({ settings }, { settings: {} }, rule);
    const told = describeChanges(changes, rule);
    expect(told).toHaveLength(21);
    expect(told[0]).toBe(`settings.k0: will be "${"v".repeat(79)}…`);
    expect(told.at(-1)).toBe("and 10 more");
    expect(describeChanges(changes, rule, { limit: 2 })).toEqual([told[0], told[1], "and 28 more"]);
    expect(describeChanges(changes, rule, { limit: 30 })).toHaveLength(30);
    const long: Path = Array.from({ length: 100 }, () => "segment");
    expect(describeLost([long])[0]).toHaveLength(301);
  });
});
