import { type Row, patch, row } from "./row";

export const schedules: Row[] = [
  row(
    "createSourceSchedule",
    ({ csv }) => ({ sourceId: csv, body: { type: "ACCOUNT_AGGREGATION", cronExpression: "0 0 3 * * ?" } }),
    (answer) => {
      expect(answer.cronExpression).toBe("0 0 3 * * ?");
    },
  ),
  row(
    "getSourceSchedules",
    ({ csv }) => ({ sourceId: csv }),
    (answer) => {
      expect(answer).toHaveLength(1);
    },
  ),
  row(
    "getSourceSchedule",
    ({ csv }) => ({ sourceId: csv, scheduleType: "ACCOUNT_AGGREGATION" }),
    (answer) => {
      expect(answer.type).toBe("ACCOUNT_AGGREGATION");
    },
  ),
  row(
    "updateSourceSchedule",
    ({ csv }) => ({
      sourceId: csv,
      scheduleType: "ACCOUNT_AGGREGATION",
      body: patch({ op: "replace", path: "/cronExpression", value: "0 0 5,13,21 * * ?" }),
    }),
    (answer) => {
      expect(answer.cronExpression).toBe("0 0 5,13,21 * * ?");
    },
  ),
  row(
    "deleteSourceSchedule",
    ({ csv }) => ({ sourceId: csv, scheduleType: "ACCOUNT_AGGREGATION" }),
    (answer) => {
      expect(answer).toBeUndefined();
    },
  ),
];
