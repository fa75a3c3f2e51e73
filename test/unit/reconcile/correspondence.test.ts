import {
  type Json,
  type JsonObject,
  type ListRule,
  type ObjectRule,
  type Rule,
  FREE,
  SECRET_CHANGED,
  compare,
  patched,
  positions,
  toPatch,
} from "../../../provider/src/reconcile";
import { places } from "../../../provider/src/reconcile/correspondence";

/** What others hung on a member of a list stays on that member. */

const rule: ObjectRule = {
  is: "object",
  fields: {
    free: FREE,
    assignments: { is: "list", by: ["property", "value"], of: FREE },
    fields: { is: "list", by: "name", of: FREE },
  },
};

const after = (field: string, desired: Json[], applied: Json[], live: Json[]): Json | undefined => {
  const tenant: JsonObject = { [field]: live };
  return patched(tenant, toPatch(compare({ [field]: desired }, { [field]: applied }, tenant, rule), tenant))[field];
};

const users = { uniqueNameForEndPoint: "Users", contextUrl: "/users", httpMethodType: "GET" };
const groups = { uniqueNameForEndPoint: "Groups", contextUrl: "/groups", httpMethodType: "GET" };
const roles = { uniqueNameForEndPoint: "Roles", contextUrl: "/roles", httpMethodType: "GET" };
const ruled = (member: JsonObject): JsonObject => ({ ...member, beforeRule: "theirs" });

describe("members with names", () => {
  const applied = [users, groups];
  const live = [users, ruled(groups)];
  test.each<[string, JsonObject[], JsonObject[]]>([
    ["append", [users, groups, roles], [users, ruled(groups), roles]],
    ["insertion", [roles, users, groups], [roles, users, ruled(groups)]],
    ["removal of another", [groups], [ruled(groups)]],
    ["exchange of places", [groups, users], [ruled(groups), users]],
    ["exchange for another", [users, roles], [users, roles]],
    ["exchange and insertion", [roles, groups], [roles, ruled(groups)]],
    [
      "a change of the member",
      [users, { ...groups, contextUrl: "/g2" }],
      [users, ruled({ ...groups, contextUrl: "/g2" })],
    ],
    [
      "a rename, where nothing else tells the two apart",
      [users, { ...groups, uniqueNameForEndPoint: "Teams" }],
      [users, ruled({ ...groups, uniqueNameForEndPoint: "Teams" })],
    ],
    [
      "rename and exchange of places",
      [{ ...groups, uniqueNameForEndPoint: "Teams" }, users],
      [ruled({ ...groups, uniqueNameForEndPoint: "Teams" }), users],
    ],
    ["a new name and new content is another member", [users, { ...roles }], [users, roles]],
    [
      "what all members have says nothing: another name with only that is another member",
      [users, { uniqueNameForEndPoint: "Teams", httpMethodType: "GET" }],
      [users, { uniqueNameForEndPoint: "Teams", httpMethodType: "GET" }],
    ],
    [
      "a new name and one value that tells, but another that does not agree, is another member",
      [users, { uniqueNameForEndPoint: "Teams", contextUrl: "/groups", httpMethodType: "POST" }],
      [users, { uniqueNameForEndPoint: "Teams", contextUrl: "/groups", httpMethodType: "POST" }],
    ],
  ])("keep what is theirs through %s", (_what, desired, expected) => {
    expect(after("free", desired, applied, live)).toEqual(expected);
  });

  it("a key is a name only if the members of both lists have it, and all are different in both", () => {
    const of = { is: "list", of: FREE } as const;
    const [a, b] = [
      { name: "a", v: 1 },
      { name: "b", v: 1 },
    ];
    expect(positions(of, [a, b], [{ v: 1 }, { v: 1 }])).toEqual([0, 1]);
    const twice = [
      { name: "a", v: 3 },
      { name: "a", v: 2, w: 9 },
    ];
    expect(positions(of, [a, { name: "b", v: 2, w: 1 }], twice)).toEqual([0, 1]);
  });

  it.each(["domainDN", "forestName", "searchDN", "id", "name", "key", "uniqueNameForEndPoint"])(
    "%s is a name",
    (key) => {
      const [a, b, c] = [1, 2, 3].map((n): JsonObject => ({ [key]: `n${n}`, port: 1 }));
      if (!a || !b || !c) throw new Error("three members");
      expect(after("free", [b, a], [a, b], [a, ruled(b)])).toEqual([ruled(b), a]);
      expect(after("free", [a, c], [a, b], [a, ruled(b)])).toEqual([a, c]);
    },
  );

  it("a key that not every member has, or that two have alike, is no name", () => {
    const of = { is: "list", of: FREE } as const;
    expect(positions(of, [{ name: "a", v: 1 }, { v: 2 }], [{ v: 2 }, { name: "a", v: 3 }])).toEqual([1, 0]);
    const twins = [
      { name: "a", v: 1 },
      { name: "a", v: 2 },
    ];
    expect(positions(of, twins, twins.toReversed())).toEqual([1, 0]);
    expect(positions(of, [{ name: "", v: 1 }], [{ name: "b", v: 1 }])).toEqual([0]);
    expect(positions(of, [{ name: { x: 1 }, v: 1 }], [{ name: { x: 2 }, v: 1 }])).toEqual([0]);
  });

  it("names are the same as text or as numbers", () => {
    expect(after("free", [{ id: 2 }, { id: 1 }], [], [{ id: "1", theirs: 1 }, { id: "2" }])).toEqual([
      { id: "2" },
      { id: "1", theirs: 1 },
    ]);
  });
});

