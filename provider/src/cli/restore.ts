import { type Client, type Source, isNotFound } from "../api";
import { type JsonObject, isObject } from "../reconcile";
import { ask, asObject, asObjects } from "../tenant/wire";
import type { AnyCommand, CommandSpec, Context, Result } from "./command";
import { CommandError, UsageError } from "./failure";
import { jsonFrom } from "./options";
import { type Change, type Plan, planOf, readSaved, shortJson, usageTypeOf } from "./restore-plan";
import { findSource, titleOf } from "./sources";
import { type Style, printable } from "./style";

interface Input {
  file: string;
  policies?: string;
  source?: string;
  yes?: boolean;
}

const spec: CommandSpec<Input> = {
  name: "restore",
  about: "write a saved source, and its provisioning policies, back whole",
  details:
    "The file holds a source as `api getSource` prints it; its policies, as `api listProvisioningPolicies` prints them, " +
    "come from --policies or from the key provisioningPolicies of the file. Shows the plan, and writes only with --yes. " +
    "Refused before anything is sent: another id, type, authoritative, connector, connectorClass or passwordPolicies. " +
    "What the tenant owns (health, aggregation times, schemas …) stays as it is; cipher text in the file keeps its " +
    "secret. Policies that the file does not have are left alone.",
  arguments: [{ name: "file", about: "the saved source, JSON; - for standard input" }],
  options: [
    { flags: "--policies <file>", about: "the saved provisioning policies, JSON" },
    { flags: "--source <source>", about: "the source to write to, by name or id; else the file's id, then its name" },
    { flags: "--yes", about: "write what the plan shows" },
  ],
  examples: [
    ['api getSource --id "HR Feed" > hr.json', "saves a source"],
    ['api listProvisioningPolicies --sourceId "HR Feed" > hr-policies.json', "saves its policies"],
    ["restore hr.json --policies hr-policies.json", "shows what would change"],
    ["restore hr.json --policies hr-policies.json --yes", "writes it"],
  ],
  async run(context, input) {
    const { client, progress, signal } = context;
    const saved = readSaved(
      await jsonFrom(input.file),
      input.policies === undefined ? undefined : await jsonFrom(input.policies),
    );
    const { live, plan } = await progress.during(`Comparing ${input.file} with the tenant`, async () => {
      const found = await targetOf(client, saved.source, input.source, signal);
      const how = { signal, context: titleOf(found) };
      const policies = await client.call("listProvisioningPolicies", { sourceId: found.id }, how);
      return { live: found, plan: planOf(saved, asObject(found), asObjects(policies)) };
    });
    if (plan.refusals.length > 0) {
      throw new UsageError(
        `${titleOf(live)} cannot be made what ${input.file} has:\n  ${plan.refusals.join("\n  ")}\nNothing was written.`,
      );
    }
    const write = input.yes === true && isChange(plan);
    if (write) await progress.during(`Restoring ${titleOf(live)}`, () => writePlan(context, live, plan));
    return resultOf(live, plan, write, await client.tenant({ signal }));
  },
};

export const restore: AnyCommand = spec;

async function targetOf(
  client: Client,
  saved: JsonObject,
  named: string | undefined,
  signal: AbortSignal,
): Promise<Source> {
  if (named !== undefined) return findSource(client, named, signal);
  const { id, name } = saved;
  if (typeof id === "string") {
    try {
      return await client.call("getSource", { id }, { signal, context: `Source ${JSON.stringify(name)}` });
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }
  return findSource(client, String(name), signal);
}

const isChange = ({ changes, policies }: Plan): boolean =>
  changes.length + policies.create.length + policies.write.length > 0;

async function writePlan({ client, signal }: Context, live: Source, plan: Plan): Promise<void> {
  if (client.readOnly) {
    throw new CommandError("notAllowed", "`restore --yes` writes, and --read-only was given; nothing was written.");
  }
  const how = { signal, context: titleOf(live) };
  if (plan.changes.length > 0) await ask(client, "putSource", { id: live.id, body: plan.body }, how);
  const rest = { signal, context: `${titleOf(live)} is restored, not all of its provisioning policies` };
  for (const policy of plan.policies.create) {
    await ask(client, "createProvisioningPolicy", { sourceId: live.id, body: policy }, rest);
  }
  if (plan.policies.write.length > 0) {
    await ask(client, "updateProvisioningPoliciesInBulk", { sourceId: live.id, body: plan.policies.write }, rest);
  }
}

function resultOf(live: Source, plan: Plan, written: boolean, tenant: string): Result {
  const { create, write, unchanged, leftAlone } = plan.policies;
  const policies = { created: create.map(usageTypeOf), written: write.map(usageTypeOf), unchanged, leftAlone };
  return {
    data: { source: { id: live.id, name: live.name }, tenant, changes: plan.changes, policies, written },
    text(style) {
      const title = style.bold(printable(`${titleOf(live)} on ${tenant}`));
      if (!isChange(plan)) return `${title} is as the file has it; nothing to write.`;
      const lines = [
        ...plan.changes.map((change) => changeLine(change, style)),
        ...policies.created.map((type) => style.good(`+ provisioning policy ${type}`)),
        ...policies.written.map((type) => style.warning(`~ provisioning policy ${type}`)),
        ...leftAlone.map((type) => style.faint(`  provisioning policy ${type} is not in the file, and stays`)),
      ];
      const end = written ? style.good("Written.") : "Nothing was written: --yes writes this.";
      return [`${title}:`, ...lines.map((line) => `  ${line}`), end].join("\n");
    },
  };
}

function changeLine({ path, now, saved }: Change, style: Style): string {
  const name = printable(path);
  if (now === undefined) return style.good(`+ ${name}: ${printable(shortJson(saved))}`);
  if (saved === undefined) return style.bad(`- ${name}: ${printable(shortJson(now))}`);
  const hint = isObject(saved) || now !== saved ? "" : " (other cipher text)";
  return style.warning(`~ ${name}: ${printable(shortJson(now))} => ${printable(shortJson(saved))}${hint}`);
}
