import { type IsSecret, type Json, type JsonObject, type Maybe, declarable, isObject, put } from "../reconcile";
import { spelled } from "../tenant/references";
import type { Kind } from "./kind";

/**
 * The inputs that a program would declare an existing object with: what the kind knows, and nothing that the tenant puts
 * there by itself. References stay as the tenant has them.
 *
 * @param reference What becomes of a live reference.
 */
function importedInputs(kind: Kind, live: JsonObject, id: string, reference?: (reference: Maybe) => Maybe): JsonObject {
  const inputs = declarable(kind.imported(live, id), kind.rules, reference);
  return isObject(inputs) ? inputs : {};
}

/** The same of what says something: for export and comparison. */
export const tellingInputs = (kind: Kind, live: JsonObject, id: string): JsonObject =>
  importedInputs(kind, kind.telling?.(live) ?? live, id);

/**
 * The same without what is secret, for a state: cipher text is of no use to a program, and would be sent as if it were
 * the secret. What is not declared, the tenant keeps; nor is a reference that could not be spelled.
 */
export function importedWithoutSecrets(kind: Kind, live: JsonObject, id: string): JsonObject {
  const inputs = {
    ...nothingSaid(kind),
    ...importedInputs(kind, live, id, (reference) => spelled(reference) && reference),
  };
  const isSecret = kind.secrets?.(live);
  if (!isSecret) return inputs;
  const fields = Object.entries(inputs).map(([name, value]): [string, Json] => {
    const field = kind.fields[name];
    return [name, field?.type === "json" && field.holdsSecrets === true ? withoutSecrets(value, isSecret) : value];
  });
  return Object.fromEntries(fields);
}

/** Lists that a program has to say, as it says that there are none. */
const nothingSaid = ({ fields }: Kind): JsonObject =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, field]): [string, Json][] =>
      field.type === "list" && field.required === true ? [[name, []]] : [],
    ),
  );

function withoutSecrets(value: Json, isSecret: IsSecret): Json {
  if (Array.isArray(value)) return value.map((member) => withoutSecrets(member, isSecret));
  if (!isObject(value)) return value;
  const kept: JsonObject = {};
  for (const [key, member] of Object.entries(value)) {
    const scalar = typeof member === "object" ? undefined : member;
    if (!isSecret(key, scalar, undefined)) put(kept, key, withoutSecrets(member, isSecret));
  }
  return kept;
}
