import { z } from "zod";
import { absentAsUndefined, asBody, asObject } from "../tenant/wire";
import { childId, ofSource, splitId } from "./children";
import type { Kind } from "./kind";
import { quartzMistake } from "./quartz";
import { oneOf, outputOnly, required } from "./validation";

const TYPES = ["ACCOUNT_AGGREGATION", "GROUP_AGGREGATION"] as const;

const inputs = z.strictObject({
  source: required("a Source, or a source's id"),
  type: oneOf("type of a schedule", TYPES),
  cronExpression: required("a Quartz cron expression, for example 0 0 3 * * ?").superRefine((expression, context) => {
    const mistake = expression === "" ? undefined : quartzMistake(expression);
    if (mistake !== undefined) context.addIssue({ code: "custom", message: mistake });
  }),
  id: outputOnly("it follows from source and type"),
});

const normalised = (expression: unknown): string => String(expression).trim().replaceAll(/\s+/g, " ").toUpperCase();

/** When a source aggregates by itself. API: `createSourceSchedule` and others. */
export const schedule: Kind = {
  name: "Schedule",
  inputs,
  needs: "createSourceSchedule",
  adoption: "always",
  rules: {
    is: "object",
    fields: {
      source: ofSource("a schedule"),
      type: { is: "value", immutable: "the tenant refuses to change a schedule's type" },
      cronExpression: { is: "value", equal: (declared, live) => normalised(declared) === normalised(live) },
    },
  },

  title: ({ type }) => `Schedule ${String(type)}`,
  id: ({ source, type }) => childId(source, type),
  sourceOf: (id) => splitId(id).sourceId,
  outputs: () => ({}),
  view: (live, _applied, id) => ({ ...live, source: splitId(id).sourceId }),
  imported: (live, id) => ({ ...live, source: splitId(id).sourceId }),

  api: {
    find: ({ reads }, { source, type }) => reads.schedule(String(source), String(type), true),
    get: ({ client, reads }, id, fresh) => {
      if (fresh) return absentAsUndefined(client.call("getSourceSchedule", path(id)).then(asObject));
      const { sourceId, scheduleType } = path(id);
      return reads.schedule(sourceId, scheduleType, false);
    },
    create: async ({ client }, body, { source }) => {
      const operation = "createSourceSchedule";
      return asObject(await client.call(operation, { sourceId: String(source), body: asBody(operation, body) }));
    },
    patch: async ({ client }, id, _live, patch) =>
      asObject(await client.call("updateSourceSchedule", { ...path(id), body: patch })),
    remove: async ({ client }, id) => {
      await absentAsUndefined(client.call("deleteSourceSchedule", path(id)));
    },
  },
};

function path(id: string): { sourceId: string; scheduleType: string } {
  const { sourceId, key } = splitId(id);
  return { sourceId, scheduleType: key };
}
