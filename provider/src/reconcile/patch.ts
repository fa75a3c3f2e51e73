import {
  type AddOperation,
  type RemoveOperation,
  type ReplaceOperation,
  type TestOperation,
  applyPatch,
  escapePathComponent,
} from "fast-json-patch";
import type { Change, Path, Step } from "./change";
import { type Json, type JsonObject, type Maybe, isObject, own, put, same } from "./json";

type Operation = AddOperation<Json> | RemoveOperation | ReplaceOperation<Json> | TestOperation<Json>;

/** A JSON Patch (RFC 6902) of the four operations that we use. */
export type Patch = Operation[];

/**
 * The JSON Patch that brings the live object to where the changes want it: key by key, minimal, ordered, `remove` only
 * for what is there, and guarded by `test` wherever it relies on a list not having moved, or takes away a list or an
 * object which others may have added to since.
 */
export function toPatch(changes: readonly Change[], live: Json): Patch {
  const inPlace: Patch = [];
  const lists = new Map<string, { path: Path; changes: Change[] }>();
  for (const change of changes) {
    if (typeof change.path.at(-1) === "string" || change.kind === "modified" || change.path.length === 0) {
      inPlace.push(...keyOperations(change, live));
      continue;
    }
    const path = change.path.slice(0, -1);
    const key = JSON.stringify(path);
    lists.set(key, { path, changes: [...(lists.get(key)?.changes ?? []), change] });
  }
  // Indexes stay true when members are changed before any list gets shorter, and inner lists come before outer ones.
  const inner = [...lists.values()].sort((left, right) => right.path.length - left.path.length);
  return [...withoutRepeatedGuards(inPlace), ...inner.flatMap((list) => listOperations(list.path, list.changes, live))];
}

/**
 * The patch without its guards, for a tenant that refuses guards although nothing has moved. A patch that reaches
 * members by their position is not safe without them.
 */
export const unguarded = (patch: Patch): Patch => patch.filter(({ op }) => op !== "test");

/**
 * The object as it will be after the patch; throws when the patch does not fit. The object itself is not changed.
 * Guards are for the tenant, whose object may have moved, and are not looked at.
 */
export function patched<T extends Json>(live: T, patch: Patch): T {
  // Objects without a prototype: there a key named `__proto__` is a key like any other.
  const { newDocument } = applyPatch<Json>(copied(live, null), unguarded(patch), true, true, false);
  return copied(newDocument, Object.prototype) as T;
}

function copied(value: Json, prototype: object | null): Json {
  if (Array.isArray(value)) return value.map((member) => copied(member, prototype));
  if (!isObject(value)) return value;
  const copy = Object.create(prototype) as JsonObject;
  for (const [key, member] of Object.entries(value)) put(copy, key, copied(member, prototype));
  return copy;
}

function keyOperations(change: Change, live: Json): Patch {
  const { path, guards } = pointer(change.path, live);
  if (change.kind === "added") return [...guards, { op: "add", path, value: change.to }];
  const current = at(live, change.path) ?? null;
  // What others put into a list or an object since we read it is not overwritten unseen.
  const guarded =
    Array.isArray(current) ||
    (change.kind === "removed" && isObject(current)) ||
    (change.kind === "modified" && change.guarded === true);
  return [
    ...guards,
    ...(guarded ? [{ op: "test" as const, path, value: current }] : []),
    change.kind === "removed" ? { op: "remove", path } : { op: "replace", path, value: change.to },
  ];
}

/** Members that come into and go from one list. */
function listOperations(path: Path, changes: readonly Change[], live: Json): Patch {
  const list = pointer(path, live);
  const current = at(live, path);
  const come = changes.flatMap((change) => (change.kind === "added" ? [change.to] : []));
  const gone = changes.filter(({ kind }) => kind === "removed");
  if (!Array.isArray(current)) {
    const op = current === undefined || current === null ? "add" : "replace";
    return [...list.guards, { op, path: list.path, value: come }];
  }
  if (changes.some((change) => isMember(change.path.at(-1)))) {
    // A set has no order to rely on, so it is written whole: what is live, less what goes, plus what comes.
    const stays = current.filter((member) => !gone.some((change) => leadsTo(change.path.at(-1), member)));
    return [
      ...list.guards,
      { op: "test", path: list.path, value: current },
      { op: "replace", path: list.path, value: [...stays, ...come] },
    ];
  }
  // Positions stay true when members are taken out from the end, and appended last.
  const removals = gone
    .map((change) => ({ ...pointer(change.path, live), index: indexOf(current, change.path.at(-1)) }))
    .sort((left, right) => right.index - left.index)
    .flatMap((removal): Patch => [...removal.guards, { op: "remove", path: removal.path }]);
  const additions = come.map((value): Operation => ({ op: "add", path: `${list.path}/-`, value }));
  return withoutRepeatedGuards([...list.guards, ...removals, ...additions]);
}

/** The JSON Pointer of a path in the live object, and a `test` for each list index on the way. */
function pointer(path: Path, live: Json): { path: string; guards: Patch } {
  let text = "";
  let value: Maybe = live;
  const guards: Patch = [];
  for (const step of path) {
    const key = typeof step === "string" ? escapePathComponent(step) : String(indexOf(value, step));
    text += `/${key}`;
    value = next(value, step);
    if (typeof step === "object" && "by" in step) {
      guards.push({ op: "test", path: `${text}/${escapePathComponent(step.by)}`, value: step.key });
    }
  }
  return { path: text, guards };
}

/** The value at a path, or nothing. */
export const at = (root: Maybe, path: Path): Maybe => path.reduce(next, root);

function next(value: Maybe, step: Step): Maybe {
  if (typeof step === "string") return own(value, step);
  if (!Array.isArray(value)) return undefined;
  return typeof step === "number" ? value[step] : value.find((member) => leadsTo(step, member));
}

function indexOf(list: Maybe, step: Step | undefined): number {
  if (typeof step === "number") return step;
  const index = Array.isArray(list) ? list.findIndex((member) => leadsTo(step, member)) : -1;
  if (index < 0) throw new Error(`Bug: ${JSON.stringify(step)} is not in the live list`);
  return index;
}

const isMember = (step: Step | undefined): step is { member: Json } => typeof step === "object" && "member" in step;

/** Whether the step is the one from a list to this member. */
const leadsTo = (step: Step | undefined, member: Json): boolean =>
  isMember(step)
    ? same(member, step.member)
    : typeof step === "object" && isObject(member) && own(member, step.by) === step.key;

function withoutRepeatedGuards(patch: Patch): Patch {
  const seen = new Set<string>();
  return patch.filter((operation) => {
    if (operation.op !== "test") return true;
    const text = JSON.stringify(operation);
    return seen.has(text) ? false : seen.add(text);
  });
}
