import type { z } from "zod";
import type { ValueRule } from "../reconcile";

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

/** Members of a list that are told by their names have different ones. */
export function declaredOnce(members: readonly { name: string }[], context: z.RefinementCtx): void {
  const seen = new Set<string>();
  members.forEach(({ name }, i) => {
    if (seen.has(name)) {
      context.addIssue({ code: "custom", path: [i, "name"], message: `${JSON.stringify(name)} is declared twice` });
    }
    seen.add(name);
  });
}
