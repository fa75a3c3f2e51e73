import { type Action, type Kind, isAction } from "../../kinds/kind";
import { type JsonObject, isBlank } from "../../reconcile";
import type { IsMarked, Secrets } from "./values";

/**
 * What of a resource's properties is a secret: what the kind knows as one, what the program marked, and what was one
 * before. A secret that a transform added never passed the program's own marking, so it is found here.
 */
export function secrecyOf(kind: Kind | Action, properties: JsonObject, marked: readonly Secrets[]): IsMarked {
  const isSecret = isAction(kind) ? undefined : kind.secrets?.(properties);
  const holdsSettings = ([field]: readonly string[]) => kind.rules.fields[field ?? ""]?.is === "free";
  return (place, value) => {
    if (marked.some((secrets) => secrets.has(place))) return true;
    const key = place.at(-1);
    if (isSecret === undefined || key === undefined || isBlank(value) || place.length < 2) return false;
    return holdsSettings(place) && isSecret(key, value, value);
  };
}
