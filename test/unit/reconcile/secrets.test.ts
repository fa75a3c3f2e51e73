import {
  type Fingerprints,
  type IsSecret,
  type Json,
  type JsonObject,
  type ObjectRule,
  FREE,
  PLAIN,
  SECRET_CHANGED,
  UNSTABLE,
  changedSecrets,
  compare,
  fingerprints,
  ofCipherText,
  project,
  reveal,
  secretText,
  toPatch,
} from "../../../provider/src/reconcile";
import { valueAt } from "../../../provider/src/reconcile/secrets";

const rule = { is: "object", fields: { attributes: FREE } } as const;
const CIPHER = /^(\*{8}|1:\w+)$/;
/** By its key, or by what the tenant returns there. */
const isSecret: IsSecret = (key, live) => key === "password" || (typeof live === "string" && CIPHER.test(live));
const of = (attributes: JsonObject): JsonObject => ({ attributes });

/** The places where a secret may stand. */
const shapes: [string, string, (secret: string) => JsonObject][] = [
  ["at a key that says so", "/attributes/password", (secret) => of({ password: secret, host: "h" })],
  ["nested", "/attributes/a/b/password", (secret) => of({ a: { b: { password: secret } } })],
  [
    "in a list of objects",
    "/attributes/list/1/password",
    (secret) => of({ list: [{ name: "x" }, { name: "y", password: secret }] }),
  ],
  ["at a key with dots, slashes and tildes", "/attributes/a.b~1c~0d", (secret) => of({ "a.b/c~d": secret })],
  ["at a key that nothing tells but its cipher text", "/attributes/token", (secret) => of({ token: secret })],
  ["in a list of texts", "/attributes/password/0", (secret) => of({ password: [secret, ""] })],
  [
    "at a key named like a prototype",
    "/attributes/__proto__/password",
    (secret) => of(JSON.parse(`{"__proto__":{"password":"${secret}"}}`) as JsonObject),
  ],
];

describe.each(shapes)("a secret %s", (_where, path, shape) => {
  const applied = shape("plain");
  // Not while tests are declared: each mutant of that would have to start a process.
  let known: Fingerprints = {};
  beforeEach(() => {
    known = fingerprints(applied, shape("1:one"), isSecret);
  });

  it("is known by a fingerprint of the returned text, which tells nothing of it", () => {
    expect(Object.keys(known)).toEqual([path]);
    expect(known[path]).toMatch(/^[\w-]{11}$/);
    expect(fingerprints(applied, shape("1:one"), isSecret)).toEqual(known);
    expect(fingerprints(applied, shape("1:two"), isSecret)).not.toEqual(known);
    // Longer ones stand in older states.
    const longer = { [path]: `${String(known[path])}aEm6aylpJPJ` };
    expect(changedSecrets(applied, shape("1:one"), isSecret, longer)).toEqual([]);
    expect(changedSecrets(applied, shape("1:two"), isSecret, longer)).toEqual([path]);
  });

  it("that the tenant keeps in plain text is no drift, and drift when others change it", () => {
    const keyed: IsSecret = (key) => ["password", "token", "a.b/c~d"].includes(key);
    const open = fingerprints(applied, applied, keyed);
    expect(Object.entries(open)).toEqual([[path, PLAIN]]);
    expect(changedSecrets(applied, applied, keyed, open)).toEqual([]);
    expect(changedSecrets(applied, shape("of others"), keyed, open)).toEqual([path]);
    expect(reveal(applied, shape("of others"), keyed, open)).toEqual(shape(SECRET_CHANGED));
  });

  it("is no drift while the cipher text is the same", () => {
    const seen = reveal(applied, shape("1:one"), isSecret, known);
    expect(seen).toEqual(applied);
    expect(changedSecrets(applied, shape("1:one"), isSecret, known)).toEqual([]);
    expect(compare(applied, applied, seen, rule)).toEqual([]);
    expect(project(applied, seen, rule)).toEqual(applied);
  });

  it("is drift when it was changed on the tenant, shown without its text, repaired by one operation", () => {
    const live = shape("1:two");
    const seen = reveal(applied, live, isSecret, known);
    expect(changedSecrets(applied, live, isSecret, known)).toEqual([path]);
    expect(seen).toEqual(shape(SECRET_CHANGED));
    const patch = toPatch(compare(applied, applied, seen, rule), live);
    expect(patch.filter(({ op }) => op !== "test")).toHaveLength(1);
    expect(JSON.stringify(patch)).toContain("plain");
    expect(JSON.stringify(patch)).not.toContain(SECRET_CHANGED);
  });

  it("is one operation when it is changed in the program", () => {
    const seen = reveal(applied, shape("1:one"), isSecret, known);
    const patch = toPatch(compare(shape("other"), applied, seen, rule), shape("1:one"));
    expect(patch.filter(({ op }) => op !== "test")).toHaveLength(1);
    expect(JSON.stringify(patch)).toContain("other");
  });

  it("without a fingerprint is taken for ours", () => {
    expect(reveal(applied, shape("1:two"), isSecret, {})).toEqual(applied);
    expect(changedSecrets(applied, shape("1:two"), isSecret, {})).toEqual([]);
  });

  it("whose text is another at every read is not compared, now and later", () => {
    const unstable: Fingerprints = { [path]: UNSTABLE };
    expect(changedSecrets(applied, shape("1:two"), isSecret, unstable)).toEqual([]);
    expect(reveal(applied, shape("1:two"), isSecret, unstable)).toEqual(applied);
    expect(fingerprints(applied, shape("1:three"), isSecret, unstable)).toEqual(unstable);
  });

  it("behind a mask is no drift", () => {
    const masked = fingerprints(applied, shape("********"), isSecret);
    expect(reveal(applied, shape("********"), isSecret, masked)).toEqual(applied);
    expect(changedSecrets(applied, shape("********"), isSecret, masked)).toEqual([]);
  });

  it("that the tenant returns in plain text is compared as any value, and back again", () => {
    const texts = Object.values(fingerprints(applied, applied, isSecret, known));
    expect(texts.filter((text) => text !== PLAIN)).toEqual([]);
    expect(reveal(applied, applied, isSecret, known)).toEqual(applied);
    expect(changedSecrets(applied, applied, isSecret, known)).toEqual([]);
    // Encrypted again, with nothing known of it.
    expect(reveal(applied, shape("1:new"), isSecret, {})).toEqual(applied);
    // And with what was known before it was plain.
    expect(changedSecrets(applied, shape("1:one"), isSecret, known)).toEqual([]);
  });
});

