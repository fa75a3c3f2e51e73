import type { RunningTenant } from "sailpoint-simulator";
import { functions } from "../../provider/src/tenant/answers";
import { Sessions } from "../../provider/src/tenant/session";
import { leaksIn } from "./leaks";

/** What is wrong with the answers of a program's functions: they are right, whatever else is on the tenant. */
export async function lookedUp(tenant: RunningTenant, name: string, id: string | undefined): Promise<string[]> {
  const { baseUrl, clientId, clientSecret } = tenant;
  const settings: Record<string, string> = { baseUrl, clientId, clientSecret, settleSeconds: "0" };
  const sessions = new Sessions();
  const lines: string[] = [];
  const tell = (line: string) => void lines.push(line);
  const report = { info: tell, warn: tell, status: tell };
  try {
    const session = await sessions.connect((key) => settings[key]).session({ report, signal: undefined });
    const answered = async <T>(ask: Promise<T>, isRight: (answer: T) => boolean): Promise<string[]> => {
      const answer = await ask;
      lines.push(JSON.stringify(answer));
      return isRight(answer) ? [] : [`a function answered ${JSON.stringify(answer)}`];
    };
    const source = answered(functions.getSource.answer(session, { name }), (found) => found.id === id).catch(
      (error: unknown) =>
        id === undefined && String(error).includes(name) ? [] : [`getSource failed: ${String(error)}`],
    );
    const broken = await Promise.all([
      source,
      answered(functions.getSources.answer(session, {}), ({ sources }) =>
        id === undefined ? true : sources.some((one) => one.id === id && one.name === name),
      ),
      answered(
        functions.getIdentity.answer(session, { alias: "slpt.services" }),
        ({ alias }) => alias === "slpt.services",
      ),
      answered(
        functions.getConnector.answer(session, { scriptName: "jdbc" }),
        ({ scriptName }) => scriptName === "jdbc",
      ),
    ]);
    return [...broken.flat(), ...leaksIn(lines)];
  } catch (error) {
    return [`a function failed: ${String(error)}`];
  } finally {
    sessions.end((key) => settings[key]);
  }
}
