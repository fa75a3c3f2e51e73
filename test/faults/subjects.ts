import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { entries } from "../engine/lifecycle/entries";
import type { Declared, Json, Kind } from "../engine-model/goal";

/** What goes through the faults: a program, the same with one change, and with one change that replaces. */
export interface Subject {
  name: string;
  /** Sources that were there before, as another program declares them. */
  given: readonly Declared[];
  /** Content that was on them before, by the path below the source. */
  former: Readonly<Record<string, Json>>;
  declared: (given: readonly string[]) => Declared[];
  updated: (given: readonly string[]) => Declared[];
  replaced: (given: readonly string[]) => Declared[];
}

/** Secrets of the programs: they may appear nowhere. */
export const secrets = ["correct-horse-battery", "staple-of-the-tests"];

const owner = { alias: "slpt.services" };
const given = (name: string): Declared => ({
  name,
  kind: "source",
  args: { name: `Given ${name}`, owner, connector: "active-directory" },
});

const sourceArgs: Json = {
  name: "Declared",
  description: "declared",
  owner,
  cluster: { name: "sp_connect_proxy_cluster" },
  connector: "active-directory",
  features: ["PROVISIONING", "PASSWORD"],
  connectorAttributes: {
    "a/b~c.d": "declared",
    nested: { deep: { key: "declared" } },
    password: secrets[0],
    domainSettings: [{ domainDN: "DC=one", password: secrets[1] }],
  },
  passwordPolicies: [{ name: "Corporate Password Policy" }, { name: "Vendor Password Policy" }],
  connectorFiles: [file("driver.jar", "the first driver")],
};

const source: Subject = {
  name: "Source",
  given: [],
  former: {},
  declared: () => [{ name: "it", kind: "source", args: sourceArgs }],
  updated: () => [
    {
      name: "it",
      kind: "source",
      args: {
        ...sourceArgs,
        connectorAttributes: { ...(sourceArgs["connectorAttributes"] as Json), "a/b~c.d": "changed" },
        passwordPolicies: [{ name: "Vendor Password Policy" }],
        connectorFiles: [file("driver.jar", "the second driver")],
      },
    },
  ],
  replaced: () => [{ name: "it", kind: "source", args: { ...sourceArgs, connector: "jdbc" } }],
};

/** A source with what hangs on it, as most programs have it. */
const set = (args: Json, changed: boolean): Declared[] => [
  { name: "it", kind: "source", args },
  {
    name: "account",
    kind: "schema",
    args: {
      source: { ref: "it" },
      name: "account",
      attributes: [
        { name: "mail", type: "STRING", description: changed ? "changed" : "declared" },
        { name: "added", type: "STRING" },
      ],
    },
  },
  {
    name: "create",
    kind: "provisioningPolicy",
    args: { source: { ref: "it" }, usageType: "CREATE", fields: [{ name: changed ? "mail" : "sn", type: "string" }] },
  },
];
const { passwordPolicies: _policies, connectorFiles: _files, ...plainArgs } = sourceArgs;
const withChildren: Subject = {
  name: "Source with schema and policy",
  given: [],
  former: {},
  declared: () => set(plainArgs, false),
  updated: () => set(plainArgs, true),
  replaced: () => set({ ...plainArgs, connector: "jdbc" }, false),
};

/** Each kind of the lifecycle table, with the same arguments. */
const children = entries.flatMap((entry): Subject[] => {
  if (entry.part === undefined) return [];
  const kind = `${entry.kind.charAt(0).toLowerCase()}${entry.kind.slice(1)}` as Kind;
  const it = (args: Json): Declared[] => [{ name: "it", kind, args }];
  return [
    {
      name: entry.kind,
      given: [given("one"), given("two")],
      former: entry.former ? { [entry.part]: entry.former } : {},
      declared: ([one = ""]) => it(entry.declared(one, "it")),
      updated: ([one = ""]) => it(entry.update.changed(entry.declared(one, "it"))),
      replaced: ([one = "", two = ""]) => it(entry.replace.changed(entry.declared(one, "it"), two)),
    },
  ];
});

/** Objects that the tenant does not make by itself, so that they are created and not taken over. */
const person =
  (description: string, name = "person"): ((given: readonly string[]) => Declared[]) =>
  ([one = ""]) => [
    {
      name: "it",
      kind: "schema",
      args: {
        source: one,
        name,
        nativeObjectType: "person",
        attributes: [{ name: "id", type: "STRING", description }],
      },
    },
  ];
const newSchema: Subject = {
  name: "Schema, new",
  given: [given("one")],
  former: {},
  declared: person("declared"),
  updated: person("changed"),
  replaced: person("declared", "other"),
};
const enable =
  (type: string, usageType = "ENABLE"): ((given: readonly string[]) => Declared[]) =>
  ([one = ""]) => [
    { name: "it", kind: "provisioningPolicy", args: { source: one, usageType, fields: [{ name: "reason", type }] } },
  ];
const newPolicy: Subject = {
  name: "ProvisioningPolicy, new",
  given: [given("one")],
  former: {},
  declared: enable("string"),
  updated: enable("int"),
  replaced: enable("string", "DISABLE"),
};

const run = (triggers: Json): ((given: readonly string[], on?: number) => Declared[]) => {
  return (ids, on = 0) => [{ name: "it", kind: "aggregation", args: { source: ids[on] ?? "", triggers } }];
};
const aggregation: Subject = {
  name: "Aggregation",
  given: [given("one"), given("two")],
  former: {},
  declared: (ids) => run({ run: 1 })(ids),
  updated: (ids) => run({ run: 2 })(ids),
  replaced: (ids) => run({ run: 1 })(ids, 1),
};

export const subjects: readonly Subject[] = [source, withChildren, ...children, newSchema, newPolicy, aggregation];

/** A file of this machine, as the engine hands it to a provider. */
export function file(name: string, content: string): Json {
  const hash = createHash("sha256").update(content).digest("hex");
  const folder = join(tmpdir(), `pulumi-sailpoint-faults-${hash.slice(0, 12)}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), content);
  return {
    "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17",
    hash,
    path: join(folder, name),
  };
}
