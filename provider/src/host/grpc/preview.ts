import { type Action, type Kind, isAction } from "../../kinds/kind";
import { type JsonObject, own } from "../../reconcile";
import { UNKNOWN, holdsUnknown } from "../../reconcile/unknown";

/**
 * What a resource's properties will be, as far as it is known before: what is declared, and what the tenant decided
 * once and an update leaves as it is.
 */
export function outputsInPreview(kind: Kind | Action, inputs: JsonObject, olds: JsonObject = {}): JsonObject {
  const decided = isAction(kind) ? [] : Object.keys(kind.outputs({}));
  const isKnown = (name: string) => Object.hasOwn(olds, name);
  const kept = Object.entries(olds).filter(
    ([name]) => name === "tenant" || name === "record" || decided.includes(name),
  );
  const unknown = ["tenant", ...decided].filter((name) => !isKnown(name)).map((name) => [name, UNKNOWN]);
  return { ...Object.fromEntries(unknown), ...Object.fromEntries(kept), ...inputs } as JsonObject;
}

/** The id that a resource will have, where it follows from what is declared; else nothing. */
export function plannedId(kind: Kind | Action, inputs: JsonObject): string {
  const source = own(inputs, "source");
  if (typeof source !== "string" || holdsUnknown(source)) return "";
  const id = kind.id(inputs, {});
  return id.includes(UNKNOWN) ? "" : id;
}