describe("what is not a secret of ours", () => {
  it("others' cipher text is left as it is", () => {
    const applied = of({ host: "h" });
    const live = of({ host: "h", password: "1:theirs", nested: { password: "1:theirs" } });
    expect(reveal(applied, live, isSecret, {})).toBe(live);
    expect(fingerprints(applied, live, isSecret)).toEqual({});
  });

  it("others' cipher text in a list that we write is sent back as it came", () => {
    const applied = of({ list: [{ host: "h", password: "plain" }, { host: "i" }] });
    const live = of({
      list: [
        { host: "h", password: "1:ours" },
        { host: "changed", password: "1:theirs" },
      ],
    });
    const known = fingerprints(applied, live, isSecret);
    const patch = toPatch(compare(applied, applied, reveal(applied, live, isSecret, known), rule), live);
    expect(patch).toEqual([
      { op: "test", path: "/attributes/list", value: live["attributes"] && (live["attributes"] as JsonObject)["list"] },
      {
        op: "replace",
        path: "/attributes/list",
        value: [
          { host: "h", password: "plain" },
          { host: "i", password: "1:theirs" },
        ],
      },
    ]);
  });

  it("in a list whose members came or went, each secret stays with its member", () => {
    const applied = of({
      list: [
        { name: "a", password: "pa" },
        { name: "b", password: "pb" },
      ],
    });
    const known = fingerprints(
      applied,
      of({
        list: [
          { name: "a", password: "1:a" },
          { name: "b", password: "1:b" },
        ],
      }),
      isSecret,
    );
    const live = of({ list: [{ name: "b", password: "1:b" }] });
    expect(reveal(applied, live, isSecret, known)).toEqual(of({ list: [{ name: "b", password: "pb" }] }));
    expect(changedSecrets(applied, live, isSecret, known)).toEqual([]);
    const other = of({ list: [{ name: "b", password: "1:other" }] });
    expect(changedSecrets(applied, other, isSecret, known)).toEqual(["/attributes/list/1/password"]);
    // The program, too, has one member now, without its secret: the mark of a change must not be written for it.
    const desired = of({ list: [{ name: "c" }] });
    const patch = toPatch(compare(desired, applied, reveal(applied, live, isSecret, known), rule), live);
    expect(JSON.stringify(patch)).not.toContain(SECRET_CHANGED);
  });

  describe("members of lists", () => {
    const member = (name: string, password: string) => ({ name, password });
    const applied = of({ list: [member("a", "pa"), member("b", "pb")] });
    const before = of({ list: [member("a", "1:a"), member("b", "1:b")] });
    const known = fingerprints(applied, before, isSecret);

    it("keep their secrets when one is inserted: no cipher text goes to another member", () => {
      const desired = of({ list: [member("new", "pn"), member("a", "pa"), member("b", "pb")] });
      const seen = reveal(applied, before, isSecret, known);
      const patch = toPatch(compare(desired, applied, seen, rule), before);
      expect(patch.at(-1)).toEqual({
        op: "replace",
        path: "/attributes/list",
        value: [member("new", "pn"), member("a", "pa"), member("b", "pb")],
      });
    });

    it("keep others' secrets with them", () => {
      const live = of({ list: [{ ...member("a", "1:a"), token: "1:theirs" }, member("b", "1:b")] });
      const desired = of({ list: [member("b", "pb"), member("a", "pa")] });
      const seen = reveal(applied, live, isSecret, known);
      const patch = toPatch(compare(desired, applied, seen, rule), live);
      expect(patch.at(-1)).toMatchObject({ value: [member("b", "pb"), { ...member("a", "pa"), token: "1:theirs" }] });
    });

    it("that others moved or inserted are no change of a secret", () => {
      const live = of({ list: [member("theirs", "1:x"), member("b", "1:b"), member("a", "1:a")] });
      expect(changedSecrets(applied, live, isSecret, known)).toEqual([]);
      expect(reveal(applied, live, isSecret, known)).toEqual(
        of({ list: [member("theirs", "1:x"), member("b", "pb"), member("a", "pa")] }),
      );
    });

    it("of one shape, told by nothing else, stay in their places", () => {
      const twins = of({
        list: [
          { password: "p", v: 1 },
          { v: 1, "key.password": "x", password: "q" },
        ],
      });
      const live = of({
        list: [
          { password: "1:p", v: 1 },
          { v: 1, "key.password": "x", password: "1:q" },
        ],
      });
      expect(reveal(twins, live, isSecret, {})).toEqual(twins);
    });

    it("keep their fingerprint's place when they move, also one that is unstable", () => {
      const unstable: Fingerprints = { ...known, "/attributes/list/1/password": UNSTABLE };
      const moved = of({ list: [member("new", "pn"), member("b", "pb"), member("a", "pa")] });
      const live = of({ list: [member("new", "1:n"), member("b", "1:b2"), member("a", "1:a")] });
      expect(fingerprints(moved, live, isSecret, unstable, rule, applied)).toEqual({
        "/attributes/list/0/password": expect.stringMatching(/^[\w-]{11}$/) as string,
        "/attributes/list/1/password": UNSTABLE,
        "/attributes/list/2/password": known["/attributes/list/0/password"],
      });
    });

    it("correspond by a rule where there is one", () => {
      const keyed = { is: "keyed", by: "type", of: FREE } as const;
      const by = (type: string, password: string) => ({ type, password });
      const ours = [by("a", "pa"), by("b", "pb")];
      const theirs = [by("b", "1:b"), by("c", "1:c")];
      expect(reveal(ours, theirs, isSecret, {}, keyed)).toEqual([by("b", "pb"), by("c", "1:c")]);
    });
  });

  it("where a secret stands is told by keys and positions", () => {
    expect(secretText("/connectorAttributes/connectionParameters/0/header")).toBe(
      "connectorAttributes.connectionParameters[0].header",
    );
    expect(secretText("/a/b.c~1d~0/12")).toBe('a["b.c/d~"][12]');
    expect(secretText("/a/0/1", { a: { 0: ["x", "y"] } })).toBe("a.0[1]");
  });

  it("a secret that is gone is set again", () => {
    const applied = of({ password: "plain" });
    for (const live of [of({}), of({ password: null }), of({ password: "" })]) {
      const seen = reveal(applied, live, isSecret, { "/attributes/password": "known" });
      expect(compare(applied, applied, seen, rule)).toHaveLength(1);
    }
  });

  it("a secret that is no longer declared goes, and its fingerprint with it", () => {
    const applied = of({ password: "plain", host: "h" });
    const live = of({ password: "1:one", host: "h" });
    const known = fingerprints(applied, live, isSecret);
    const seen = reveal(applied, live, isSecret, known);
    expect(toPatch(compare(of({ host: "h" }), applied, seen, rule), live)).toEqual([
      { op: "remove", path: "/attributes/password" },
    ]);
    expect(fingerprints(of({ host: "h" }), of({ host: "h" }), isSecret, known)).toEqual({});
  });

  it("a value that is declared where cipher text of another stood is set", () => {
    const live = of({ password: "1:theirs" });
    expect(toPatch(compare(of({ password: "plain" }), {}, reveal({}, live, isSecret, {}), rule), live)).toEqual([
      { op: "replace", path: "/attributes/password", value: "plain" },
    ]);
  });

  it("a key that is no secret may change from plain to cipher text and be called one, without drift", () => {
    const applied = of({ note: "text" });
    expect(compare(applied, applied, reveal(applied, of({ note: "1:abc" }), isSecret, {}), rule)).toEqual([]);
    expect(compare(applied, applied, reveal(applied, of({ note: "other" }), isSecret, {}), rule)).toHaveLength(1);
  });
});

