import { SailPointError } from "../api/errors";
import type { JsonObject } from "../reconcile";
import { ProblemError } from "./problem";
import { type Session, besideSession } from "./session";

/** What tells an object surely, of sorts in which several may have one name. */
const SURE: Readonly<Record<string, "alias">> = { identity: "alias" };

const asked = besideSession(() => new Map<string, Promise<JsonObject>>());

/** A live reference by what tells its object surely; nothing where it has no such key, or the tenant does not tell. */
export async function surely(session: Session, to: string, { id }: JsonObject): Promise<JsonObject | undefined> {
  const by = SURE[to];
  if (by === undefined || typeof id !== "string") return undefined;
  const known = asked(session);
  const found = known.get(id) ?? session.references.find(to, { id });
  known.set(id, found);
  try {
    const value = (await found)[by];
    return typeof value === "string" && value !== "" ? { [by]: value } : undefined;
  } catch (error) {
    if (error instanceof ProblemError) return undefined;
    if (error instanceof SailPointError && error.kind === "permission") return undefined;
    known.delete(id);
    throw error;
  }
}
