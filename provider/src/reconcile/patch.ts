import { type Operation, applyPatch, deepClone, escapePathComponent } from "fast-json-patch";
import type { Change, Path, Step } from "./compare";
import { type Json, type Maybe, own, same } from "./json";

/** A JSON Patch (RFC 6902). */
export type Patch = Operation[];

/**
 * The JSON Patch that brings the live object to where the changes want it: key by key, minimal, ordered, `remove` only
 * for what is there, and guarded by `test` wherever it relies on a list not having moved.
 */
export function toPatch(changes: readonly Change[], live: Json): Patch {
  const sets = new Map<string, { path: Path; changes: Change[] }>();
  const inPlace: Patch = [];
  const removals: { index: number; operations: Patch }[] = [];
  const additions: Patch = [];
  for (const change of changes) {
    const last = change.path.at(-1);
    if (typeof last === "object" && "member" in last) {
      const path = change.path.slice(0, -1);
      const key = JSON.stringify(path);
      sets.set(key, { path, changes: [...(sets.get(key)?.changes ?? []), change] });
    } else if (typeof last === "object" && change.kind === "added") {
      additions.push({ op: "add", path: `${pointer(change.path.slice(0, -1), live).path}/-`, value: change.to });
    } else if (typeof last === "object" && change.kind === "removed") {
      const { path, guards } = pointer(change.path, live);
      removals.push({
        index: Number(path.slice(path.lastIndexOf("/") + 1)),
        operations: [...guards, { op: "remove", path }],
      });
    } else {
      inPlace.push(...keyOperations(change, live));
    }
  }
  // Indexes stay true when members are changed first, taken out from the end, and appended last.
  removals.sort((left, right) => right.index - left.index);
  return [
    ...dropRepeatedGuards(inPlace),
    ...[...sets.values()].map(({ path, changes: ofSet }) => setOperation(path, ofSet, live)),
    ...removals.flatMap(({ operations }) => operations),
    ...additions,
  ];
}

/** The patch without its guards, for a tenant that refuses guards although nothing has moved. */
export const unguarded = (patch: Patch): Patch => patch.filter(({ op }) => op !== "test");

/** The object as it will be after the patch; throws when the patch does not fit. The object itself is not changed. */
export function patched<T extends Json>(live: T, patch: Patch): T {
  return applyPatch(deepClone(live) as T, patch, true, true, false).newDocument;
}

function keyOperations(change: Change, live: Json): Patch {
  const { path, guards } = pointer(change.path, live);
  if (change.kind === "removed") return [...guards, { op: "remove", path }];
  if (change.kind === "added") return [...guards, { op: "add", path, value: change.to }];
  const listGuard: Patch = Array.isArray(change.from)
    ? [{ op: "test", path, value: at(live, change.path) ?? null }]
    : [];
  return [...guards, ...listGuard, { op: "replace", path, value: change.to }];
}

/** A set has no order to rely on, so it is written whole: what is live, less what goes, plus what comes. */
function setOperation(path: Path, changes: readonly Change[], live: Json): Operation {
  const current = at(live, path);
  const there = Array.isArray(current) ? current : [];
  const gone = changes.flatMap((change) => (change.kind === "removed" ? [change.from] : []));
  const come = changes.flatMap((change) => (change.kind === "added" ? [change.to] : []));
  const value = [...there.filter((member) => !gone.some((removed) => same(removed, member))), ...come];
  return { op: current === undefined || current === null ? "add" : "replace", path: pointer(path, live).path, value };
}

/** The JSON Pointer of a path in the live object, and a `test` for each list index on the way. */
function pointer(path: Path, live: Json): { path: string; guards: Patch } {
  let text = "";
  let value: Maybe = live;
  const guards: Patch = [];
  for (const step of path) {
    if (typeof step === "string") {
      text += `/${escapePathComponent(step)}`;
      value = own(value, step);
      continue;
    }
    const index = indexOf(value, step);
    text += `/${String(index)}`;
    value = Array.isArray(value) ? value[index] : undefined;
    if ("by" in step) guards.push({ op: "test", path: `${text}/${escapePathComponent(step.by)}`, value: step.key });
  }
  return { path: text, guards };
}

function indexOf(list: Maybe, step: Exclude<Step, string>): number {
  const index = !Array.isArray(list)
    ? -1
    : list.findIndex((member) => ("by" in step ? own(member, step.by) === step.key : same(member, step.member)));
  if (index < 0) throw new Error(`Bug: ${JSON.stringify(step)} is not in the live list`);
  return index;
}

/** The value at a path, or nothing. */
export function at(root: Maybe, path: Path): Maybe {
  return path.reduce<Maybe>((value, step) => {
    if (typeof step === "string") return own(value, step);
    if (!Array.isArray(value)) return undefined;
    return value.find((member) => ("by" in step ? own(member, step.by) === step.key : same(member, step.member)));
  }, root);
}

function dropRepeatedGuards(patch: Patch): Patch {
  const seen = new Set<string>();
  return patch.filter((operation) => {
    if (operation.op !== "test") return true;
    const text = JSON.stringify(operation);
    return seen.has(text) ? false : seen.add(text);
  });
}