describe("revealed", () => {
  test.each<[string, Json, Json, Json]>([
    ["is nothing where none is declared", { password: "" }, { password: "1:x" }, { password: "1:x" }],
    ["is nothing where the tenant has none", { password: "p" }, { password: "" }, { password: "" }],
    [
      "is the secret of the member in the same place, whatever the secrets are",
      [{ password: "one" }, { password: "two" }],
      [{ password: "two" }, { password: "1:c" }],
      [{ password: "one" }, { password: "two" }],
    ],
    [
      "also where it stands in a list within",
      [{ l: [{ password: "one" }] }, { l: [{ password: "two" }] }],
      [{ l: [{ password: "two" }] }, { l: [{ password: "1:c" }] }],
      [{ l: [{ password: "one" }] }, { l: [{ password: "two" }] }],
    ],
    [
      "is that of the member that has one",
      [{ password: "p" }],
      [{ password: "" }, { password: "1:x" }],
      [{ password: "" }, { password: "p" }],
    ],
  ])("%s", (_what, applied, live, seen) => {
    expect(reveal(applied, live, isSecret, {})).toEqual(seen);
  });

  test("is that of a keyed list's member by its key, whatever else it is called", () => {
    const keyed: ObjectRule = { is: "object", fields: { f: { is: "keyed", by: "type", of: FREE } } };
    const [a, b] = [
      { type: "a", name: "x", password: "1:a" },
      { type: "b", name: "y", password: "1:b" },
    ];
    expect(reveal({ f: [{ type: "b", name: "x", password: "p" }] }, { f: [a, b] }, isSecret, {}, keyed)).toEqual({
      f: [a, { ...b, password: "p" }],
    });
  });
});

