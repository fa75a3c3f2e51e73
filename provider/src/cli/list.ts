import type { Source } from "../api";
import { counted } from "../inventory/counted";
import type { AnyCommand, CommandSpec, Context } from "./command";
import { healthCell } from "./health";
import type { Cell } from "./style";

/** Counts that are asked for together; the limiter keeps them within what the tenant takes. */
const AT_ONCE = 8;

interface Input {
  filters?: string;
  long?: boolean;
  accounts?: boolean;
}

const spec: CommandSpec<Input> = {
  name: "list",
  about: "list the sources with type, owner, accounts and health",
  details:
    "The column ACCOUNTS tells when they were last aggregated, and with `--accounts` how many there are. `--json` gives " +
    "the sources as the tenant answers them, with `--accounts` a field `accounts` beside.",
  options: [
    { flags: "--filters <expression>", about: "the API's filter, such as 'name sw \"HR\"'" },
    { flags: "--accounts", about: "count the accounts (GET /accounts): one more request for each source" },
    { flags: "--long", about: "with connector, cluster and id" },
  ],
  examples: [
    ["list", "all sources that this client can see"],
    ["list --long --filters 'type eq \"DelimitedFile\"'", "the Delimited File sources with their ids"],
    ["list --json | jq -r '.[].name'", "their names"],
  ],
  async run({ client, progress, signal }, { filters, long = false, accounts = false }) {
    const sources = await progress.during("Listing the sources", async (tell) => {
      const found: Source[] = [];
      const parameters = filters === undefined ? {} : { filters };
      for await (const source of client.paginate("listSources", parameters, { signal })) {
        found.push(source);
        if (found.length % 250 === 0) tell(`${String(found.length)} so far`);
      }
      return found.sort((a, b) => a.name.localeCompare(b.name));
    });
    const counts = accounts ? await accountsIn(sources, { client, progress, signal }) : undefined;
    return {
      data: counts ? sources.map((source) => ({ ...source, accounts: counts.get(source.id) ?? null })) : sources,
      text(style) {
        if (sources.length === 0) return "No sources.";
        const heads = ["NAME", "TYPE", "OWNER", "ACCOUNTS", "HEALTH", ...(long ? ["CONNECTOR", "CLUSTER", "ID"] : [])];
        const rows = sources.map((source): Cell[] => [
          source.name,
          source.type,
          source.owner?.name,
          accountsOf(source, counts?.get(source.id)),
          healthCell(source.status, style),
          ...(long ? [source.connector, source.cluster?.name, { text: source.id, whole: true as const }] : []),
        ]);
        return style.table(heads, rows);
      },
    };
  },
};

export const list: AnyCommand = spec;

/** The number of accounts of each source, by its id. */
async function accountsIn(
  sources: readonly Source[],
  { client, progress, signal }: Pick<Context, "client" | "progress" | "signal">,
): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  await progress.during("Counting the accounts", async (tell) => {
    const waiting = [...sources];
    const worker = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const filters = `sourceId eq ${JSON.stringify(next.id)}`;
        const count = await client.count("listAccounts", { filters }, { signal });
        if (count !== undefined) counts.set(next.id, count);
        tell(`${String(sources.length - waiting.length)} of ${counted(sources.length, "source")}`);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  });
  return counts;
}

/** How many there are, and when they were last aggregated, as far as the source tells. */
function accountsOf(source: Source, count: number | undefined): string {
  return [count?.toLocaleString("en"), aggregatedAt(source)].filter((text) => text).join(" ");
}

function aggregatedAt({ connectorAttributes, status }: Source): string {
  const at = connectorAttributes?.["lastAggregationDate_account"] ?? connectorAttributes?.["acctAggregationEnd"];
  const time = new Date(
    typeof at === "string" && /^\d+$/.test(at) ? Number(at) : typeof at === "number" ? at : String(at),
  );
  if (!Number.isNaN(time.valueOf())) return `as of ${time.toISOString().slice(0, 16).replace("T", " ")}`;
  return status?.endsWith("NO_ACCOUNTS") === true ? "none yet" : "";
}
