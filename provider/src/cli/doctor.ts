import {
  type Client,
  type CallOptions,
  type Operation,
  type OperationId,
  SailPointError,
  type Source,
  apiVersions,
  defaultApiVersion,
  operations,
  versions,
} from "../api";
import { usersOf } from "../kinds/source-deletion";
import { asObject } from "../tenant/wire";
import type { AnyCommand, CommandSpec, Context } from "./command";
import { healthText, isBroken } from "./health";
import { packageVersion } from "../api/package-version";
import { findSource, titleOf } from "./sources";
import { type Style, printable } from "./style";

interface Check {
  name: string;
  status: "ok" | "warning" | "failed" | "skipped";
  finding: string;
}

const spec: CommandSpec<{ source?: string }> = {
  name: "doctor",
  about: "check connection, rights, versions and clock, and a source with who uses it",
  details:
    "Writes nothing. A failed check ends with exit code 6; the others are made all the same, as far as they can. The version " +
    "that it prefers is the newest that the tenant answers, for new work; the default serves until 2028.",
  arguments: [{ name: "source", about: "a source to look at, by name or id", optional: true }],
  examples: [
    ["doctor", "checks the way to the tenant, which versions it answers, and all sources in brief"],
    ['doctor "HR Feed"', "also that source: its health, and who uses it"],
    ["doctor --json | jq '.checks[] | select(.status != \"ok\")'", "what needs care"],
  ],
  async run(context, { source }) {
    const { client, progress } = context;
    const checks = await progress.during(`Examining ${client.baseUrl}`, async (tell) => {
      const connection = await connectionChecks(context);
      if (connection.some(({ status }) => status === "failed")) return connection;
      tell("versions");
      const versions = [versionCheck(client), await answeredCheck(context)];
      // Where the version is not known, everything else would fail for the same reason.
      if (versions.some(({ status }) => status === "failed")) return [...connection, ...versions];
      tell("rights");
      const rights = await rightChecks(context);
      tell("sources");
      return [...connection, ...versions, ...rights, ...(await sourceChecks(context, source))];
    });
    const failed = checks.filter(({ status }) => status === "failed");
    return {
      data: { baseUrl: client.baseUrl, apiVersion: client.apiVersion, readOnly: client.readOnly, checks },
      text: (style) => checks.map((check) => lineOf(check, style)).join("\n"),
      ...(failed.length > 0 ? { ending: "badNews" as const } : {}),
    };
  },
};

export const doctor: AnyCommand = spec;

const longestSkewMs = 60_000;
const enoughForSources = /^(sp:scopes:all|idn:sources:manage)$/;
const sourceLevels = ["ORG_ADMIN", "SOURCE_ADMIN", "SOURCE_SUBADMIN"];

async function connectionChecks({ client, signal }: Context): Promise<Check[]> {
  const startedAt = performance.now();
  const bearer = await outcome(client.bearer({ signal }));
  if (bearer instanceof SailPointError) return [{ name: "connection", status: "failed", finding: bearer.message }];
  const ms = Math.round(performance.now() - startedAt);
  const { tenant, user, authorities, scopes, clockAheadMs } = bearer;
  const level = authorities.filter((authority) => sourceLevels.includes(authority));
  const scoped = scopes.length === 0 || scopes.some((scope) => enoughForSources.test(scope));
  const rights = `${user ?? "the client"}: ${list(authorities, "no user level told")}; scopes: ${list(scopes, "none told")}`;
  return [
    {
      name: "connection",
      status: "ok",
      finding: `${client.baseUrl} is the tenant ${tenant}; it gave a token in ${String(ms)} ms`,
    },
    clockCheck(clockAheadMs),
    level.length > 0 && scoped
      ? { name: "rights", status: "ok", finding: rights }
      : {
          name: "rights",
          status: "warning",
          finding: `${rights}. Writing sources needs the user level ${sourceLevels.join(" or ")}, and the scope sp:scopes:all or idn:sources:manage.`,
        },
  ];
}

function clockCheck(aheadMs: number | undefined): Check {
  if (aheadMs === undefined)
    return { name: "clock", status: "skipped", finding: "the token does not tell the tenant's time" };
  const seconds = Math.round(Math.abs(aheadMs) / 1000);
  if (Math.abs(aheadMs) <= longestSkewMs)
    return {
      name: "clock",
      status: "ok",
      finding: `agrees with the tenant's${seconds > 0 ? ` within ${String(seconds + 1)} s` : ""}`,
    };
  const finding = `this machine's clock is ${String(seconds)} s ${aheadMs > 0 ? "behind" : "ahead of"} the tenant's: set it, since certificates and times of aggregations depend on it`;
  return { name: "clock", status: "warning", finding };
}

/** Whether the version in use has what the default one has; what newer ones have beyond it is no lack. */
function versionCheck({ apiVersion, readOnly }: Client): Check {
  const known: readonly string[] = versions;
  const rows: [string, Operation][] = Object.entries(operations);
  const lacking = rows.filter(([, { versions: having }]) => {
    const all: readonly string[] = having;
    return all.includes(defaultApiVersion) && !all.includes(apiVersion);
  });
  const facts = `pulumi-sailpoint ${packageVersion()}, Node.js ${process.versions.node}, API ${apiVersion}${readOnly ? ", read-only" : ""}`;
  if (!known.includes(apiVersion))
    return { name: "version", status: "warning", finding: `${facts}, whose operations are not known here` };
  if (lacking.length === 0) return { name: "version", status: "ok", finding: facts };
  return {
    name: "version",
    status: "warning",
    finding: `${facts}, which lacks ${lacking.map(([id]) => id).join(", ")}`,
  };
}

/** Versions that are not in use are asked with less patience. */
const patienceMs = 20_000;

