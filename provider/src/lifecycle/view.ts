import type { Kind } from "../kinds/kind";
import {
  type Change,
  type Fingerprints,
  type ImmutableDrift,
  type JsonObject,
  type Path,
  type Step,
  immutableDrift,
  reveal,
} from "../reconcile";

/** The tenant's answer by the names of the inputs, with what we applied where unchanged cipher text stands for it. */
export function viewed(kind: Kind, id: string, live: JsonObject, applied: JsonObject, known: Fingerprints): JsonObject {
  const view = kind.view(live, applied, id);
  return kind.secrets ? (reveal(applied, view, kind.secrets(live), known, kind.rules) as JsonObject) : view;
}

/** Whether a field has an endpoint of its own, or is ours alone: it does not belong into the object's own requests. */
export const isApart = ({ fields }: Pick<Kind, "fields">, step: Step | undefined): boolean =>
  typeof step === "string" && Object.hasOwn(fields, step) && fields[step]?.apart === true;

/** The changes that belong into the object's own PATCH. */
export const inPatch = (changes: readonly Change[], kind: Kind): Change[] =>
  changes.filter(({ path: [field] }) => !isApart(kind, field));

/** What another object must not have otherwise to be taken over. A vendor moves a connector's class: it stays as it is. */
export function otherImmutables(kind: Kind, desired: JsonObject, view: JsonObject): ImmutableDrift[] {
  return immutableDrift(desired, view, kind.rules).filter(({ path: [name] }) => {
    const field = typeof name === "string" ? kind.fields[name] : undefined;
    return !isApart(kind, name) && !(field?.type === "text" && field.movedByVendor === true);
  });
}

/** Whether one path leads to the other. */
export const overlap = (left: Path, right: Path): boolean =>
  left.every((step, i) => i >= right.length || JSON.stringify(step) === JSON.stringify(right[i]));
