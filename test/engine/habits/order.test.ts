import { type RunningTenant, startTenant } from "sailpoint-simulator";
import { Engine } from "../../engine-model/engine";
import { settingsFor } from "../../faults/row";
import { type Address, type DeclaredChild, OPTIONS, type Stack, goalsOfStack } from "../../habits/stack";
import { type Project, createProject, createTenant } from "../harness";

/**
 * The habits are tried on a small engine that plays the real one. Here the same stacks go through both: what reaches the
 * tenant, command by command, must be the same.
 */
const program = `
const pulumi = require("@pulumi/pulumi");
const sailpoint = require("pulumi-sailpoint");
const { sources, children } = JSON.parse(process.env.STACK);
const components = {};
const component = (name) => (components[name] ??= new pulumi.ComponentResource("habits:index:" + name, name));
const options = ({ within, aliases, protect, retain, ignore, first, anew }) => ({
  ...(within && { parent: component(within) }),
  aliases: aliases.map(({ resource, within }) => ({ name: resource, parent: within ? component(within) : undefined })),
  protect,
  retainOnDelete: retain,
  ignoreChanges: ignore,
  replaceOnChanges: anew,
  ...(first === undefined ? {} : { deleteBeforeReplace: first }),
});
const made = {};
for (const [place, declared] of Object.entries(sources))
  made[place] = new sailpoint.Source(declared.resource, declared.args, options(declared));
for (const declared of Object.values(children)) {
  if (!made[declared.source]) continue;
  const kind = declared.kind[0].toUpperCase() + declared.kind.slice(1);
  new sailpoint[kind](declared.resource, { ...declared.args, source: made[declared.source] }, options(declared));
}
`;

const owner = { alias: "slpt.services" };
const alpha = (more: object = {}, options: object = {}): Stack["sources"] => ({
  alpha: {
    ...OPTIONS,
    resource: "a",
    args: {
      name: "Alpha",
      owner,
      connector: "web-services",
      adopt: true,
      connectorAttributes: { ours: "1", password: "geheim-alpha-password-1" },
      ...more,
    },
    ...options,
  },
});
const beta: Stack["sources"] = {
  beta: {
    ...OPTIONS,
    resource: "b",
    args: { name: "Beta", owner, connector: "people-saas", adopt: true, connectorAttributes: { ours: "1" } },
  },
};
const children = (names: Readonly<Record<string, string>>, cron = 1, options: object = {}): Stack["children"] => ({
  policy: {
    ...OPTIONS,
    ...options,
    resource: names["policy"] ?? "policy",
    source: "alpha",
    kind: "provisioningPolicy",
    key: "DISABLE",
    args: { usageType: "DISABLE", fields: [{ name: "x", type: "string" }] },
  },
  schedule: {
    ...OPTIONS,
    ...options,
    resource: names["schedule"] ?? "schedule",
    source: "alpha",
    kind: "schedule",
    key: "ACCOUNT_AGGREGATION",
    args: { type: "ACCOUNT_AGGREGATION", cronExpression: `0 0 ${String(cron)} * * ?` },
  },
});
const aggregation = (n: number): DeclaredChild => ({
  ...OPTIONS,
  resource: "loaded",
  source: "alpha",
  kind: "aggregation",
  key: "accounts",
  args: { of: "accounts", triggers: { n } },
});
const EMPTY: Stack = { sources: {}, children: {} };
const root = (resource: string): Address => ({ resource, within: "" });

interface Act {
  stack: Stack;
  refresh?: boolean;
  others?: (tenant: RunningTenant) => void;
  /** Names of resources: taken out of the state before. */
  forgotten?: string;
  /** Names of resources: nothing else is touched. */
  targets?: readonly string[];
}

const idOfAlpha = (tenant: RunningTenant): string =>
  Object.entries(tenant.admin.state()["sources"] ?? {}).find(
    ([, one]) => (one as { name: string }).name === "Alpha",
  )?.[0] ?? "";
const editAlpha = (patch: object) => (tenant: RunningTenant) =>
  tenant.admin.edit(`/sources/${idOfAlpha(tenant)}`, [patch]);
const ofOthers = editAlpha({ op: "add", path: "/connectorAttributes/password", value: "theirs" });

