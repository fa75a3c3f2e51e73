import {
  type Json,
  type JsonObject,
  type Maybe,
  type ObjectRule,
  type Rule,
  FREE,
  declarable,
  project,
} from "../../../provider/src/reconcile";

/** Live as the program would spell it; the rest of it is in the scenarios. */

const VALUE: Rule = { is: "value" };
const FLAG: Rule = { is: "value", absent: false };
const MEMBER: ObjectRule = { is: "object", fields: { name: VALUE, flag: FLAG } };

describe("live for the managed paths", () => {
  test.each<[string, Rule, Maybe, Maybe, Maybe]>([
    ["nothing of what is not declared", MEMBER, undefined, { name: "x" }, undefined],
    ["nor of what declares nothing", MEMBER, { name: null }, { name: "x" }, { name: null }],
    [
      "an immutable object as it was applied",
      { is: "object", immutable: "because", fields: { a: VALUE } },
      { a: 1 },
      { a: 2 },
      { a: 1 },
    ],
    ["of a comma set, the members that are there", { is: "commaSet" }, "c,a,b", "b, x,c", "c,b"],
    ["of what is no text where one belongs, what is there", { is: "commaSet" }, { a: null }, "true", "true"],
    [
      "of a keyed list, too",
      { is: "keyed", by: "name", of: MEMBER },
      [{ name: "x" }, { name: "y" }],
      [{ name: "y" }],
      [{ name: "y" }],
    ],
    [
      "a member of others in an ordered list as it would be declared",
      { is: "list", by: "name", of: MEMBER },
      [{ name: "x" }],
      [
        { name: "x", server: 1 },
        { name: "y", flag: false, server: 1 },
      ],
      [{ name: "x" }, { name: "y" }],
    ],
    [
      "and as it is, if that were nothing",
      { is: "list", by: "name", of: MEMBER },
      [],
      [{ server: 1 }],
      [{ server: 1 }],
    ],
    ["or nothing of it is left", { is: "list", of: MEMBER }, [{ name: "x" }], [{ server: 1 }], [{}]],
  ])("has %s", (_what, rule, applied, live, expected) => {
    expect(project(applied, live, rule)).toStrictEqual(expected);
  });
});

describe("what an import declares", () => {
  test.each<[string, Rule, Json, Maybe]>([
    ["a reference", { is: "reference", to: "identity" }, { id: "1" }, { id: "1" }],
    ["no flag that is off", MEMBER, { name: "x", flag: false }, { name: "x" }],
    [
      "but one that must be given",
      { is: "object", fields: { flag: { ...FLAG, required: true } } },
      { flag: false },
      { flag: false },
    ],
    ["and false that says something", { is: "object", fields: { a: VALUE } }, { a: false }, { a: false }],
    ["no member of nothing", { is: "list", of: MEMBER }, [{ name: "x" }, { name: "" }, { server: 1 }], [{ name: "x" }]],
    ["nor in a keyed list", { is: "keyed", by: "name", of: MEMBER }, [{ flag: false }], []],
    ["free JSON as it is", FREE, { a: "", b: { c: null } }, { a: "", b: { c: null } }],
    [
      "less what is the tenant's own, and blank",
      { is: "free", owned: ["healthy"] },
      { healthy: true, a: 1, b: "" },
      { a: 1 },
    ],
    ["by the rules of what is known of it", { is: "free", fields: { a: FLAG } }, { a: false, b: false }, { b: false }],
    ["nothing where that is all", { is: "free", owned: ["healthy"] }, { healthy: true }, undefined],
    [
      "no key that no document names",
      { ...MEMBER, rest: { is: "value", carried: true } },
      { more: 1, name: "x" },
      { name: "x" },
    ],
  ])("is %s", (_what, rule, live, expected) => {
    expect(declarable(live, rule)).toStrictEqual(expected);
  });

  test("stands in the order of the fields", () => {
    const live: JsonObject = { flag: true, name: "x" };
    expect(JSON.stringify(declarable(live, MEMBER))).toBe('{"name":"x","flag":true}');
  });
});
