import { isObject, type JsonObject } from "../json";

/** The answer with what the API's document allows and nobody expects: nulls, missing and unknown fields, depth, unicode. */
export function madeUnusual(body: unknown, seed: number): unknown {
  const oddities = [
    withUnknownFields,
    withoutOptionalFields,
    withNulls,
    withPrototypeKeys,
    withOddTexts,
    withTenMegabytes,
  ];
  const oddity = oddities[seed % oddities.length] ?? withUnknownFields;
  if (Array.isArray(body)) {
    // Ten megabytes are one odd member's; a whole list of them would be a gigabyte.
    const odd = (index: number) => oddity !== withTenMegabytes || index === 0;
    return body.map((item: unknown, index) => (isObject(item) && odd(index) ? oddity(item) : item));
  }
  return isObject(body) ? oddity(body) : body;
}

/** Fields that answers may lack by the API's document, and that may be null. */
const optional = ["features", "schemas", "passwordPolicies", "category", "modified", "description", "configuration"];
const nullable = [
  "owner",
  "cluster",
  "accountCorrelationConfig",
  "managementWorkgroup",
  "passwordPolicies",
  "category",
];

const withUnknownFields = (object: JsonObject): JsonObject => ({ ...object, "x-unknown": { deep: nested(50) } });

const withoutOptionalFields = (object: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([key]) => !optional.includes(key)));

const withNulls = (object: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, nullable.includes(key) ? null : value]));

/** Keys that do harm to a program that copies them carelessly. */
const withPrototypeKeys = (object: JsonObject): JsonObject =>
  Object.fromEntries([
    ...Object.entries(object).map(([key, value]): [string, unknown] => [
      key,
      key === "connectorAttributes" && isObject(value) ? withPrototypeKeys(value) : value,
    ]),
    ["__proto__", { polluted: true }],
    ["constructor", { prototype: { polluted: true } }],
  ]);

const withOddTexts = (object: JsonObject): JsonObject => ({
  ...object,
  "x-unicode": "\u0000\u202e\ud83d\ude00 ٣ ß ﷽",
});

const withTenMegabytes = (object: JsonObject): JsonObject => ({ ...object, "x-long": "x".repeat(10_000_000) });

function nested(depth: number): unknown {
  let value: unknown = "bottom";
  for (let level = 0; level < depth; level += 1) value = [{ level, value }];
  return value;
}
