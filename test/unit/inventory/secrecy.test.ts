import { SECRET } from "../../../provider/src/inventory/inventory";
import { withoutSecrets } from "../../../provider/src/inventory/secrecy";
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
