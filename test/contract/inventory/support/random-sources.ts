import fc, { type Arbitrary } from "fast-check";
import { kinds } from "../../../../provider/src/kinds";
import type { Kind } from "../../../../provider/src/kinds/kind";
import type { Field, Fields } from "../../../../provider/src/kinds/tree/field";
import { type Json, type JsonObject, isObject, own, put } from "../../../../provider/src/reconcile";
import type { Declared } from "../../../engine-model/goal";
import { CONNECTORS } from "./everything";

/** What a tenant's sources may refer to, by names that are the same on every tenant. */
export interface Names {
  identity: readonly string[];
  cluster: readonly string[];
  workgroup: readonly string[];
  passwordPolicy: readonly string[];
}

const ODD_TEXTS = [
  ...[
    "plain",
    "${x}",
    "`y`",
    "$$",
    "\r\n",
    "*/",
    "'\"",
    "yes",
    "1",
    "true",
    "2026-08-01",
    "\u2028",
    "\u202e",
    "日本語 🎉",
  ],
  ...["fn::join", "[secret]", "null", " ", "\\", "#", "%s", "{{x}}", "<b>", "é", "ﬁ"],
];
const ODD_KEYS = [
  "a.b",
  "a/b",
  "a~b",
  "a b",
  "__proto__",
  "constructor",
  "",
  "0",
  "new",
  "ünï",
  "${x}",
  "-",
  "two\nlines",
];

const text = fc.oneof(
  fc.constantFrom(...ODD_TEXTS),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }),
  fc.tuple(fc.constantFrom(...ODD_TEXTS), fc.constantFrom(...ODD_TEXTS)).map((parts) => parts.join("")),
);
const filled = text.filter((one) => one.trim() !== "");
const key = fc
  .oneof(fc.constantFrom(...ODD_KEYS), fc.string({ unit: "grapheme", maxLength: 6 }))
  .filter((one) => one !== "__proto__"); // Pulumi drops it, which an export tells

/** What a new object has at a key is a secret where its name says so: a few of them are. */
const SECRETS = ["password", "clientSecret", "Authorization"];
const free: Arbitrary<Json> = fc.letrec<{ any: Json }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    text,
    fc.integer(),
    fc.boolean(),
    fc.constantFrom<Json>(1.5, -0.25, 1e21),
    fc.array(tie("any"), { maxLength: 3 }),
    fc.array(fc.tuple(key, tie("any")), { maxLength: 3 }).map(objectOf),
  ),
})).any;
const settings = fc
  .tuple(fc.array(fc.tuple(key, free), { maxLength: 5 }), fc.subarray(SECRETS))
  .map(([entries, secrets]) => objectOf([...entries, ...secrets.map((name): [string, Json] => [name, "s3cret word"])]));

function objectOf(entries: readonly (readonly [string, Json])[]): JsonObject {
  const object: JsonObject = {};
  for (const [name, value] of entries) put(object, name, value);
  return object;
}

/** What is more than its field says: which words a tenant knows, what fits together. */
type Special = Readonly<Record<string, Arbitrary<Json> | undefined>>;

/** Inputs of a kind, from its tree. */
function inputsOf(kind: Kind, names: Names, special: Special): Arbitrary<JsonObject> {
  // Where a source's id belongs, anything that may be one.
  const isValid = (inputs: JsonObject) => kind.inputs.safeParse({ source: "0", ...inputs }).success;
  const fields = Object.fromEntries(Object.entries(kind.fields).filter(([, { type }]) => type !== "parent"));
  const isSource = kind === kinds.source;
  return fieldsOf(fields, names, special).filter((inputs) =>
    isSource ? kind.inputs.safeParse(inputs).success : isValid(inputs),
  );
}

function fieldsOf(fields: Fields, names: Names, special: Special = {}): Arbitrary<JsonObject> {
  const members = Object.entries(fields).flatMap(([name, field]) => {
    const value = Object.hasOwn(special, name) ? special[name] : valueOf(field, names);
    if (value === undefined) return [];
    const entry = value.map((one): [string, Json][] => [[name, one]]);
    return [field.required === true ? entry : fc.oneof(entry, fc.constant<[string, Json][]>([]))];
  });
  return fc.tuple(...members).map((entries) => objectOf(entries.flat()));
}

function valueOf(field: Field, names: Names): Arbitrary<Json> | undefined {
  switch (field.type) {
    case "text":
      return filled;
    case "word":
      return fc.constantFrom(...field.of);
    case "flag":
      return fc.boolean();
    case "number":
      return fc.integer({ min: field.least, max: field.most ?? 1000 });
    case "json":
      return settings;
    case "object":
      return fieldsOf(field.fields, names);
    case "list":
      return listOf(field.of, names);
    case "keyed":
      return listOf(field.of, names, field.by);
    case "set":
      return listOf(field.of, names, "");
    case "reference":
      return referenceTo(field.to, field.by[0] ?? "name", names);
    case "commaSet":
    case "file":
    case "files":
    case "parent":
      return undefined;
  }
}

function listOf(of: Field, names: Names, by?: string): Arbitrary<Json> | undefined {
  const member = valueOf(of, names);
  if (member === undefined) return undefined;
  if (by === undefined) return fc.array(member, { maxLength: 3 });
  const selector = (value: Json) => String(by === "" ? value : own(value, by));
  return fc.uniqueArray(member, { maxLength: 3, minLength: by === "" ? 0 : 1, selector });
}