describe("members without names", () => {
  const a = { url: "/a", port: 1, tls: true };
  const b = { url: "/b", port: 2, tls: true };
  const c = { url: "/c", port: 3, tls: true };
  test.each<[string, JsonObject[], JsonObject[]]>([
    ["append", [a, b, c], [a, ruled(b), c]],
    ["insertion", [c, a, b], [c, a, ruled(b)]],
    ["removal of another", [b], [ruled(b)]],
    ["exchange of places", [b, a], [ruled(b), a]],
    ["a change", [a, { ...b, port: 9 }], [a, ruled({ ...b, port: 9 })]],
    [
      "a change that leaves nothing, in its place",
      [a, { url: "/x", port: 9 }],
      [a, { ...ruled({ url: "/x", port: 9 }), tls: true }],
    ],
    ["insertion and a change", [c, a, { ...b, url: "/b2" }], [c, a, ruled({ ...b, url: "/b2" })]],
    ["a smaller declaration", [{ url: "/b" }, { url: "/a" }], [{ ...ruled({ url: "/b" }), port: 2, tls: true }, a]],
  ])("keep what is theirs through %s", (_what, desired, expected) => {
    expect(after("free", desired, [], [a, ruled(b)])).toEqual(expected);
  });

  test("what two members share with all others decides nothing against what they alone share", () => {
    const live = [
      { url: "/u", method: "GET", accept: "json" },
      { url: "/g", method: "GET", accept: "json", theirs: 1 },
    ];
    const desired = [{ url: "/g" }, { url: "/n", method: "GET", accept: "json" }];
    expect(positions({ is: "list", of: FREE }, desired, live)).toEqual([1, undefined]);
  });

  test("of those with as much in common, the one that contradicts less", () => {
    expect(positions({ is: "list", of: FREE }, [{ t: 1, u: 1 }], [{ t: 1, u: 2 }, { t: 1 }])).toEqual([1]);
    const by: ListRule = { is: "list", by: ["p", "v"], of: FREE };
    expect(
      positions(
        by,
        [{ p: 1, v: 9, z: 1 }],
        [
          { p: 1, v: 8, z: 2 },
          { p: 1, v: 7 },
        ],
      ),
    ).toEqual([1]);
  });

  test.each<[string, Json[], Json[], (number | undefined)[]]>([
    ["the one that contradicts less", [{ a: 1, b: 2, u: 1 }], [{ a: 1, u: 2 }, { b: 2 }], [1]],
    [
      "none by what two have",
      [
        { t: 1, u: 1 },
        { t: 1, u: 2 },
      ],
      [{ t: 1, u: 9 }],
      [undefined, undefined],
    ],
    ["one that has more in a list", [{ l: ["x"] }, { l: ["x"] }], [{ l: ["x", "y"] }], [0, undefined]],
    ["none by what is blank", [{ a: "", b: 1 }], [{ a: "", c: 1 }, { b: 1 }], [1]],
    [
      "none by the mark of a changed secret",
      [{ a: SECRET_CHANGED, b: 1 }],
      [{ a: SECRET_CHANGED, c: 1 }, { b: 1 }],
      [1],
    ],
    ["none by what stands elsewhere", [{ l: [{ k: 1 }] }], [{ k: 1, z: 1 }, { l: [{ k: 1 }] }], [1]],
    [
      "one of another name by a name within",
      [
        { name: "a", s: { name: "x" } },
        { name: "b", s: { name: "y" } },
      ],
      [
        { name: "c", s: { name: "y" } },
        { name: "d", s: { name: "x" } },
      ],
      [1, 0],
    ],
  ])("correspond to %s", (_what, list, other, expected) => {
    expect(positions({ is: "list", of: FREE }, list, other)).toStrictEqual(expected);
  });

  test("whatever the rule of their list", () => {
    const keyed: Rule = { is: "keyed", by: "name", of: FREE };
    expect(places(keyed, [{ name: "x" }, { name: "z" }], [{ name: "y" }, { name: "x" }])).toStrictEqual([1, undefined]);
    const [list, other] = [[{ type: "a", v: 1, w: 1 }], [{ type: "b", v: 1, w: 1 }, { type: "a" }]];
    expect(places({ is: "list", by: "type", of: FREE }, list, other)).toEqual([1]);
    expect(places({ is: "set" }, ["a", "b"], ["b", "a"])).toEqual([1, 0]);
  });

  test("of two as near, the one before; whichever list is asked about", () => {
    const [x, twin, y, z] = [{ x: 1 }, { t: 1 }, { y: 1 }, { z: 1 }];
    const of = { is: "list", of: FREE } as const;
    expect(positions(of, [x, twin, y], [twin, z, twin])[1]).toBe(0);
    expect(positions(of, [twin, z, twin], [x, twin, y])[0]).toBe(1);
  });

  test("position decides between equals only, also for more of them than there were", () => {
    const of = { is: "list", of: FREE } as const;
    const twin = { v: 1 };
    expect(positions(of, [twin, twin, twin], [twin, twin])).toEqual([0, 1, undefined]);
    expect(positions(of, [{ v: 2 }, twin, twin], [twin, twin])).toEqual([undefined, 1, 0]);
    expect(positions(of, ["a", "b"], ["b", "a"])).toEqual([1, 0]);
    expect(positions(of, ["a", "x"], ["b", "y"])).toEqual([0, 1]);
    expect(positions(of, ["a"], ["b", "c"])).toEqual([undefined]);
    expect(positions(of, [], ["b"])).toEqual([]);
  });

  test("lists within members count by content, not by order", () => {
    const of = { is: "list", of: FREE } as const;
    const x = { headers: [{ k: "A" }, { k: "B" }] };
    const y = { headers: [{ k: "C" }] };
    expect(positions(of, [y, { headers: [{ k: "B" }, { k: "A" }] }], [x, y])).toEqual([1, 0]);
  });
});

