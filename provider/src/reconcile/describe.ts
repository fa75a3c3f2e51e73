import { type Change, type Path, pathText } from "./change";
import { compare } from "./compare";
import { namesIn, positions } from "./correspondence";
import { type Json, type Maybe, isBlank, isObject, own } from "./json";
import { type ListRule, type Rule, FREE, ruleAt, settle } from "./rules";
import type { IsSecret } from "./secrets";
import type { Untaken } from "./untaken";
import { holdsUnknown } from "./unknown";
import { holdsMarker } from "./unmarked";

export interface Describing {
  /** What is never shown: by its key and what stands there. */
  isSecret?: IsSecret | undefined;
  /** How many lines at most; 20 by default. */
  limit?: number | undefined;
}

/**
 * Changes as lines for people, without secrets: "deleteThreshold: 77 on the tenant, will be 10",
 * "connectorAttributes.password: will be set". Of lists, the members that come and go and what changes in the others.
 */
export const describeChanges = (
  changes: readonly Change[],
  rule: Rule,
  { isSecret, limit }: Describing = {},
): string[] =>
  bounded(
    changes.flatMap((change) => linesOf(change, ruleAt(rule, change.path) ?? FREE, isSecret ?? NO_SECRET)),
    limit,
  );

/** What of others is lost, as lines for people. */
export const describeLost = (paths: readonly Path[], limit?: number): string[] =>
  bounded(
    paths.map((path) => `${pathText(path)}: put there by others, will be lost`),
    limit,
  );

/** What the tenant did not take, as lines for people, without secrets. */
export const describeUntaken = (untaken: readonly Untaken[], { isSecret, limit }: Describing = {}): string[] =>
  bounded(
    untaken.map(({ path, sent, answered }) => {
      const name = pathText(path);
      const [ours, theirs] = isHidden(path, answered, sent, isSecret ?? NO_SECRET) ? [] : [text(sent), text(answered)];
      if (sent === undefined) return `${name}: was to be removed, is still there`;
      const still = isBlank(answered)
        ? "the tenant has nothing there"
        : `the tenant still has ${theirs ?? "another value"}`;
      return ours === undefined ? `${name}: was sent, ${still}` : `${name}: ${ours} was sent, ${still}`;
    }),
    limit,
  );

const NO_SECRET: IsSecret = () => false;
const LIMIT = 20;

function bounded(lines: readonly string[], limit = LIMIT): string[] {
  const more = lines.length - limit;
  const shown = lines.slice(0, limit).map((line) => cut(line, LONGEST_LINE));
  return more > 0 ? [...shown, `and ${String(more)} more`] : shown;
}

function linesOf({ kind, path, from, to }: Change, unsettled: Rule, isSecret: IsSecret): string[] {
  const name = pathText(path);
  if (kind === "removed") return [`${name}: will be removed`];
  const rule = settle(unsettled, to, undefined);
  if (rule.is === "list" && Array.isArray(from) && Array.isArray(to)) return membersOf(from, to, rule, path, isSecret);
  if (holdsUnknown(to)) return [`${name}: will be set once its value is known`];
  if (isHidden(path, from, to, isSecret)) {
    return [holdsMarker(from) ? `${name}: was changed on the tenant, will be set` : `${name}: will be set`];
  }
  const [before, after] = [text(from, rule), text(to, rule)];
  if (typeof path.at(-1) === "object") return [`${name}: will be ${kind === "added" ? "added" : "replaced"}`];
  if (isBlank(from)) return [`${name}: will be ${after ?? "set"}`];
  return [
    after === undefined || before === undefined
      ? `${name}: will be replaced`
      : `${name}: ${before} on the tenant, will be ${after}`,
  ];
}

/** What becomes of the members of an ordered list. */
function membersOf(from: Json[], to: Json[], rule: ListRule, path: Path, isSecret: IsSecret): string[] {
  const there = positions(rule, to, from);
  const kept = there.filter((j) => j !== undefined);
  const label = (list: readonly Json[], i: number) => {
    const name = namesIn(rule, list)?.[i];
    return `${pathText([...path, i])}${name === undefined || !isObject(list[i]) ? "" : ` (${nameText(name)})`}`;
  };
  const lines = to.flatMap((member, i): string[] => {
    const before = from[there[i] ?? -1];
    if (before === undefined) return [`${label(to, i)}: will be added`];
    return compare(member, before, before, rule.of).flatMap((inner) => {
      const field = ruleAt(rule.of, inner.path) ?? FREE;
      return linesOf({ ...inner, path: [...path, i, ...inner.path] }, field, isSecret);
    });
  });
  const gone = from.flatMap((_, j) => (kept.includes(j) ? [] : [`${label(from, j)}: will be removed`]));
  const isMoved = kept.some((j, n) => j < (kept[n - 1] ?? -1));
  return [...lines, ...gone, ...(isMoved ? [`${pathText(path)}: will be put in another order`] : [])];
}

const nameText = (name: string): string => (JSON.parse(name) as Json[]).map((part) => cut(String(part))).join(", ");

function isHidden(path: Path, from: Maybe, to: Maybe, isSecret: IsSecret): boolean {
  const key = path.findLast((step) => typeof step === "string") ?? "";
  return holdsMarker(from) || holdsMarker(to) || isSecret(key, from, to);
}

/** A scalar, or a reference by its name; nothing for a structure. */
function text(value: Maybe, rule?: Rule): string | undefined {
  if (isObject(value) && rule?.is === "reference") return text(own(value, "name")) ?? text(own(value, "id"));
  return value === undefined || typeof value === "object" ? undefined : cut(JSON.stringify(value));
}

const LONGEST_VALUE = 80;
const LONGEST_LINE = 300;
const cut = (value: string, most = LONGEST_VALUE): string => (value.length > most ? `${value.slice(0, most)}…` : value);