test("what stands at a pointer, and how people read it", () => {
  expect(valueAt({ a: [{ "b/c": 1 }] }, "/a/0/b~1c")).toBe(1);
  expect(valueAt({ a: [1] }, "/b/0")).toBeUndefined();
  expect(valueAt("x", "")).toBe("x");
  expect(secretText("/a1/12b/3")).toBe("a1.12b[3]");
});

test("members of a list are told by lists in them, too", () => {
  const member = (tags: string[], password: string): JsonObject => ({ tags, password });
  const applied = of({ list: [member(["x"], "one"), member(["y"], "two")] });
  const [x, y] = [member(["x"], "1:c1"), member(["y"], "1:c2")];
  const known = fingerprints(applied, of({ list: [x, y] }), isSecret);
  expect(changedSecrets(applied, of({ list: [y, x] }), isSecret, known)).toEqual([]);
  const swapped = of({ list: [member(["y"], "1:c1"), member(["x"], "1:c2")] });
  expect(changedSecrets(applied, swapped, isSecret, known)).toHaveLength(2);
});

test("what is kept in plain text is no cipher text", () => {
  expect(ofCipherText({ "/a": PLAIN, "/b": "a fingerprint", "/c": UNSTABLE })).toEqual({
    "/b": "a fingerprint",
    "/c": UNSTABLE,
  });
});
