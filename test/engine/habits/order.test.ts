import { type RunningTenant, startTenant } from "sailpoint-simulator";
import { Engine } from "../../engine-model/engine";
import { settingsFor } from "../../faults/row";
import { OPTIONS, type Stack, goalsOfStack } from "../../habits/stack";
import { type Project, createProject, createTenant } from "../harness";

/**
 * The habits are tried on a small engine that plays the real one. Here the same stacks go through both: what reaches the
 * tenant, command by command, must be the same.
 */
const program = `
const sailpoint = require("pulumi-sailpoint");
const { sources, children } = JSON.parse(process.env.STACK);
const options = ({ aliases, protect, retain, ignore }) =>
  ({ aliases: aliases.map((name) => ({ name })), protect, retainOnDelete: retain, ignoreChanges: ignore });
const made = {};
for (const [place, declared] of Object.entries(sources))
  made[place] = new sailpoint.Source(declared.resource, declared.args, options(declared));
for (const declared of Object.values(children)) {
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
const children = (names: Readonly<Record<string, string>>, cron = 1): Stack["children"] => ({
  policy: {
    ...OPTIONS,
    resource: names["policy"] ?? "policy",
    source: "alpha",
    kind: "provisioningPolicy",
    key: "DISABLE",
    args: { usageType: "DISABLE", fields: [{ name: "x", type: "string" }] },
  },
  schedule: {
    ...OPTIONS,
    resource: names["schedule"] ?? "schedule",
    source: "alpha",
    kind: "schedule",
    key: "ACCOUNT_AGGREGATION",
    args: { type: "ACCOUNT_AGGREGATION", cronExpression: `0 0 ${String(cron)} * * ?` },
  },
});
const EMPTY: Stack = { sources: {}, children: {} };

interface Act {
  stack: Stack;
  refresh?: boolean;
  others?: (tenant: RunningTenant) => void;
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
    { stack: { sources: alpha({}, { resource: "c", aliases: ["b"] }), children: {} } },
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
};

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
  const project: Project = await createProject({ program, env: { ...env, STACK: JSON.stringify(EMPTY) } });
  const seen: string[][] = [];
  for (const { stack, refresh = true, others } of acts) {
    others?.(tenant);
    tenant.clearRequests();
    const flags = [`--refresh=${String(refresh)}`];
    const outcome = await project.up({ env: { ...env, STACK: JSON.stringify(stack) }, flags, expect: "any" });
    seen.push([...writes(tenant), outcome.code === 0 ? "succeeded" : "failed"]);
  }
  return seen;
}

async function byTheSmallOne(acts: readonly Act[]): Promise<string[][]> {
  const tenant = await startTenant();
  const engine = new Engine({ ...settingsFor(tenant), settleSeconds: "0" });
  const seen: string[][] = [];
  for (const { stack, refresh = true, others } of acts) {
    others?.(tenant);
    tenant.clearRequests();
    const { errors } = await engine.up(await goalsOfStack(stack, undefined), { refresh });
    seen.push([...writes(tenant), errors.length === 0 ? "succeeded" : "failed"]);
  }
  await tenant.close();
  return seen;
}

test.each(Object.entries(SEQUENCES))("%s", async (_name, acts) => {
  const small = await byTheSmallOne(acts);
  expect(await byTheRealEngine(acts)).toEqual(small);
});
