import { type Action, type Kind, isAction } from "../../kinds/kind";
import { type JsonObject, isBlank } from "../../reconcile";
import { type IsMarked, type Secrets, marked } from "./values";

/**
 * What of a resource's properties is a secret: what its kind says, what the program marked, and what was one before. A
 * secret that a transform added never passed the program's own marking, so it is found here.
 */
export function secrecyOf(kind: Kind | Action, properties: JsonObject, known: readonly Secrets[]): IsMarked {
  const isSecret = isAction(kind) ? undefined : kind.secrets?.(properties);
  return (place, value) => {
    if (known.some((secrets) => secrets.has(place))) return true;
    const [top = "", ...below] = place;
    const field = kind.fields[top];
    if (field === undefined || isBlank(value)) return false;
    if (below.length === 0) return field.secret === true;
    const key = below.at(-1) ?? "";
    return field.type === "json" && field.holdsSecrets === true && isSecret?.(key, value, value) === true;
  };
}

/** The properties of a resource as the engine is sent them. */
export const sent = (
  { kind, envelope }: { kind: Kind | Action; envelope: JsonObject },
  properties: JsonObject,
  secrets: readonly Secrets[],
) => marked({ ...properties, ...envelope }, secrecyOf(kind, properties, secrets));
