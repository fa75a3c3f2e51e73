import type { Declared } from "../kinds/kind";
import type { Fields } from "../kinds/tree/field";
import { type JsonObject, comparators } from "../reconcile";
import { holdsUnknown } from "../reconcile/unknown";
import { lackOfConnector } from "../tenant/connectors";
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
  { rules, fields }: Pick<Declared, "rules" | "fields">,
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
  if (asked === 0 && connectorsIn(fields, olds, inputs).length === 0) return [];
  const session = await open();
  const references = referencesOf(session);
  const missing = await connectorsLacking(session, references, fields, olds, inputs);
  try {
    await mapReferences(inputs, rules, async ({ to }, reference) => {
      if (isAsked(to, reference))
        session.references.remember(to, reference, await references.resolve(to, reference, ""));
      return reference;
    });
    return missing;
  } catch (error) {
    if (error instanceof ProblemError) return [...missing, ...error.message.split("\n")];
    throw error;
  }
}

/** The connectors among the inputs that the tenant does not have and the state does not know yet, each with the reason. */
export async function connectorsLacking(
  session: Session,
  references: References,
  fields: Fields,
  olds: JsonObject,
  inputs: JsonObject,
): Promise<string[]> {
  const missing: string[] = [];
  for (const [key, name] of connectorsIn(fields, olds, inputs)) {
    const lack = await lackOfConnector(session, references, name);
    if (lack !== undefined) missing.push(`${key}: ${lack}`);
  }
  return missing;
}

/** Names of connectors that the state does not know yet. Another spelling of one is none. */
function connectorsIn(fields: Fields, olds: JsonObject, inputs: JsonObject): [key: string, name: string][] {
  return Object.entries(fields).flatMap(([key, field]): [string, string][] => {
    const name = inputs[key];
    if (field.type !== "text" || field.names !== "connector" || typeof name !== "string") return [];
    return holdsUnknown(name) || comparators.connector(name, olds[key], null) ? [] : [[key, name]];
  });
}
