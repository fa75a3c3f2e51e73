import { isDeepStrictEqual } from "node:util";
import type { Kind } from "../kinds/kind";
import { type Change, type JsonObject, type Path, describeUntaken, toPatch, untaken } from "../reconcile";
import { ProblemError } from "../tenant/problem";
import type { Session } from "../tenant/session";
import { eventually } from "../tenant/waiting";
import { inPatch } from "./view";

/*
 * Whether what was sent stands on the tenant: answers to writes are not always what was written, some are lost, and what
 * is read may be old.
 */

/** How long the tenant may answer what was before our own write. */
export const patience = ({ settleMs, signal }: Session) => ({ limitMs: settleMs, signal });

/**
 * What the tenant's answer must show, now or within the time that it may answer what was before. What is declared no
 * longer and does not go is left to the tenant: no further `up` would make it go.
 */
export async function confirmed(
  session: Session,
  kind: Kind,
  id: string,
  sent: readonly Change[],
  desired: JsonObject,
  answer: JsonObject,
  note: (live: JsonObject, left: readonly Path[]) => void,
): Promise<JsonObject> {
  const look = (live: JsonObject) => {
    const left = leftOf(sent, desired, kind, id, live);
    note(
      live,
      left.map(({ path }) => path),
    );
    return left;
  };
  let last = answer;
  let left = look(answer);
  if (left.length === 0) return answer;
  // Answers to writes are not always what was written: what counts is what is read back.
  const taken = await eventually(async () => {
    last = (await kind.api.get(session, id, true, answer)) ?? last;
    left = look(last);
    return left.length === 0 ? last : undefined;
  }, patience(session));
  if (taken) return taken;
  const title = kind.title(desired);
  const told = describeUntaken(left, { isSecret: kind.secrets?.(last) }).join("; ");
  if (left.every(({ path }) => isWithdrawn(sent, path))) {
    session.report.warn(`${title}: the tenant keeps what is declared no longer: ${told}`);
    return last;
  }
  throw new ProblemError(
    `${title}: the tenant accepted the change, but did not take it: ${told}. ` +
      `A setting that it takes only at creation needs a new object (\`pulumi up --replace URN\`)`,
  );
}

/** What was sent in the object's own PATCH and does not stand there, as far as it can be seen. */
const leftOf = (
  sent: readonly Change[],
  desired: JsonObject,
  kind: Kind,
  id: string,
  live: JsonObject,
): ReturnType<typeof untaken> =>
  untaken(inPatch(sent, kind), kind.view(live, desired, id), kind.rules, kind.secrets?.(live));

const isWithdrawn = (sent: readonly Change[], path: Path): boolean =>
  sent.some((change) => change.kind === "removed" && isDeepStrictEqual(change.path, path));

interface Lost {
  sent: readonly Change[];
  goal: { desired: JsonObject; state?: JsonObject };
  /** As it was before. */
  live: JsonObject;
  /** Whether it is not sent again. */
  isLast: boolean;
}

/**
 * After a lost answer: the object, if it shows all that was sent and did not before. A PATCH is applied as a whole, so
 * the secrets in it, which nobody can see, were applied with the rest. Where there is no other try, or writing twice
 * would add twice, it is waited until it would be seen.
 */
export async function lookForOurs(
  session: Session,
  kind: Kind,
  id: string,
  { sent, goal: { desired, state }, live, isLast }: Lost,
): Promise<JsonObject | undefined> {
  if (leftOf(sent, desired, kind, id, live).length === 0) return undefined;
  const patch = toPatch(inPatch(sent, kind), live);
  const waits = isLast || patch.some(({ op, path }) => op === "add" && path.endsWith("/-"));
  return eventually(
    async () => {
      const now = await kind.api.get(session, id, true, state);
      return now && leftOf(sent, desired, kind, id, now).length === 0 ? now : undefined;
    },
    waits ? patience(session) : { ...patience(session), limitMs: 0 },
  );
}
