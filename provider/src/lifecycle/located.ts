import type { Kind } from "../kinds/kind";
import { ProblemError } from "../tenant/problem";
import type { Session } from "../tenant/session";

/** What an id begins with that names the source instead of giving its id. */
const BY_NAME = "name:";

/** The id of what somebody names to import it: `name:HR Feed` and `name:HR Feed/account` stand for the source's id. */
export async function located(session: Session, { name, importId }: Kind, id: string): Promise<string> {
  const hasKey = importId.includes("/");
  const named = id.startsWith(BY_NAME) ? id.slice(BY_NAME.length) : undefined;
  const readings = hasKey ? splits(named ?? id) : [{ source: named ?? id, rest: "" }];
  if (readings.length === 0) {
    const byName = importId.replace("SOURCE_ID", `${BY_NAME}SOURCE`);
    throw new ProblemError(`${JSON.stringify(id)} is no id of a ${name}: it reads ${importId}, or ${byName}`);
  }
  if (named === undefined) return id;
  let refusal: ProblemError | undefined;
  for (const { source, rest } of readings) {
    try {
      return String((await session.references.find("source", { name: source }))["id"]) + rest;
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      refusal ??= error;
    }
  }
  throw refusal ?? new Error("Bug: an id without a reading");
}

/** Where the source's name may end: names and keys may hold slashes. */
const splits = (text: string): { source: string; rest: string }[] =>
  [...text.matchAll(/\//g)]
    .map(({ index }) => ({ source: text.slice(0, index), rest: text.slice(index) }))
    .filter(({ source, rest }) => source !== "" && rest !== "/")
    .reverse();

/** Why there is nothing to import under an id, with what would be found. */
export async function nothingThere(session: Session, kind: Kind, named: string, id: string): Promise<ProblemError> {
  const sourceId = kind.sourceOf(id);
  const source = await session.reads.source(sourceId, false);
  if (source === undefined) {
    return new ProblemError(
      `the tenant has no source with the id ${JSON.stringify(sourceId)}` +
        (named.startsWith(BY_NAME) ? "" : `; ${BY_NAME}${named} stands for the one that is called so`),
    );
  }
  const others = (await kind.listed?.(session, source)) ?? [];
  const keys = others.map((other) => kind.id({ ...other, source: sourceId }, other).slice(sourceId.length + 1));
  const there = keys.length === 0 ? "it has none" : `it has ${keys.sort().join(", ")}`;
  return new ProblemError(
    `${JSON.stringify(named)} names no ${kind.name} of the source ${JSON.stringify(source["name"])}: ${there}`,
  );
}
