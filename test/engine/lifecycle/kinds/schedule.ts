import { type Entry, set } from "./entry";

export const schedule: Entry = {
  kind: "Schedule",
  declared: (of) => ({ source: of, type: "ACCOUNT_AGGREGATION", cronExpression: "0 0 3 * * ?" }),
  part: "schedules/ACCOUNT_AGGREGATION",
  others: () => [],
  drift: {
    scalar: {
      edit: () => [set("/cronExpression", "0 0 4 * * ?")],
      shows: [{ path: "cronExpression", old: "0 0 4 * * ?", new: "0 0 3 * * ?" }],
      writes: ["/cronExpression"],
    },
  },
  update: { changed: (declared) => ({ ...declared, cronExpression: "0 30 3 * * ?" }), writes: ["/cronExpression"] },
  replace: { changed: (declared) => ({ ...declared, type: "GROUP_AGGREGATION" }), key: "type" },
};