/** Which versions the tenant answers, and which to choose: of those that it answers, the first of the table. */
async function answeredCheck({ client, signal }: Context): Promise<Check> {
  const inUse = client.apiVersion;
  const others = apiVersions.filter((version) => version !== inUse);
  const ask = (apiVersion: string, deadlineMs?: number) =>
    outcome(client.call("listSources", first, { signal, apiVersion, deadlineMs }));
  const [own, ...answers] = await Promise.all([ask(inUse), ...others.map((version) => ask(version, patienceMs))]);
  // Who may not list sources has an answer all the same.
  const isAnswer = (answer: unknown) => !(answer instanceof SailPointError) || answer.kind === "permission";
  const answered = apiVersions.filter((version) =>
    isAnswer(version === inUse ? own : answers[others.indexOf(version)]),
  );
  const [best] = answered;
  const name = "versions";
  const facts = `the tenant answers ${list(answered, "none that is known here")}; ${inUse} is in use`;
  if (own instanceof SailPointError && own.status === 404) {
    const remedy = best === undefined ? "Check the base URL." : choose(best);
    return { name, status: "failed", finding: `${facts}, which it does not know. ${remedy}` };
  }
  const better = best === undefined || best === inUse ? "" : `. ${best} is the one to prefer: ${choose(best)}`;
  return { name, status: "ok", finding: `${facts}${better}` };
}

const choose = (version: string): string => `Set sailpoint:apiVersion to ${version} (here: --api-version ${version}).`;

type Probe = (client: Client, how: CallOptions) => Promise<unknown>;

const first = { limit: 1 };
/** What references are looked up in. */
const lookups: readonly (readonly [id: OperationId, probe: Probe])[] = [
  ["listSources", (client, how) => client.call("listSources", first, how)],
  ["listIdentities", (client, how) => client.call("listIdentities", first, how)],
  ["getManagedClusters", (client, how) => client.call("getManagedClusters", first, how)],
  ["listWorkgroups", (client, how) => client.call("listWorkgroups", first, how)],
  ["listPasswordPolicies", (client, how) => client.call("listPasswordPolicies", first, how)],
  ["getConnectorRuleList", (client, how) => client.call("getConnectorRuleList", first, how)],
  ["getConnectorList", (client, how) => client.call("getConnectorList", first, how)],
];

async function rightChecks({ client, signal }: Context): Promise<Check[]> {
  return Promise.all(
    lookups.map(async ([id, probe]): Promise<Check> => {
      const name = `may ${operations[id].does}`;
      const answer = await outcome(probe(client, { signal }));
      if (!(answer instanceof SailPointError)) return { name, status: "ok", finding: `${id} answers` };
      return { name, status: needed(id) ? "failed" : "warning", finding: answer.message };
    }),
  );
}

/** Without sources nothing works; without the others only what refers to them. */
const needed = (id: OperationId): boolean => id === "listSources";

async function sourceChecks(context: Context, nameOrId: string | undefined): Promise<Check[]> {
  const { client, signal } = context;
  if (nameOrId !== undefined) return oneSource(context, await findSource(client, nameOrId, signal));
  const sources: Source[] = [];
  const read = async () => {
    for await (const source of client.paginate("listSources", {}, { signal })) sources.push(source);
  };
  const failure = await outcome(read());
  if (failure instanceof SailPointError) return [];
  const broken = sources.filter(({ status }) => isBroken(status));
  const named = broken.map(({ name, status }) => `${JSON.stringify(name)} (${healthText(status)})`).join(", ");
  return [
    broken.length === 0
      ? { name: "sources", status: "ok", finding: `${String(sources.length)}, none in error` }
      : { name: "sources", status: "warning", finding: `${String(sources.length)}, in error: ${named}` },
  ];
}

async function oneSource({ client, signal }: Context, source: Source): Promise<Check[]> {
  const how = { signal, context: titleOf(source) };
  const [health, connections] = await Promise.all([
    outcome(client.call("getSourceHealth", { sourceId: source.id }, how)),
    outcome(client.call("getSourceConnections", { sourceId: source.id }, how)),
  ]);
  const name = JSON.stringify(source.name);
  const owner = source.owner?.name ?? "nobody";
  const facts = `id ${source.id}, type ${source.type ?? "?"}, connector ${source.connector ?? "?"}, owner ${owner}, cluster ${source.cluster?.name ?? "none"}`;
  return [
    { name, status: "ok", finding: facts },
    health instanceof SailPointError
      ? { name: `health of ${name}`, status: "failed", finding: health.message }
      : {
          name: `health of ${name}`,
          status: isBroken(health.status) ? "failed" : "ok",
          finding: healthText(health.status),
        },
    connections instanceof SailPointError
      ? { name: `users of ${name}`, status: "failed", finding: connections.message }
      : { name: `users of ${name}`, status: "ok", finding: usedBy(usersOf(asObject(connections))) },
  ];
}

const usedBy = (users: string[]): string =>
  users.length === 0 ? "nobody uses it: it can be deleted" : `used by ${users.join(", ")}: it cannot be deleted before`;

/** A failure of the client as a value; every other one stays thrown, and so does being interrupted. */
async function outcome<T>(work: Promise<T>): Promise<T | SailPointError> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof SailPointError && error.kind !== "cancelled") return error;
    throw error;
  }
}

function lineOf({ name, status, finding }: Check, style: Style): string {
  const paint = { ok: style.good, warning: style.warning, failed: style.bad, skipped: style.faint }[status];
  return `${paint(status.padEnd(8))} ${style.bold(printable(name))}: ${printable(finding)}`;
}

const list = (words: readonly string[], none: string): string => (words.length === 0 ? none : words.join(", "));
