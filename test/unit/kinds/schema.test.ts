import { schema } from "../../../provider/src/kinds/schema";
import { UNKNOWN, describeInputs, inputsFor, reasonsFor } from "./support";

const least = { source: "2c91", name: "account" };
const attribute = { name: "id", type: "STRING" };

describeInputs(schema, {
  least,
  most: {
    ...least,
    nativeObjectType: "User",
    identityAttribute: "id",
    displayAttribute: "name",
    hierarchyAttribute: "parent",
    includePermissions: false,
    features: ["PROVISIONING"],
    configuration: { a: { b: 1 } },
    exact: true,
    attributes: [
      attribute,
      {
        ...attribute,
        name: "groups",
        nativeName: "memberOf",
        description: "Groups",
        isMulti: true,
        isEntitlement: true,
        isGroup: true,
        schema: { name: "group" },
      },
    ],
  },
  mistakes: [
    ["no source", { source: null }, ["source: is missing: give a Source, or a source's id"]],
    ["no name", { name: null }, ["name: is missing: give a name, for example account"]],
    [
      "attribute names that are declared twice",
      { attributes: [attribute, { name: "name", type: "STRING" }, { name: "id", type: "INT" }] },
      ['attributes[2].name: "id" is declared twice'],
    ],
    [
      "a type that does not exist",
      { attributes: [attribute, { name: "a", type: "TEXT" }] },
      ['attributes[1].type: "TEXT" is no schema attribute type: use one of STRING, LONG, INT, BOOLEAN, DATE'],
    ],
    [
      "no type",
      { attributes: [{ name: "a" }] },
      ["attributes[0].type: is missing: give one of STRING, LONG, INT, BOOLEAN, DATE"],
    ],
    [
      "isGroup without isEntitlement",
      { attributes: [{ ...attribute, isGroup: true, schema: { name: "group" } }] },
      ["attributes[0].isGroup: needs isEntitlement: true beside it"],
    ],
    [
      "isGroup without a schema",
      { attributes: [{ ...attribute, isGroup: true, isEntitlement: true }] },
      [
        "attributes[0].schema: is missing: an attribute with isGroup refers to the schema of its groups, { name } or a Schema",
      ],
    ],
    [
      "a schema by id and name",
      { attributes: [{ ...attribute, schema: { name: "group", id: "1" } }] },
      [
        "attributes[0].schema: names the schema by name and id: give exactly one of { name } or { id }, so that they cannot contradict",
      ],
    ],
    [
      "an input of an attribute that does not exist",
      { attributes: [{ ...attribute, isMultiple: true }] },
      ['attributes[0].isMultiple: is no input of a Schema; the nearest is "isMulti"'],
    ],
    [
      "an input that does not exist",
      { identityAtribute: "a" },
      ['identityAtribute: is no input of a Schema; the nearest is "identityAttribute"'],
    ],
    ["id", { id: "1" }, ["id: cannot be set: the tenant gives a schema its id"]],
  ],
});

test("mistakes of several attributes, and of one in several ways, are told together", () => {
  const attributes = [
    { name: "a", type: "TEXT", isGroup: true },
    { name: "a", type: "STRING", isGroup: true },
    { name: "", type: "INT", isMulti: "yes" },
  ];
  const reasons = reasonsFor(schema, { ...least, attributes });
  for (const path of ["[0].type", "[0].isGroup", "[1].isGroup", "[1].schema", "[2].name", "[2].isMulti", "[1].name"]) {
    expect(reasons.join("\n")).toContain(`attributes${path}: `);
  }
});

test("an attribute's group reference that is not known yet is none that is missing", () => {
  const groups = { name: "groups", type: "STRING", isEntitlement: true, isGroup: true };
  expect(reasonsFor(schema, { ...least, attributes: [{ ...groups, schema: UNKNOWN }] })).toEqual([]);
  expect(reasonsFor(schema, { ...least, attributes: [{ ...groups, schema: { name: UNKNOWN } }] })).toEqual([]);
  expect(
    reasonsFor(schema, { ...least, attributes: [{ ...groups, isEntitlement: UNKNOWN, schema: { id: "1" } }] }),
  ).toEqual([]);
});

test("two names that are not known yet are not the same", () => {
  expect(reasonsFor(schema, { ...least, attributes: [1, 2].map(() => ({ name: UNKNOWN, type: "STRING" })) })).toEqual(
    [],
  );
});

test("the older isMultiValued is taken for isMulti", () => {
  const attributes = [{ ...attribute, isMultiValued: true }];
  expect(reasonsFor(schema, { ...least, attributes })).toEqual([]);
  expect(inputsFor(schema, { ...least, attributes })["attributes"]).toEqual([{ ...attribute, isMulti: true }]);
});

test("keys that no document names are accepted; a near miss of a known one is an error", () => {
  const declared = { ...least, attributes: [{ ...attribute, isManaged: true, note: { of: "a tenant" } }] };
  expect(reasonsFor(schema, declared)).toEqual([]);
  expect(inputsFor(schema, declared)).toEqual(declared);
  expect(reasonsFor(schema, { ...least, attributes: [{ ...attribute, isMultii: true, Description: "x" }] })).toEqual([
    'attributes[0].isMultii: is no input of a Schema; the nearest is "isMulti"',
    'attributes[0].Description: is no input of a Schema; the nearest is "description"',
  ]);
});