function referenceTo(to: string, by: string, names: Names): Arbitrary<Json> | undefined {
  const known = (names as unknown as Readonly<Record<string, readonly string[]>>)[to];
  return known === undefined ? undefined : fc.constantFrom(...known).map((name) => ({ [by]: name }));
}

const keyed = (name: string, value: Arbitrary<Json>, from: readonly string[]) =>
  fc
    .uniqueArray(fc.tuple(fc.constantFrom(...from), value), { maxLength: 3, selector: ([one]) => one })
    .map((entries) => entries.map(([one, rest]): JsonObject => ({ ...(isObject(rest) ? rest : {}), [name]: one })));

const CRONS = ["0 0 3 * * ?", "0 0 5,13,21 * * ?", "0 0 12 1/1 * ? *"];
const USAGE_TYPES = ["CREATE", "UPDATE", "DISABLE", "ENABLE", "DELETE", "ASSIGN", "CHANGE_PASSWORD"];
const NONE = undefined;

/** One source with all that hangs on it, as a program declares it. */
function sourceNamed(name: string, at: string, names: Names): Arbitrary<Declared[]> {
  const source = { ref: at };
  const connectors = CONNECTORS.filter((connector) => connector !== "delimited-file" && connector !== "workday");
  const own = inputsOf(kinds.source, names, {
    ...{ name: fc.constant(name), connector: fc.constantFrom(...connectors) },
    ...{ connectorClass: NONE, connectionType: NONE, provisionAsCsv: NONE, category: NONE, adopt: NONE },
    features: fc.subarray(["PROVISIONING", "ENABLE", "UNLOCK", "SEARCH", "PASSWORD"]),
    // Of a new source only some connectors take password policies.
    passwordPolicies: NONE,
  });
  const attribute = fieldsOf(
    { ...(kinds.schema.fields["attributes"] as { of: { fields: Fields } }).of.fields },
    names,
    { name: fc.constant("id"), isGroup: NONE, schema: NONE, isManaged: NONE },
  );
  const schema = inputsOf(kinds.schema, names, {
    name: fc.constantFrom("account", "team", "odd/name.of it"),
    identityAttribute: NONE,
    features: fc.subarray(["PROVISIONING", "GROUP_PROVISIONING", "AUTHENTICATE"]),
    attributes: keyed("name", attribute, ["id", "mail", ...ODD_KEYS.slice(0, 4)]),
  });
  const policy = fc.constantFrom(...USAGE_TYPES).chain((usageType) =>
    inputsOf(kinds.provisioningPolicy, names, {
      usageType: fc.constant(usageType),
      subtype: NONE,
      fields: keyed(
        "name",
        fieldsOf((kinds.provisioningPolicy.fields["fields"] as { of: { fields: Fields } }).of.fields, names, {
          name: fc.constant("id"),
          ...(usageType === "CREATE" ? {} : { isRequired: NONE }),
        }),
        ["id", "mail", ...ODD_KEYS.slice(0, 4)],
      ),
    }),
  );
  const scheme = fc.constantFrom<JsonObject>(
    { approverType: "MANAGER" },
    { approverType: "SOURCE_OWNER" },
    ...names.workgroup.map((group) => ({ approverType: "GOVERNANCE_GROUP", approverId: { name: group } })),
  );
  const approvals = (of: Field | undefined) =>
    fieldsOf((of as { fields: Fields }).fields, names, { approvalSchemes: fc.array(scheme, { maxLength: 3 }) });
  const { accessRequestConfig, revocationRequestConfig } = kinds.entitlementRequestConfig.fields;
  const children = fc.tuple(
    several("schema", schema, "name"),
    several("provisioningPolicy", policy, "usageType"),
    several("schedule", inputsOf(kinds.schedule, names, { cronExpression: fc.constantFrom(...CRONS) }), "type"),
    one("correlationConfig", inputsOf(kinds.correlationConfig, names, {})),
    one("nativeChangeDetection", inputsOf(kinds.nativeChangeDetection, names, {})),
    one(
      "entitlementRequestConfig",
      inputsOf(kinds.entitlementRequestConfig, names, {
        accessRequestConfig: approvals(accessRequestConfig),
        revocationRequestConfig: approvals(revocationRequestConfig),
      }),
    ),
  );
  return fc
    .tuple(own, children)
    .map(([args, others]) => [
      { name: at, kind: "source", args },
      ...others
        .flat()
        .map(([kind, inputs], i): Declared => ({ name: `${at}-${String(i)}`, kind, args: { ...inputs, source } })),
    ]);
}

type Child = readonly [kind: Declared["kind"], inputs: JsonObject];
const several = (kind: Declared["kind"], inputs: Arbitrary<JsonObject>, by: string): Arbitrary<Child[]> =>
  fc
    .uniqueArray(inputs, { maxLength: 3, selector: (one) => String(one[by]) })
    .map((all) => all.map((one) => [kind, one] as const));
const one = (kind: Declared["kind"], inputs: Arbitrary<JsonObject>): Arbitrary<Child[]> =>
  fc.option(inputs).map((found) => (found === null ? [] : [[kind, found] as const]));

/** The sources of a tenant. */
export const randomSources = (names: Names): Arbitrary<Declared[]> =>
  fc
    .uniqueArray(
      filled.filter((name) => name === name.trim() && Array.from(name).length <= 128),
      { minLength: 1, maxLength: 3 },
    )
    .chain((sources) => fc.tuple(...sources.map((name, i) => sourceNamed(name, `s${String(i)}`, names))))
    .map((declared) => declared.flat());
