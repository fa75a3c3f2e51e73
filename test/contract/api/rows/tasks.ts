import { type Row, anything, csvOf, schemaCsv, row } from "./row";

export const tasks: Row[] = [
  row(
    "importAccounts",
    ({ csv }) => ({ id: csv, body: { file: csvOf(schemaCsv), disableOptimization: true } }),
    (answer, world) => {
      world.task = answer.task.id;
    },
  ),
  row(
    "getTaskStatus",
    ({ task }) => ({ id: task }),
    (answer) => {
      expect(answer).toMatchObject({ completionStatus: "SUCCESS", completed: anything });
    },
  ),
  row(
    "importUncorrelatedAccounts",
    ({ csv }) => ({ id: csv, body: { file: csvOf(schemaCsv) } }),
    (answer) => {
      expect(answer.task.id).toEqual(anything);
    },
  ),
  row(
    "importEntitlements",
    ({ csv }) => ({ sourceId: csv, body: { file: csvOf("id,name,displayName\n1,staff,Staff\n") } }),
    (answer) => {
      expect(answer.id).toEqual(anything);
    },
  ),
  row(
    "syncAttributesForSource",
    ({ directory }) => ({ id: directory }),
    (answer) => {
      expect(answer.id).toEqual(anything);
    },
  ),
  row(
    "deleteAccountsAsync",
    ({ csv }) => ({ id: csv }),
    (answer) => {
      expect(answer.type).toBe("TASK_RESULT");
    },
  ),
];
