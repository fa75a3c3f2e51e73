import { type Row, row } from "./row";

const created = { indices: ["events"], query: { query: "type:SOURCE_MANAGEMENT AND operation:CREATE" } };

export const searches: Row[] = [
  row(
    "searchPost",
    () => ({ limit: 50, body: { ...created, sort: ["-created"] } }),
    (answer) => {
      expect(answer.map(({ action }) => action)).toContain("SOURCE_CREATE");
    },
  ),
  row(
    "searchCount",
    () => ({ body: created }),
    (answer) => {
      expect(answer).toBeGreaterThan(0);
    },
  ),
];
