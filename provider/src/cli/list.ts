import type { Source } from "../api";
import type { AnyCommand, CommandSpec } from "./command";
import { healthCell } from "./health";
import type { Cell } from "./style";

interface Input {
  filters?: string;
  long?: boolean;
}

const spec: CommandSpec<Input> = {
  name: "list",
  about: "list the sources with type, owner, accounts and health",
  details:
    "The column ACCOUNTS tells when they were last aggregated. `--json` gives the sources as the tenant answers them.",
  options: [
    { flags: "--filters <expression>", about: "the API's filter, such as 'name sw \"HR\"'" },
    { flags: "--long", about: "with connector, cluster and id" },
  ],
  examples: [
    ["list", "all sources that this client can see"],
    ["list --long --filters 'type eq \"DelimitedFile\"'", "the Delimited File sources with their ids"],
    ["list --json | jq -r '.[].name'", "their names"],
  ],
  async run({ client, progress, signal }, { filters, long = false }) {
    const sources = await progress.during("Listing the sources", async (tell) => {
      const found: Source[] = [];
      const parameters = filters === undefined ? {} : { filters };
      for await (const source of client.paginate("listSources", parameters, { signal })) {
        found.push(source);
        if (found.length % 250 === 0) tell(`${String(found.length)} so far`);
      }
      return found.sort((a, b) => a.name.localeCompare(b.name));
    });
    return {
      data: sources,
      text(style) {
        if (sources.length === 0) return "No sources.";
        const heads = ["NAME", "TYPE", "OWNER", "ACCOUNTS", "HEALTH", ...(long ? ["CONNECTOR", "CLUSTER", "ID"] : [])];
        const rows = sources.map((source): Cell[] => [
          source.name,
          source.type,
          source.owner?.name,
          accountsOf(source),
          healthCell(source.status, style),
          ...(long ? [source.connector, source.cluster?.name, source.id] : []),
        ]);
        return style.table(heads, rows);
      },
    };
  },
};

export const list: AnyCommand = spec;

/** When the accounts were last aggregated, as far as the source tells. */
function accountsOf({ connectorAttributes, status }: Source): string {
  const at = connectorAttributes?.["lastAggregationDate_account"] ?? connectorAttributes?.["acctAggregationEnd"];
  const time = new Date(
    typeof at === "string" && /^\d+$/.test(at) ? Number(at) : typeof at === "number" ? at : String(at),
  );
  if (!Number.isNaN(time.valueOf())) return `as of ${time.toISOString().slice(0, 16).replace("T", " ")}`;
  return status?.endsWith("NO_ACCOUNTS") === true ? "none yet" : "";
}
