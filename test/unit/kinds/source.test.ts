import { source } from "../../../provider/src/kinds/source";
import { UNKNOWN, describeInputs, reasonsFor, unsupported } from "./support";

const ASSET = {
  "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17",
  hash: "0a",
  path: "driver.jar",
};
const least = { name: "HR Feed", owner: { alias: "slpt.services" }, connector: "delimited-file" };
const choice = (what: string, by = "{ name } or { id }") => `give ${what} as ${by}`;

describeInputs(source, {
  least,
  most: {
    ...least,
    description: "Everybody",
    cluster: { name: "sp_connect_proxy_cluster" },
    connectorClass: "sailpoint.connector.DelimitedFileConnector",
    connectionType: "file",
    provisionAsCsv: true,
    features: ["DIRECT_PERMISSIONS"],
    deleteThreshold: 10,
    connectorAttributes: { "group.hasHeader": true, a: { b: [1.5, { c: "d" }, false] } },
    managementWorkgroup: { id: "1" },
    accountCorrelationRule: { name: "Correlate" },
    managerCorrelationRule: { name: "Find Manager" },
    beforeProvisioningRule: { name: "Before" },
    managerCorrelationMapping: { accountAttributeName: "manager", identityAttributeName: "uid" },
    passwordPolicies: [{ name: "Default" }, { id: "2" }],
    credentialProviderEnabled: false,
    category: "HR",
    connectorFiles: [ASSET],
    adopt: true,
  },
  mistakes: [
    ["no name", { name: null }, ["name: is missing: give a name"]],
    ["an empty name", { name: "" }, ["name: is empty: give a name"]],
    [
      "a name over 128 characters",
      { name: "x".repeat(129) },
      ["name: is longer than the 128 characters that a source's name may have"],
    ],
    ["no owner", { owner: null }, ["owner: is missing: give owner as { alias } or { name } or { id }"]],
    [
      "an owner as text",
      { owner: "slpt.services" },
      ["owner: is a string: give owner as { alias } or { name } or { id }"],
    ],
    ["an owner without a key", { owner: {} }, ["owner: names no owner: give { alias } or { name } or { id }"]],
    [
      "an owner by a key that does not exist",
      { owner: { email: "a@b" } },
      [
        "owner.email: is no input of a Source; there are alias, name, id",
        "owner: names no owner: give { alias } or { name } or { id }",
      ],
    ],
    [
      "no connector",
      { connector: null },
      ["connector: is missing: give the connector's script name, for example delimited-file"],
    ],
    [
      "a reference by id and name",
      { cluster: { id: "1", name: "2" } },
      [
        "cluster: names the cluster by name and id: give exactly one of { name } or { id }, so that they cannot contradict",
      ],
    ],
    [
      "a reference by id and name in a list",
      { passwordPolicies: [{ name: "Default" }, { name: "x", id: "y" }] },
      [
        "passwordPolicies[1]: names the password policy by name and id: give exactly one of { name } or { id }, " +
          "so that they cannot contradict",
      ],
    ],
    ["a list where an object belongs", { cluster: ["x"] }, [`cluster: is a list: ${choice("cluster")}`]],
    [
      "an input that does not exist",
      { conector: "x" },
      ['conector: is no input of a Source; the nearest is "connector"'],
    ],
    [
      "an input of a nested object that does not exist",
      { managerCorrelationMapping: { accountAttribute: "a", identityAttributeName: "b" } },
      [
        "managerCorrelationMapping.accountAttributeName: is missing: give an account attribute",
        'managerCorrelationMapping.accountAttribute: is no input of a Source; the nearest is "accountAttributeName"',
      ],
    ],
    [
      "a number as text",
      { deleteThreshold: "ten" },
      ["deleteThreshold: is a string where a whole number belongs: give a percentage"],
    ],
    [
      "attributes that are no object",
      { connectorAttributes: ["a"] },
      ["connectorAttributes: is a list: give an object"],
    ],
    [
      "a function",
      { connectorAttributes: { a: { "b.c": [1, unsupported("a function")] } } },
      ['connectorAttributes.a["b.c"][1]: is a function, which no tenant can store: give JSON'],
    ],
    [
      "NaN and Infinity",
      { connectorAttributes: { n: unsupported("NaN"), i: -Infinity } },
      [
        "connectorAttributes.n: is NaN, which no tenant can store: give JSON",
        "connectorAttributes.i: is -Infinity, which no tenant can store: give JSON",
      ],
    ],
    [
      "a value that JSON cannot carry where text belongs is told once",
      { description: unsupported("a Date") },
      ["description: is a Date, which no tenant can store: give JSON"],
    ],
    [
      "authoritative",
      { authoritative: true },
      [
        "authoritative: cannot be set: a source becomes authoritative when an identity profile uses it; set it up there",
      ],
    ],
    ["id", { id: "x" }, ["id: cannot be set: the tenant gives a source its id"]],
    ["type", { type: "DelimitedFile" }, ["type: cannot be set: it follows from connector and provisionAsCsv"]],
    ["created", { created: "2026-01-01" }, ["created: cannot be set: the tenant keeps it"]],
    [
      "provisionAsCsv of another connector",
      { provisionAsCsv: true, connector: "jdbc" },
      ["provisionAsCsv: is only for the connector delimited-file, not for jdbc: leave it out"],
    ],
  ],
});

test.each([
  [-1, "is below 0: give a percentage"],
  [101, "is above 100: give a percentage"],
  [1.5, "is the number 1.5 where a whole number belongs: give a percentage"],
])("a threshold of %d percent is refused", (deleteThreshold, reason) => {
  expect(reasonsFor(source, { ...least, deleteThreshold })).toEqual([`deleteThreshold: ${reason}`]);
});

test("provisionAsCsv goes with the connector's name as the tenant spells it, and with one that is not known yet", () => {
  for (const connector of ["delimited-file-angularsc", UNKNOWN]) {
    expect(reasonsFor(source, { ...least, connector, provisionAsCsv: true })).toEqual([]);
  }
});

test("a file without a path cannot be uploaded", () => {
  const { path: _path, ...text } = { ...ASSET, text: "x" };
  expect(reasonsFor(source, { ...least, connectorFiles: [ASSET, text] })).toEqual([
    expect.stringMatching(/^connectorFiles\[1\]: is no file: give new pulumi\.asset\.FileAsset\(path\)/),
  ]);
});

test("a name of 128 characters is fine, also where a character takes two units", () => {
  expect(reasonsFor(source, { ...least, name: "x".repeat(128) })).toEqual([]);
  expect(reasonsFor(source, { ...least, name: "𝒳".repeat(128) })).toEqual([]);
});

test("provisionAsCsv of another connector is told with other mistakes", () => {
  expect(reasonsFor(source, { connector: "jdbc", provisionAsCsv: true })).toEqual([
    "name: is missing: give a name",
    "owner: is missing: give owner as { alias } or { name } or { id }",
    "provisionAsCsv: is only for the connector delimited-file, not for jdbc: leave it out",
  ]);
});

test("the nearest input is never one that cannot be set, and one that begins alike is nearer than one of like length", () => {
  expect(reasonsFor(source, { ...least, typ: 1, manager: 2 })).toEqual([
    expect.stringMatching(/^typ: is no input of a Source; there are name, (?!.*\btype\b).*, adopt$/),
    'manager: is no input of a Source; the nearest is "managerCorrelationRule"',
  ]);
});

test("warns of what the tenant ignores", () => {
  expect(source.warnings?.({ ...least, category: "HR" })).toEqual([expect.stringContaining("the tenant ignores it")]);
  expect(source.warnings?.(least)).toEqual([]);
});
