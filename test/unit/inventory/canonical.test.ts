import { canonical } from "../../../provider/src/inventory/canonical";
import {
  type Fields,
  commaSet,
  flag,
  json,
  keyed,
  list,
  object,
  reference,
  set,
  text,
} from "../../../provider/src/kinds/tree/field";
import type { JsonObject } from "../../../provider/src/reconcile";

/** Files of two exports differ only where the tenants do. */

const plain = text({ doc: "A text.", give: "a text" });
const mapping = object({ doc: "Two texts.", fields: { a: plain, b: plain } });
const fields: Fields = {
  name: plain,
  on: flag("A flag."),
  owner: reference({ doc: "Who.", to: "identity", what: "identity" }),
  mapping,
  members: keyed({
    doc: "By their names.",
    by: "name",
    of: object({ doc: "Named.", fields: { name: plain, tags: set({ doc: "Words.", of: plain }) } }),
  }),
  ordered: list({ doc: "In an order.", of: mapping }),
  features: set({ doc: "Words.", of: plain }),
  encrypted: commaSet({ doc: "Names.", give: "names" }),
  attributes: json({ doc: "Whatever.", fields: { known: set({ doc: "Words.", of: plain }) } }),
};

test.each<[string, JsonObject, JsonObject]>([
  ["fields come as their kind has them", { on: true, name: "x" }, { name: "x", on: true }],
  ["what is null or no field is not there", { name: null, other: 1, on: false }, { on: false }],
  ["objects, too", { mapping: { b: "2", a: "1", c: "3", d: null } }, { mapping: { a: "1", b: "2" } }],
  ["references stay", { owner: { name: "x", id: "1" } }, { owner: { name: "x", id: "1" } }],
  [
    "members by their key",
    { members: [{ tags: ["b", "a"], name: "y" }, { name: "z" }, { name: "x" }] },
    { members: [{ name: "x" }, { name: "y", tags: ["a", "b"] }, { name: "z" }] },
  ],
  ["ordered lists keep their order", { ordered: [{ b: "2", a: "1" }, {}] }, { ordered: [{ a: "1", b: "2" }, {}] }],
  ["sets by text", { features: ["b", "c", "a"] }, { features: ["a", "b", "c"] }],
  ["sets of one text", { encrypted: "b, c,a" }, { encrypted: "a,b,c" }],
  [
    "free JSON by its keys, at any depth, what says what it is first",
    { attributes: { b: [{ z: 1, a: null, id: 3, name: 2, type: 1 }], a: { d: 1, c: 2 } } },
    { attributes: { a: { c: 2, d: 1 }, b: [{ type: 1, name: 2, id: 3, z: 1 }] } },
  ],
  [
    "known keys of it as they are",
    { attributes: { known: ["b", "a"], k: ["b", "a"] } },
    { attributes: { k: ["b", "a"], known: ["a", "b"] } },
  ],
  [
    "known keys only at its top",
    { attributes: { x: { known: ["b", "a"] } } },
    { attributes: { x: { known: ["b", "a"] } } },
  ],
  [
    "what has another form than its field stays as it is",
    { mapping: "x", features: "x", attributes: ["b", { d: 1, c: 2 }] },
    { mapping: "x", features: "x", attributes: ["b", { c: 2, d: 1 }] },
  ],
  ["but no list has no members", { members: "x", ordered: 1 }, { members: [], ordered: [] }],
])("%s", (_what, inputs, expected) => {
  // As text, since the order of keys is what is meant.
  expect(JSON.stringify(canonical(inputs, fields))).toBe(JSON.stringify(expected));
});
