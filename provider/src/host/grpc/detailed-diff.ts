import { type Change, type Json, type JsonObject, type Maybe, isObject, own, same } from "../../reconcile";
import type { Path, Step } from "../../reconcile/change";

/** How the engine shows one changed property. */
export interface PropertyChange {
  /** As Pulumi writes paths: `connectorAttributes["group.hasHeader"]`, `attributes[2].type`. */
  path: string;
  kind: "added" | "modified" | "removed";
  /** It replaces the object. */
  replaces: boolean;
}

/** The changes of a plan, each at the place where the program declares it, or where it stood before. */
export function detailed(
  changes: readonly Change[],
  before: JsonObject,
  now: JsonObject,
  replaces: readonly string[],
): PropertyChange[] {
  return changes.flatMap(({ path, kind }) => {
    const [field] = path;
    const replacing = typeof field === "string" && replaces.includes(field);
    return inside(path, before, now, kind).map((place) => ({ ...place, replaces: replacing }));
  });
}

type Place = Omit<PropertyChange, "replaces">;

/** A path as Pulumi writes it. A list that is written as a whole is shown by the members that differ. */
function inside(path: Path, before: JsonObject, now: JsonObject, kind: Change["kind"]): Place[] {
  const old = follow(path, before);
  const next = follow(path, now);
  const place = kind === "removed" ? old : next;
  if (kind === "modified" && Array.isArray(old.value) && Array.isArray(next.value)) {
    return differences(old.value, next.value, place.text);
  }
  return [{ path: place.text, kind: kindOf(old.value, next.value) }];
}

function kindOf(old: Maybe, next: Maybe): Change["kind"] {
  if (next === undefined) return "removed";
  return old === undefined ? "added" : "modified";
}

interface Found {
  text: string;
  value: Maybe;
}

function follow(path: Path, properties: JsonObject): Found {
  return path.reduce<Found>(({ text, value }, step) => walk(text, value, step), { text: "", value: properties });
}

function walk(text: string, value: Maybe, step: Step): Found {
  if (typeof step === "string") return { text: joined(text, step), value: own(value, step) };
  const list = Array.isArray(value) ? value : [];
  if (typeof step === "number") return { text: `${text}[${String(step)}]`, value: list[step] };
  const isIt = (member: Json) => ("by" in step ? same(own(member, step.by), step.key) : same(member, step.member));
  const found = list.findIndex(isIt);
  return { text: `${text}[${String(found < 0 ? list.length : found)}]`, value: list[found] };
}

/** The leaves in which two values differ. */
function differences(old: Maybe, next: Maybe, path: string): Place[] {
  if (Array.isArray(old) && Array.isArray(next)) {
    const longer = old.length > next.length ? old : next;
    return longer.flatMap((_, i) => differences(old[i], next[i], `${path}[${String(i)}]`));
  }
  if (isObject(old) && isObject(next)) {
    const keys = [...new Set([...Object.keys(old), ...Object.keys(next)])];
    return keys.flatMap((key) => differences(own(old, key), own(next, key), joined(path, key)));
  }
  return same(old, next) ? [] : [{ path, kind: kindOf(old, next) }];
}

const joined = (path: string, key: string): string => {
  if (!/^[A-Za-z_$][\w$]*$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === "" ? key : `${path}.${key}`;
};
