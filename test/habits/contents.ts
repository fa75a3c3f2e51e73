import type { Json } from "../engine-model/goal";
import { secretOf } from "./leaks";
import { type ChildKind, type DeclaredSource, NAMES, OPTIONS, type Place } from "./stack";

type Contents = readonly [ChildKind, string, (n: number) => Json];
export const CHILDREN: readonly Contents[] = [
  [
    "schema",
    "account",
    (n) => ({
      name: "account",
      attributes: [
        { name: "mail", type: "STRING", description: `d${String(n)}` },
        ...(n > 1 ? [{ name: "id", type: "STRING" }] : []),
      ],
    }),
  ],
  [
    "schema",
    "robot",
    (n) => ({ name: "robot", nativeObjectType: "robot", attributes: [{ name: `a${String(n)}`, type: "STRING" }] }),
  ],
  ["provisioningPolicy", "CREATE", (n) => ({ usageType: "CREATE", fields: fieldsOf(n) })],
  ["provisioningPolicy", "DISABLE", (n) => ({ usageType: "DISABLE", fields: fieldsOf(n) })],
  [
    "schedule",
    "ACCOUNT_AGGREGATION",
    (n) => ({ type: "ACCOUNT_AGGREGATION", cronExpression: `0 0 ${String(n)} * * ?` }),
  ],
  [
    "correlationConfig",
    "",
    (n) => ({
      attributeAssignments: [["name→id", "email→mail"], ["email→mail", "name→id", "name→name"], ["name→name"]][
        n - 1
      ]?.map(assignment),
    }),
  ],
  [
    "nativeChangeDetection",
    "",
    (n) => ({ enabled: true, operations: n === 1 ? ["ACCOUNT_UPDATED"] : ["ACCOUNT_UPDATED", "ACCOUNT_DELETED"] }),
  ],
  ["attributeSyncConfig", "", () => ({ attributes: [{ name: "email", enabled: true }] })],
  [
    "entitlementRequestConfig",
    "",
    (n) => ({ accessRequestConfig: n === 1 ? { requireEndDate: true } : { requestCommentRequired: true } }),
  ],
  ["aggregation", "accounts", (n) => ({ of: "accounts", triggers: { n } })],
];

const fieldsOf = (n: number): Json[] =>
  [
    [
      { name: "x", type: "string" },
      { name: "y", type: "string", transform: { type: "static", attributes: { value: "User" } } },
    ],
    [
      { name: "y", type: "string", transform: { type: "identityAttribute", attributes: { name: "uid" } } },
      { name: "x", type: "int" },
    ],
    [{ name: "userName", type: "string" }],
  ][n - 1] ?? [];

const assignment = (text: string): Json => {
  const [property, value] = text.split("→");
  return { property, value };
};

/** The operations of a web service that there may be. */
export const MEMBERS = ["Users", "Groups", "Roles"] as const;

export const member = (at: Place, name: string, n: number): Json => ({
  uniqueNameForEndPoint: name,
  contextUrl: `/${name}/${String(n)}`,
  ...(n === 3 ? {} : { password: secretOf(at, `member${name}`, n) }),
});

/** A source as a program declares it at first. */
export const declaredSource = (at: Place, n: number, more: Json = {}): DeclaredSource => ({
  ...OPTIONS,
  resource: at,
  args: {
    name: NAMES[at],
    owner: { alias: "slpt.services" },
    connector: at === "alpha" ? "web-services" : "people-saas",
    connectorAttributes: {
      ours: `ours ${String(n)}`,
      password: secretOf(at, "password", n),
      connectionParameters: [member(at, "Users", n), member(at, "Groups", n)],
      ...more,
    },
  },
});
