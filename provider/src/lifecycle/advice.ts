import type { Kind } from "../kinds/kind";
import { type Change, type JsonObject, pathText } from "../reconcile";
import type { Session } from "../tenant/session";
import { overlap } from "./view";

/**
 * Warns of what the program has just declared and the tenant keeps secret, where the state would hold it in plain text
 * unless the program has marked it, which no host tells.
 */
export function adviseOfSecrets(
  { report }: Pick<Session, "report">,
  kind: Kind,
  inputs: JsonObject,
  live: JsonObject,
  plan?: readonly Change[],
): void {
  const paths = kind.unknownSecrets?.(inputs, live) ?? [];
  const news = paths.filter((path) => plan === undefined || plan.some((change) => overlap(path, change.path)));
  if (news.length === 0) return;
  report.warn(
    `${kind.title(inputs)}: ${news.map(pathText).join(", ")}: the tenant keeps this secret (encrypted), and the program ` +
      `may not: name it in connectorAttributes.encrypted, or wrap it in pulumi.secret, else the state holds it in plain text`,
  );
}