const SEQUENCES: Readonly<Record<string, readonly Act[]>> = {
  "renamed with and without aliases, then taken out": [
    { stack: { sources: alpha(), children: children({}) } },
    { stack: { sources: alpha(), children: children({ policy: "policy2" }, 2) } },
    { stack: { sources: alpha({}, { resource: "b" }), children: children({ policy: "policy2" }, 2) }, refresh: false },
    { stack: { sources: alpha({}, { resource: "c", aliases: [root("b")] }), children: {} } },
    { stack: EMPTY },
  ],
  "replaced with what hangs on it": [
    { stack: { sources: alpha(), children: children({}) } },
    { stack: { sources: alpha({ connector: "jdbc" }), children: children({}) } },
    { stack: { sources: alpha({ connector: "web-services" }, { protect: true }), children: children({}, 3) } },
    { stack: { sources: alpha({}, { retain: true }), children: children({}, 3) } },
    { stack: EMPTY },
  ],
  "ignored secrets that others change": [
    { stack: { sources: alpha({}, { ignore: ["connectorAttributes.password"] }), children: {} } },
    {
      others: ofOthers,
      stack: { sources: alpha({ description: "new" }, { ignore: ["connectorAttributes.password"] }), children: {} },
      refresh: false,
    },
    { stack: { sources: alpha({ description: "newer" }, { ignore: ["connectorAttributes.password"] }), children: {} } },
    { stack: { sources: alpha({ description: "newer" }), children: {} } },
  ],
  "moved into components and out of them": [
    { stack: { sources: alpha(), children: children({}) } },
    {
      stack: {
        sources: alpha({}, { within: "team", aliases: [root("a")] }),
        children: children({}, 1, { within: "group", aliases: [root("policy"), root("schedule")] }),
      },
    },
    { stack: { sources: alpha({}, { within: "group" }), children: children({}, 2, { within: "group" }) } },
    {
      stack: {
        sources: alpha({ description: "out" }, { aliases: [{ resource: "a", within: "group" }] }),
        children: children({}, 3),
      },
    },
    { stack: EMPTY },
  ],
  "handed to another source": [
    { stack: { sources: { ...alpha(), ...beta }, children: children({}) } },
    { stack: { sources: { ...alpha(), ...beta }, children: ofBeta(children({})) } },
    { stack: { sources: { ...alpha(), ...beta }, children: children({}, 1, { first: true }) } },
    { stack: { sources: beta, children: ofBeta(children({}, 2, { first: true })) } },
    { stack: EMPTY },
  ],
  "some targets of many": [
    { stack: { sources: alpha(), children: children({}) } },
    { stack: { sources: alpha({ description: "new" }), children: children({}, 2) }, targets: ["schedule"] },
    { stack: { sources: { ...alpha(), ...beta }, children: ofBeta(children({}, 3)) }, targets: ["a", "schedule"] },
    { stack: { sources: { ...alpha(), ...beta }, children: ofBeta(children({}, 3)) }, targets: ["b", "schedule"] },
    { stack: { sources: beta, children: {} }, targets: ["a"] },
    { stack: { sources: beta, children: {} }, targets: ["a", "policy"] },
    { stack: EMPTY },
  ],
  "taken out of the state": [
    { stack: { sources: alpha(), children: children({}) } },
    { forgotten: "policy", stack: { sources: alpha(), children: children({}, 2) } },
    { forgotten: "a", stack: { sources: alpha({ description: "new" }), children: children({}, 3) } },
    { stack: EMPTY },
  ],
  "deleted first, and replaced on changes": [
    { stack: { sources: alpha(), children: { ...children({}), aggregation: aggregation(1) } } },
    {
      stack: {
        sources: alpha({ description: "new" }, { anew: ["description", "*"] }),
        children: { ...children({}, 2, { anew: ["*"] }), aggregation: aggregation(2) },
      },
    },
    { stack: { sources: alpha({ connector: "jdbc" }, { first: true }), children: { aggregation: aggregation(2) } } },
    { stack: { sources: alpha({ connector: "web-services" }, { first: false }), children: children({}) } },
    { stack: EMPTY },
  ],
};

/** The same children, of the other source. */
function ofBeta(of: Stack["children"]): Stack["children"] {
  return Object.fromEntries(Object.entries(of).map(([key, child]) => [key, { ...child, source: "beta" }]));
}

/** The URN of each resource that a sequence has had so far, by its name. */
async function urnsOf(acts: readonly Act[]): Promise<(name: string) => string> {
  const goals = await Promise.all(acts.map(({ stack }) => goalsOfStack(stack, undefined)));
  return (name) => goals.flat().find((goal) => goal.name === name)?.urn ?? name;
}

/** What was written, with names of objects in place of their ids. */
function writes(tenant: RunningTenant): string[] {
  const seen = tenant
    .requests()
    .filter(({ method }) => method !== "GET")
    .map(({ method, path, status }) => `${method} ${path.replaceAll(/[0-9a-f-]{32,}/g, "ID")} ${String(status)}`);
  tenant.clearRequests();
  return seen.sort();
}

async function byTheRealEngine(acts: readonly Act[]): Promise<string[][]> {
  const tenant = await createTenant();
  const env = { ...tenant.env, SAIL_SETTLE_SECONDS: "0" };
  const options = { program, name: "habits", env: { ...env, STACK: JSON.stringify(EMPTY) } };
  const project: Project = await createProject(options);
  const urnOf = await urnsOf(acts);
  const seen: string[][] = [];
  for (const { stack, refresh = true, others, forgotten, targets = [] } of acts) {
    others?.(tenant);
    if (forgotten !== undefined)
      await project.command(["state", "delete", urnOf(forgotten), "--target-dependents", "--yes"]);
    tenant.clearRequests();
    const flags = [`--refresh=${String(refresh)}`, ...targets.flatMap((name) => ["--target", urnOf(name)])];
    const outcome = await project.up({ env: { ...env, STACK: JSON.stringify(stack) }, flags, expect: "any" });
    seen.push([...writes(tenant), outcome.code === 0 ? "succeeded" : "failed"]);
  }
  return seen;
}

async function byTheSmallOne(acts: readonly Act[]): Promise<string[][]> {
  const tenant = await startTenant();
  const engine = new Engine({ ...settingsFor(tenant), settleSeconds: "0" });
  const urnOf = await urnsOf(acts);
  const seen: string[][] = [];
  for (const { stack, refresh = true, others, forgotten, targets } of acts) {
    others?.(tenant);
    if (forgotten !== undefined) engine.forget(urnOf(forgotten));
    tenant.clearRequests();
    const options = { refresh, ...(targets === undefined ? {} : { targets: targets.map(urnOf) }) };
    const { errors } = await engine.up(await goalsOfStack(stack, undefined), options);
    seen.push([...writes(tenant), errors.length === 0 ? "succeeded" : "failed"]);
  }
  await tenant.close();
  return seen;
}

test.each(Object.entries(SEQUENCES))("%s", async (_name, acts) => {
  const small = await byTheSmallOne(acts);
  expect(await byTheRealEngine(acts)).toEqual(small);
});