describe("twins of a correlation", () => {
  const id = { property: "name", value: "id", operation: "EQ" };
  const name = { property: "name", value: "name", operation: "EQ" };
  const mail = { property: "mail", value: "mail", operation: "EQ" };
  const mode = (member: JsonObject): JsonObject => ({ ...member, matchMode: "ANYWHERE" });
  test.each<[string, JsonObject[], JsonObject[]]>([
    ["the other is dropped", [name], [mode(name)]],
    ["itself is dropped", [id], [id]],
    ["they are swapped", [name, id], [mode(name), id]],
    ["one comes before", [mail, id, name], [mail, id, mode(name)]],
    ["the other is changed", [{ ...id, value: "uid" }, name], [{ ...id, value: "uid" }, mode(name)]],
    ["itself is changed", [id, { ...name, value: "cn" }], [id, mode({ ...name, value: "cn" })]],
    ["it is exchanged for one that has neither in common", [id, mail], [id, mail]],
  ])("matchMode stays where it is when %s", (_what, desired, expected) => {
    expect(after("assignments", desired, [id, name], [id, mode(name)])).toEqual(expected);
  });
});

describe("members by one key", () => {
  test.each<[string, JsonObject[], JsonObject[]]>([
    ["in another order", [{ name: "b" }, { name: "a" }], [ruled({ name: "b", t: 1 }), { name: "a", t: 1 }]],
    [
      "another name is another member",
      [{ name: "a" }, { name: "c", t: 1 }],
      [
        { name: "a", t: 1 },
        { name: "c", t: 1 },
      ],
    ],
  ])("%s", (_what, desired, expected) => {
    const live = [{ name: "a", t: 1 }, ruled({ name: "b", t: 1 })];
    expect(after("fields", desired, [], live)).toEqual(expected);
  });

  it("several of one key correspond by likeness", () => {
    const of: ListRule = { is: "list", by: "name", of: FREE };
    const [x, y] = [
      { name: "a", v: 1 },
      { name: "a", v: 2 },
    ];
    expect(positions(of, [y, x], [x, y])).toEqual([1, 0]);
    expect(positions(of, [{ v: 1 }], [{ name: null, v: 2 }])).toEqual([0]);
  });
});

