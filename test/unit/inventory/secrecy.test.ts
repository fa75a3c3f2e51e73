import { SECRET } from "../../../provider/src/inventory/inventory";
import { asMarked, withoutMarks, withoutSecrets } from "../../../provider/src/inventory/secrecy";
import { type Fields, json, text } from "../../../provider/src/kinds/tree/field";
import { type IsSecret, type Json, type JsonObject, SECRET_CHANGED } from "../../../provider/src/reconcile";

const fields: Fields = {
  password: text({ doc: "No secret, though it is called so.", give: "a text" }),
  attributes: json({ doc: "Whatever.", holdsSecrets: true }),
  known: json({ doc: "Without secrets." }),
};
const isSecret: IsSecret = (key, value) => key === "password" || (typeof value === "string" && value.startsWith("1:"));

test.each<[string, Json, Json]>([
  ["by its key", { password: "p", url: "u" }, { password: SECRET, url: "u" }],
  ["by what the tenant has there", { note: "1:x", list: ["1:y", "z"] }, { note: SECRET, list: [SECRET, "z"] }],
  ["at any depth", { a: [{ b: { password: 1 } }] }, { a: [{ b: { password: SECRET } }] }],
  ["all of a structure", { password: { x: ["y"] } }, { password: SECRET }],
  ["but nothing that is blank", { password: "", a: { password: {} } }, { password: "", a: { password: {} } }],
  ["nor the text for a changed one", { password: SECRET_CHANGED }, { password: SECRET_CHANGED }],
  ["nor null and numbers", { a: null, b: 1, c: [null] }, { a: null, b: 1, c: [null] }],
])("a secret is not shown: %s", (_what, attributes, expected) => {
  expect(withoutSecrets({ attributes }, fields, isSecret)).toEqual({ attributes: expected });
});

test("fields that hold no secrets are shown", () => {
  const inputs: JsonObject = { password: "p", known: { password: "p" }, toString: "1:x" };
  expect(withoutSecrets(inputs, fields, isSecret)).toEqual(inputs);
});

test.each<[string, JsonObject, JsonObject, JsonObject]>([
  ["our own word", { p: SECRET, u: "u" }, { p: SECRET_CHANGED, u: "u" }, { u: "u" }],
  ["a tenant's mask", { p: "********", short: "***" }, { p: SECRET_CHANGED, short: "***" }, { short: "***" }],
  ["in a list, whose positions stay", { l: [SECRET, "x"] }, { l: [SECRET_CHANGED, "x"] }, { l: [null, "x"] }],
  ["at any depth", { a: [{ b: SECRET, c: 1 }] }, { a: [{ b: SECRET_CHANGED, c: 1 }] }, { a: [{ c: 1 }] }],
  [
    "nothing else",
    { a: null, b: false, c: [2], d: {} },
    { a: null, b: false, c: [2], d: {} },
    { a: null, b: false, c: [2], d: {} },
  ],
])("a secret that is not known is marked, and left out: %s", (_what, told, marked, without) => {
  expect(asMarked(told)).toEqual(marked);
  expect(withoutMarks(marked)).toEqual(without);
});
