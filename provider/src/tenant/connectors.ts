import { SailPointError } from "../api/errors";
import { comparators } from "../reconcile";
import { nearest } from "../reconcile/nearest";
import type { References } from "./lookup";
import type { Session } from "./session";
import { asObject } from "./wire";

/**
 * Why the tenant makes no source of a connector with this script name; nothing where it does, or does not let us look.
 * A connector that no list shows, and that a source of the tenant has, is one.
 */
export async function lackOfConnector(
  { client, report }: Pick<Session, "client" | "report">,
  references: References,
  scriptName: string,
): Promise<string | undefined> {
  const isIt = (name: unknown) => typeof name === "string" && comparators.connector(scriptName, name, null);
  try {
    const names = (await references.all("connector")).flatMap(({ scriptName: name }) =>
      typeof name === "string" ? [name] : [],
    );
    if (names.some(isIt)) return undefined;
    for await (const source of client.paginate("listSources", {})) {
      if (isIt(asObject(source)["connector"])) return undefined;
    }
    const meant = nearest(scriptName, names);
    const near = meant === undefined ? "" : `; the nearest is ${JSON.stringify(meant)}`;
    return (
      `the tenant has no connector with script name ${JSON.stringify(scriptName)}${near}. Correct it ` +
      `(\`pulumi-sailpoint api getConnectorList\` shows all)`
    );
  } catch (error) {
    if (!(error instanceof SailPointError) || error.kind !== "permission") throw error;
    report.info(`whether the tenant has the connector ${JSON.stringify(scriptName)} was not checked: ${error.message}`);
    return undefined;
  }
}
