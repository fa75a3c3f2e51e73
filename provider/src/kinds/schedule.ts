import { absentAsUndefined, ask, asObject } from "../tenant/wire";
import { child } from "./children";
import { quartzMistake } from "./quartz";
import { text, word } from "./tree/field";

export const schedule = child({
  name: "Schedule",
  what: "a schedule",
  doc:
    "When a source aggregates by itself; at most one schedule of each type. Not in version v3 of the API. One that is " +
    "there already is taken over, and destroying the resource restores it.",
  operations: [
    ...(["createSourceSchedule", "getSourceSchedules", "getSourceSchedule", "updateSourceSchedule"] as const),
    "deleteSourceSchedule",
  ],
  example: `new Schedule("hr-nightly", { source: hr, type: "ACCOUNT_AGGREGATION", cronExpression: "0 0 3 * * ?" });`,
  fields: {
    type: word({
      doc: "What is aggregated.",
      required: true,
      what: "type of a schedule",
      of: ["ACCOUNT_AGGREGATION", "GROUP_AGGREGATION"],
      immutable: "the tenant refuses to change a schedule's type",
    }),
    cronExpression: text({
      doc:
        "Quartz cron of six or seven fields, in the tenant's time zone: seconds, minutes, hours, day of month, month, " +
        "day of week (1 to 7 from Sunday), year; exactly one of the two days is `?`.",
      required: true,
      give: "a Quartz cron expression, for example 0 0 3 * * ?",
      check: quartzMistake,
      equal: "words",
    }),
  },
  notInputs: { id: "it follows from source and type" },
  needs: "createSourceSchedule",
  title: ({ type }) => `Schedule ${String(type)}`,
  key: "type",
  list: "getSourceSchedules",
  address: (scheduleType) => ({ scheduleType }),
  api: {
    create: "createSourceSchedule",
    get: ({ client }, sourceId, scheduleType) =>
      absentAsUndefined(ask(client, "getSourceSchedule", { sourceId, scheduleType }).then(asObject)),
    patch: "updateSourceSchedule",
    remove: "deleteSourceSchedule",
  },
});
