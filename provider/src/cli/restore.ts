import { type RestorePlan, type SourcePlan, carryOut, isChange, planRestoration } from "../inventory/restoration";
import type { Inventory, Note } from "../inventory/inventory";
import { isObject } from "../reconcile";
import { nearest } from "../reconcile/nearest";
import { asObject } from "../tenant/wire";
import type { AnyCommand, CommandSpec, Context } from "./command";
import { counted } from "../inventory/counted";
import { notesText } from "./export";
import { CommandError, UsageError } from "./failure";
import { jsonFrom } from "./options";
import { fileSide, inventoryIn } from "./sides";
import { findSource } from "./sources";
import { printable, type Style } from "./style";

interface Input {
  file: string;
  only?: string[];
  policies?: string;
  source?: string;
  new?: boolean;
  yes?: boolean;
}

const spec: CommandSpec<Input> = {
  name: "restore",
  about: "bring sources back to what an export or a saved file has of them",
  details:
    "Takes a folder that `export` wrote, a source as `api getSource` prints it (with what hangs on it beside it, or " +
    "--policies), or an SP-Config export; on the tenant that it came from or, by names, on another. Shows the plan, and " +
    "writes only with --yes, by the same guarded JSON Patch as `pulumi up`. Keys that came since go, objects that the " +
    "file does not have stay. A source that is not there is made; where it may be there under another name, only with --new. What cannot be changed (connector, …) and names that " +
    "the tenant lacks are told before anything is sent. Secrets are not in an export: those on the tenant stay; cipher " +
    "text in a saved source brings its secret back, on the source that it came from.",
  arguments: [{ name: "file", about: "the exported folder, or the file; - for standard input" }],
  options: [
    { flags: "--only <names...>", about: "only these sources of it" },
    { flags: "--policies <file>", about: "provisioning policies that were saved for themselves, JSON" },
    { flags: "--source <source>", about: "the source to write to, by name or id, where one is saved" },
    { flags: "--new", about: "make a source anew, although it may be there under another name" },
    { flags: "--yes", about: "write what the plan shows" },
  ],
  examples: [
    ["export --out last-night --all", "saves everything"],
    ["restore last-night", "shows what would change"],
    ['restore last-night --only "HR Feed" --yes', "brings one source back"],
    ["restore sandbox-export --env production", "shows what would make production as the sandbox was"],
    ['api getSource --id "HR Feed" > hr.json', "saves one source as the API has it"],
    ["restore hr.json --yes", "writes it back"],
  ],
  async run(context, input) {
    const { progress } = context;
    const saved = await savedIn(input);
    const session = await context.session();
    const target = input.source === undefined ? undefined : await targetOf(context, saved, input.source);
    const plan = await progress.during(`Comparing ${input.file} with ${session.tenant}`, (tell) =>
      planRestoration(session, saved, {
        ...(target === undefined ? {} : { target }),
        onProgress: (done, of) => {
          tell(`${String(done)} of ${String(of)}`);
        },
      }),
    );
    if (plan.refusals.length > 0) {
      throw new UsageError(
        `${session.tenant} cannot be made what ${input.file} has:\n  ${plan.refusals.join("\n  ")}\nNothing was written.`,
      );
    }
    const write = input.yes === true && isChange(plan);
    if (write && session.client.readOnly) {
      throw new CommandError("notAllowed", "`restore --yes` writes, and --read-only was given; nothing was written.");
    }
    const doubtful = plan.sources.filter(({ alike = [] }) => alike.length > 0);
    if (write && doubtful.length > 0 && input.new !== true) {
      throw new UsageError(
        `${doubtful.flatMap((source) => madeText(source)).join("\n")}\nNothing was written. --new makes it all the same.`,
      );
    }
    if (write) await progress.during(`Restoring ${session.tenant}`, (tell) => carryOut(plan, tell));
    return {
      data: dataOf(plan, session.tenant, saved.notes, write),
      text: (style) => textOf(plan, session.tenant, saved.notes, write, style),
    };
  },
};

export const restore: AnyCommand = spec;

async function savedIn({ file, only, policies }: Input): Promise<Inventory> {
  const saved = policies === undefined ? await fileSide(file) : await withPolicies(file, policies);
  if (only === undefined) return saved;
  const names = saved.sources.map(({ name }) => name);
  const missing = only.filter((name) => !names.includes(name));
  if (missing.length > 0) {
    throw new UsageError(`${file} has no source ${missing.map((name) => withSuggestion(name, names)).join(", ")}.`);
  }
  return {
    ...saved,
    sources: saved.sources.filter(({ name }) => only.includes(name)),
    notes: saved.notes.filter(({ source }) => only.includes(source)),
  };
}

