import type { Declared } from "../kinds/kind";
import type { JsonObject } from "../reconcile";
import { holdsUnknown } from "../reconcile/unknown";
import { isOfSource, References } from "../tenant/lookup";
import { ProblemError } from "../tenant/problem";
import { mapReferences } from "../tenant/references";
import { type Session, besideSession } from "../tenant/session";

/** Look-ups of a preview: what a tenant lacks is asked for once, since nothing is made meanwhile. */
const referencesOf = besideSession(({ client, reads }) => new References(client, reads, "once"));

/**
 * The names among the inputs that the tenant does not have, each with the reason, of references that the state does not
 * know yet. What hangs on a source is looked for when its source is there.
 */
export async function unknownNames(
  open: () => Promise<Session>,
  { rules }: Pick<Declared, "rules">,
  olds: JsonObject,
  inputs: JsonObject,
): Promise<string[]> {
  const before = new Set<string>();
  await mapReferences(olds, rules, ({ to }, reference) => {
    before.add(JSON.stringify([to, reference]));
    return reference;
  });
  const isAsked = (to: string, reference: JsonObject) =>
    !before.has(JSON.stringify([to, reference])) && !holdsUnknown(reference) && !isOfSource(to);
  let asked = 0;
  await mapReferences(inputs, rules, ({ to }, reference) => {
    if (isAsked(to, reference)) asked += 1;
    return reference;
  });
  // A preview in which no name is new does not even sign in.
  if (asked === 0) return [];
  const session = await open();
  const references = referencesOf(session);
  try {
    await mapReferences(inputs, rules, async ({ to }, reference) => {
      if (isAsked(to, reference))
        session.references.remember(to, reference, await references.resolve(to, reference, ""));
      return reference;
    });
    return [];
  } catch (error) {
    if (error instanceof ProblemError) return error.message.split("\n");
    throw error;
  }
}
