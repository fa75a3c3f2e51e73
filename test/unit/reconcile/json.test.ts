import { type Maybe, same, sameInAnyOrder } from "../../../provider/src/reconcile";

/** Null, absent and empty, decided once. */
test.each<[Maybe, Maybe, boolean]>([
  [undefined, null, true],
  ["", {}, true],
  [[], { a: { b: null } }, true],
  [{ a: "" }, { a: 1 }, false],
  [0, null, false],
  [false, "", false],
  [[1, 2], [1, 3], false],
  [[1, 2], [1, 2, 3], false],
  [[1, 2], [2, 1], false],
  [[1], { 0: 1 }, false],
  [{ a: 1, b: 2 }, { b: 2, a: 1, c: null }, true],
  [{ a: 1, b: 2 }, { a: 1, b: 3 }, false],
  [[null], [null, null], false],
  [[null], ["", 1], false],
])("%j and %j are the same: %j", (left, right, are) => {
  expect(same(left, right)).toBe(are);
  expect(same(right, left)).toBe(are);
});

test.each<[Maybe, Maybe, boolean]>([
  [[1, { b: 2, a: [3, 4] }], [{ a: [4, 3], b: 2 }, 1], true],
  [{ a: 1, b: null, c: { d: "" } }, { a: 1 }, true],
  [[1, 1], [1], false],
  [{ a: 1 }, { b: 1 }, false],
  [null, {}, true],
  ["1", 1, false],
  [[null], [], false],
])("in any order %j and %j are the same: %j", (left, right, are) => {
  expect(sameInAnyOrder(left, right)).toBe(are);
});
