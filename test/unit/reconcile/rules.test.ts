import { FREE } from "../../../provider/src/reconcile";
import {
  type KeyedRule,
  type Rule,
  counterpart,
  membersRule,
  ownedBecause,
  ruleAt,
  ruleOf,
  variantOf,
} from "../../../provider/src/reconcile/rules";

const VALUE: Rule = { is: "value" };
const KEYED: KeyedRule = { is: "keyed", by: "name", of: VALUE };

test("the members of lists have a rule, whatever the list's own", () => {
  expect(membersRule({ is: "list", of: KEYED })).toBe(KEYED);
  expect(membersRule(KEYED)).toBe(VALUE);
  expect(membersRule({ is: "set" })).toEqual(VALUE);
  expect(membersRule({ ...FREE, variant: "type", owned: ["x"] })).toEqual({ is: "free", variant: "type" });
});

test("a rule leads to each step of a path, as far as there is one", () => {
  const rule: Rule = { is: "object", fields: { list: { is: "list", of: KEYED }, free: FREE } };
  expect(ruleAt(rule, ["list", 0, { by: "name", key: "x" }])).toBe(VALUE);
  expect(ruleAt(rule, ["free", "a", 0, "b"])).toEqual(FREE);
  expect(ruleAt(rule, ["other", "a"])).toBeUndefined();
  expect(ruleAt(rule, ["list", "a"])).toBeUndefined();
});

test("what all is the tenant's own has no rule for its keys", () => {
  const owned: Rule = { is: "free", owned: "the tenant counts" };
  expect(ownedBecause(owned, "a")).toBe("the tenant counts");
  expect(ruleOf(owned, "a")).toBeUndefined();
  expect(ownedBecause({ is: "free", owned: new Set(["a"]) }, "a")).toBe("the tenant sets it by itself");
  expect(ownedBecause({ is: "object", fields: { a: { is: "free", owned: ["x"] } } }, "a")).toBeUndefined();
});

test("a variant is a word or a number", () => {
  const rule: Rule = { is: "free", variant: "type" };
  expect(variantOf(rule, { type: 1 })).toBe("1");
  expect([{ type: { a: 1 } }, { type: "" }, {}, "type"].map((object) => variantOf(rule, object))).toEqual(
    Array(4).fill(undefined),
  );
});

test("a member without its key corresponds to none", () => {
  expect(counterpart(KEYED, [{ name: null }, { x: 1 }], { name: null })).toBeUndefined();
  expect(counterpart(KEYED, [{ x: 1 }], { y: 1 })).toBeUndefined();
  expect(counterpart(KEYED, [{ name: "x", y: 1 }], { name: "x" })).toEqual({ name: "x", y: 1 });
});
