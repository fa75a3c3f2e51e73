import type { Json } from "./json";

/** A step of a path: a key, a position in a list, a member of a keyed list, or a member of a set. */
export type Step = string | number | { by: string; key: Json } | { member: Json };
export type Path = readonly Step[];

/**
 * One path that is to change. `from` is the live value; `to` the value the path shall have. Where it is `guarded`, it
 * must not be written over anything but `from`.
 */
export type Change =
  | { kind: "added"; path: Path; from?: never; to: Json }
  | { kind: "modified"; path: Path; from: Json; to: Json; guarded?: true }
  | { kind: "removed"; path: Path; from: Json; to?: never };

/**
 * A path as people read it: `connectorAttributes["group.hasHeader"]`, `attributes[name=id].type`,
 * `connectionParameters[0].header`.
 */
export function pathText(path: Path): string {
  return path
    .map((step, i) => {
      if (typeof step === "number") return `[${String(step)}]`;
      if (typeof step === "object") return "by" in step ? `[${step.by}=${text(step.key)}]` : `[${text(step.member)}]`;
      if (!/^[\w-]+$/.test(step)) return `[${JSON.stringify(step)}]`;
      return i === 0 ? step : `.${step}`;
    })
    .join("");
}

const text = (value: Json): string => (typeof value === "string" ? value : JSON.stringify(value));
