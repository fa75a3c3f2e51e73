import type { JsonObject } from "../../../provider/src/reconcile";
import { provisioningPolicy } from "../../../provider/src/kinds/provisioning-policy";
import { UNKNOWN, describeInputs, reasonsFor } from "./support";

const least = { source: "2c91", usageType: "CREATE" };
const dropped = (usageType: string) =>
  `has no effect for ${usageType}: the tenant keeps it for CREATE only and drops it here. Leave it out`;

describeInputs(provisioningPolicy, {
  apiVersion: "services",
  least,
  most: {
    ...least,
    usageType: "CREATE",
    subtype: { name: "service" },
    name: "Account",
    description: "What a new account gets",
    fields: [
      {
        name: "id",
        type: "string",
        isRequired: true,
        isMultiValued: false,
        transform: { type: "identityAttribute", attributes: { name: "uid" } },
        attributes: { template: "$uid", cloudMaxSize: "20" },
      },
    ],
  },
  mistakes: [
    ["no usage type", { usageType: null }, ["usageType: is missing: give a usage type, for example CREATE"]],
    [
      "isRequired outside CREATE",
      { usageType: "ENABLE", fields: [{ name: "a" }, { name: "b", isRequired: true }] },
      [`fields[1].isRequired: ${dropped("ENABLE")}`],
    ],
    [
      "a field's type that does not exist",
      { fields: [{ name: "a", type: "STRING" }] },
      ['fields[0].type: "STRING" is no type of a policy\'s field: use one of string, int, long, date, boolean, secret'],
    ],
    [
      "a field that is declared twice",
      { fields: [{ name: "a" }, { name: "a" }] },
      ['fields[1].name: "a" is declared twice'],
    ],
    [
      "an input that does not exist",
      { field: [] },
      ['field: is no input of a ProvisioningPolicy; the nearest is "fields"'],
    ],
    ["id", { id: "x" }, ["id: cannot be set: it follows from source and usageType"]],
  ],
});

test("subtypes are for the per-service form of the API, and a policy of machine accounts needs one", () => {
  const machine = { ...least, usageType: "CREATE_MACHINE_ACCOUNT" };
  expect(reasonsFor(provisioningPolicy, machine)).toEqual([
    "subtype: is missing: CREATE_MACHINE_ACCOUNT is for one subtype of the source, { name } or { id }",
  ]);
  expect(reasonsFor(provisioningPolicy, { ...machine, subtype: { id: "1" } })).toEqual([
    "version v2025 of the API has no listProvisioningPoliciesById, which a ProvisioningPolicy needs: set " +
      "sailpoint:apiVersion to services",
  ]);
  expect(reasonsFor(provisioningPolicy, { ...machine, subtype: { id: "1" } }, "services")).toEqual([]);
});

test("isRequired outside CREATE is told with other mistakes of the same policy", () => {
  const fields = [
    { name: "a", type: "TEXT" },
    { name: "b", isRequired: true },
  ];
  expect(reasonsFor(provisioningPolicy, { ...least, usageType: "DISABLE", fields })).toEqual([
    expect.stringMatching(/^fields\[0\]\.type: /),
    `fields[1].isRequired: ${dropped("DISABLE")}`,
  ]);
});

test("isRequired: false says what is so anyway, and with a usage type that is not known yet nothing is wrong yet", () => {
  expect(
    reasonsFor(provisioningPolicy, { ...least, usageType: "ENABLE", fields: [{ name: "a", isRequired: false }] }),
  ).toEqual([]);
  expect(
    reasonsFor(provisioningPolicy, { ...least, usageType: UNKNOWN, fields: [{ name: "a", isRequired: true }] }),
  ).toEqual([]);
});

test("a usage type that is not documented is sent, with a warning", () => {
  expect(reasonsFor(provisioningPolicy, { ...least, usageType: "ENABEL" })).toEqual([]);
  expect(provisioningPolicy.warnings?.({ ...least, usageType: "ENABEL" })).toEqual([
    'usageType "ENABEL" is not documented; it is sent as it is. The nearest that is: ENABLE',
  ]);
  // What holds for another usage type than CREATE is no advice for CREATE misspelt.
  const fields = [{ name: "a", isRequired: true }];
  expect(reasonsFor(provisioningPolicy, { ...least, usageType: "CREAT", fields })).toEqual([]);
  expect(provisioningPolicy.warnings?.(least)).toEqual([]);
  expect(provisioningPolicy.warnings?.({ ...least, usageType: UNKNOWN })).toEqual([]);
});

test.each<[string, JsonObject, string[]]>([
  ["of the field", { type: "sttic", attributes: { value: "x" } }, ['fields.mail.transform.type "sttic"']],
  ["the type alone", { type: "uuidd" }, ['fields.mail.transform.type "uuidd"']],
  [
    "of its input and of each operand",
    {
      type: "lower",
      attributes: {
        input: {
          type: "concatt",
          attributes: { values: [{ type: "identityAtribute", attributes: { name: "a" } }, "@"] },
        },
      },
    },
    [
      'fields.mail.transform.attributes.input.type "concatt"',
      'fields.mail.transform.attributes.input.attributes.values[0].type "identityAtribute"',
    ],
  ],
  [
    "of a name in a template",
    { type: "static", attributes: { v: { type: "uper", attributes: {} }, value: "$v" } },
    ['fields.mail.transform.attributes.v.type "uper"'],
  ],
  // What a table looks up is no transform, and what resembles nothing may be new.
  ["of none", { type: "lookup", attributes: { table: { type: "sttic", default: "static" } } }, []],
  ["of one that nobody knows", { type: "generateSomething", attributes: {} }, []],
  ["in other letters", { type: "ISO3166", attributes: {} }, []],
])("a misspelt transform is sent, with a warning: %s", (_, transform, told) => {
  const warnings = provisioningPolicy.warnings?.({ ...least, fields: [{ name: "mail", transform }] });
  expect(warnings).toEqual(told.map((text): unknown => expect.stringContaining(`${text} is not documented`)));
});

test("a field's type that is blank, as tenants print it, is none", () => {
  for (const type of ["", null]) {
    expect(reasonsFor(provisioningPolicy, { ...least, fields: [{ name: "a", type, note: "of a tenant" }] })).toEqual(
      [],
    );
  }
});
