import { z } from "zod";
import { type ValueRule, isObject } from "../reconcile";
import { UNKNOWN } from "../reconcile/unknown";
import { EVEN_IF_WRONG } from "./validation";

/** What the kinds that hang on a source have in common: ids that read `sourceId/key`, and an input `source`. */

export const childId = (sourceId: unknown, key: unknown): string => `${String(sourceId)}/${String(key)}`;

/** The two halves of a child's id. A key may hold slashes, a source's id does not. */
export function splitId(id: string): { sourceId: string; key: string } {
  const slash = id.indexOf("/");
  return slash < 0 ? { sourceId: id, key: "" } : { sourceId: id.slice(0, slash), key: id.slice(slash + 1) };
}

/** The rule of the input `source`. */
export const ofSource = (what: string): ValueRule => ({
  is: "value",
  immutable: `${what} belongs to one source`,
  apart: true,
});

/** A list whose members are told by their names: these are different. */
export const namedApart = <Member extends z.ZodType>(member: Member) =>
  z.array(member).superRefine((members: unknown, context) => {
    if (!Array.isArray(members)) return;
    const noName = new Set<unknown>([undefined, "", UNKNOWN]);
    const names = members.map((value) => (isObject(value) ? value["name"] : undefined));
    for (const [i, name] of names.entries()) {
      if (names.indexOf(name) === i || noName.has(name)) continue;
      context.addIssue({ code: "custom", path: [i, "name"], message: `${JSON.stringify(name)} is declared twice` });
    }
  }, EVEN_IF_WRONG);
