import { SailPointError } from "../api/errors";
import { comparators } from "../reconcile";
import { nearestTold } from "../reconcile/nearest";
import type { References } from "./lookup";
import { type Session, besideSession } from "./session";
import { asObject } from "./wire";

const asked = besideSession(() => new Map<string, Promise<string | undefined>>());

/**
 * Why the tenant makes no source of a connector with this script name; nothing where it does, or does not let us look.
 * A connector that no list shows, and that a source of the tenant has, is one.
 */
export function lackOfConnector(
  session: Session,
  references: References,
  scriptName: string,
): Promise<string | undefined> {
  const known = asked(session);
  const told = known.get(scriptName) ?? lookFor(session, references, scriptName);
  known.set(scriptName, told);
  told.catch(() => known.delete(scriptName));
  return told;
}

async function lookFor({ client, report }: Session, references: References, scriptName: string) {
  const isIt = (name: unknown) => typeof name === "string" && comparators.connector(scriptName, name, null);
  try {
    const names = (await references.all("connector")).flatMap(({ scriptName: name }) =>
      typeof name === "string" ? [name] : [],
    );
    if (names.some(isIt)) return undefined;
    for await (const source of client.paginate("listSources", {})) {
      if (isIt(asObject(source)["connector"])) return undefined;
    }
    return (
      `the tenant has no connector with script name ${JSON.stringify(scriptName)}${nearestTold(scriptName, names)}. Correct it ` +
      `(\`pulumi-sailpoint api getConnectorList\` shows all)`
    );
  } catch (error) {
    if (!(error instanceof SailPointError) || error.kind !== "permission") throw error;
    report.info(`whether the tenant has the connector ${JSON.stringify(scriptName)} was not checked: ${error.message}`);
    return undefined;
  }
}