describe("long lists", () => {
  // Long enough for other ways of finding them; `npm run mutants` does not look at the time.
  const LONG = process.env["SAMPLE_RUNS"] === undefined ? 3000 : 150;
  const named = (length: number) => Array.from({ length }, (_, i) => ({ name: `n${i}`, v: i, same: true }));
  const unnamed = (length: number) => Array.from({ length }, (_, i) => ({ url: `/${i}`, same: true }));
  const of = { is: "list", of: FREE } as const;
  const twohundred = <T>(make: (i: number) => T): T[] => Array.from({ length: 200 }, (_, i) => make(i));

  it.each([
    ["with names", named],
    ["without names", unnamed],
  ])("%s find their members in little time", (_what, make) => {
    const list = make(LONG);
    const start = performance.now();
    expect(positions(of, list, [{ name: "new", url: "new", v: -1 }, ...list])).toEqual(list.map((_, i) => i + 1));
    expect(positions(of, list, list.toReversed())).toEqual(list.map((_, i) => LONG - 1 - i));
    expect(performance.now() - start).toBeLessThan(5000);
  });

  it("find members by what tells them where their names are others, or by their names where nothing else tells", () => {
    const backwards = twohundred((i) => 199 - i);
    const told = (name: string) => twohundred((i) => ({ name: `${name}${i}`, url: `/${i}`, same: true }));
    expect(positions(of, told("a"), told("b").toReversed())).toEqual(backwards);
    const bare = twohundred((i) => ({ name: `n${i}`, same: true }));
    expect(positions(of, bare, bare.toReversed())).toEqual(backwards);
    const by: ListRule = { is: "list", by: ["p", "v"], of: FREE };
    const pairs = twohundred((i) => ({ p: i % 100, v: Math.floor(i / 100) }));
    expect(positions(by, pairs, pairs.toReversed())).toEqual(backwards);
  });

  it("find one that is as they are, where several are", () => {
    const [twins, turned] = [twohundred((i) => ({ v: i % 100 })), twohundred((i) => ({ v: 99 - (i % 100) }))];
    expect(positions(of, twins, turned).map((j) => turned[j ?? -1])).toEqual(twins);
  });

  it("of twins keep their order, and of unlike members their places", () => {
    const twins = Array.from({ length: 200 }, () => ({ v: 1 }));
    expect(positions(of, twins, twins)).toEqual(twins.map((_, i) => i));
    const [texts, others] = [0, 1].map((side) => Array.from({ length: 200 }, (_, i) => `${side} ${i}`));
    expect(positions(of, texts ?? [], others ?? [])).toEqual(twins.map((_, i) => i));
    const by: ListRule = { is: "list", by: ["p", "v"], of: FREE };
    const pairs = Array.from({ length: 200 }, (_, i) => ({ p: "same", v: i }));
    expect(positions(by, pairs, pairs.toReversed())).toEqual(pairs.map((_, i) => 199 - i));
  });
});