function withSuggestion(name: string, names: readonly string[]): string {
  const suggestion = nearest(name, [...names]);
  return JSON.stringify(name) + (suggestion === undefined ? "" : ` (did you mean ${JSON.stringify(suggestion)}?)`);
}

/** A source and its policies, each as `api` prints them. */
async function withPolicies(file: string, policies: string): Promise<Inventory> {
  const [source, list] = [await jsonFrom(file), await jsonFrom(policies)];
  if (!Array.isArray(list) || !list.every((policy) => isObject(policy) && typeof policy["usageType"] === "string")) {
    throw new UsageError(
      `${policies} is no list of policies with a usageType: ` +
        '`pulumi-sailpoint api listProvisioningPolicies --sourceId "NAME" > FILE` saves them.',
    );
  }
  const inner = isObject(source) && isObject(source["source"]) ? source["source"] : source;
  return inventoryIn({ source: inner, provisioningPolicies: list }, file);
}

async function targetOf({ client, signal }: Context, saved: Inventory, named: string) {
  if (saved.sources.length !== 1) {
    throw new UsageError(
      `--source names one source, and ${counted(saved.sources.length, "is saved", "are saved")}: choose one by --only.`,
    );
  }
  return asObject(await findSource(client, named, signal));
}

function dataOf(plan: RestorePlan, tenant: string, notes: readonly Note[], written: boolean): unknown {
  return {
    tenant,
    sources: plan.sources.map(({ name, objects, alike }) => ({
      name,
      ...(alike === undefined ? {} : { new: true, alike }),
      objects: objects.map(({ title, action, lines }) => ({ title, action, changes: lines })),
    })),
    secretsToSet: plan.lacking,
    later: plan.later,
    notes,
    written,
  };
}

function textOf(plan: RestorePlan, tenant: string, notes: readonly Note[], written: boolean, style: Style): string {
  const changed = plan.sources.filter(({ objects }) => objects.some(({ action }) => action !== "none"));
  const head = `${counted(plan.sources.length, "source")} on ${printable(tenant)}`;
  if (changed.length === 0) {
    const are = plan.sources.length === 1 ? "as it was" : "as they were";
    return [`${style.bold(head)}: ${are} saved; nothing to write.`, ...lackingText(plan, style)].join("\n");
  }
  return [
    `${style.bold(head)}: ${counted(changed.length, "differs", "differ")} from what was saved.`,
    ...changed.flatMap(({ name, objects, alike }) => [
      `${style.bold(printable(name))}:`,
      ...(alike === undefined ? [] : madeText({ name, alike })).map((line) => style.warning(`  ${line}`)),
      ...objects.flatMap(({ title, action, lines }) => {
        if (action === "none") return [];
        if (action === "create") return [style.good(`  + ${printable(title)}`)];
        return [`  ${style.warning(`~ ${printable(title)}`)}`, ...lines.map((line) => `      ${printable(line)}`)];
      }),
    ]),
    ...lackingText(plan, style),
    ...notesText(notes, style, "is not in what was saved:", "are not in what was saved:"),
    written ? style.good("Written.") : "Nothing was written: --yes writes this.",
  ].join("\n");
}

/** What a new source means: an export goes by names, and so takes a source that was renamed for one that is gone. */
function madeText({ name, alike }: Pick<SourcePlan, "name" | "alike">): string[] {
  if (alike === undefined) return [];
  const made = `A new source ${JSON.stringify(name)} will be made: the tenant has none of this name.`;
  if (alike.length === 0) return [printable(made)];
  const shown = alike.slice(0, MOST_ALIKE).map((other) => JSON.stringify(other));
  const more = alike.length > shown.length ? ` and ${String(alike.length - shown.length)} more` : "";
  return [
    printable(
      `${made} Of the same connector it has ${shown.join(", ")}${more}, not saved here. If that is this source, renamed, bring ` +
        `it back by --only ${JSON.stringify(name)} --source ${shown[0] ?? ""}`,
    ),
  ];
}
const MOST_ALIKE = 3;

function lackingText({ lacking, later }: RestorePlan, style: Style): string[] {
  const listed = (list: string[], one: string, several: string, what: string) =>
    list.length === 0
      ? []
      : [style.warning(`${counted(list.length, one, several)} ${what}`), ...list.map((line) => `  ${printable(line)}`)];
  return [
    ...listed(
      ...([lacking, "secret is", "secrets are"] as const),
      "neither in what was saved nor on the tenant, to be set afterwards.",
    ),
    ...listed(
      ...([later, "policy is", "policies are"] as const),
      "for subtypes, which a new source has none of: make those, then restore again.",
    ),
  ];
}
