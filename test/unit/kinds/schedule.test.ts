import { schedule } from "../../../provider/src/kinds/schedule";
import { describeInputs, reasonsFor } from "./support";

const least = { source: "2c91", type: "ACCOUNT_AGGREGATION", cronExpression: "0 0 3 * * ?" };

describeInputs(schedule, {
  least,
  most: least,
  mistakes: [
    [
      "a type that does not exist",
      { type: "ENTITLEMENT_AGGREGATION" },
      ['type: "ENTITLEMENT_AGGREGATION" is no type of a schedule: use one of ACCOUNT_AGGREGATION, GROUP_AGGREGATION'],
    ],
    [
      "cron of Unix, with the form that Quartz wants",
      { cronExpression: "30 3 * * 1-5" },
      ['cronExpression: has five fields, as cron of Unix has; Quartz wants six or seven: "0 30 3 ? * 2-6"'],
    ],
    [
      "a value out of range, with its place",
      { cronExpression: "0 0 25 * * ?" },
      ['cronExpression: field 3 (hours), "25": "25" is not 0 to 23'],
    ],
    [
      "an input that does not exist",
      { cron: "x" },
      ['cron: is no input of a Schedule; the nearest is "cronExpression"'],
    ],
    [
      "an empty expression",
      { cronExpression: "" },
      ["cronExpression: is empty: give a Quartz cron expression, for example 0 0 3 * * ?"],
    ],
    ["id", { id: "x" }, ["id: cannot be set: it follows from source and type"]],
  ],
});

test("a version of the API without schedules is told, with those that have them", () => {
  const [reason, ...others] = reasonsFor(schedule, least, "v3");
  expect(others).toEqual([]);
  expect(reason).toMatch(
    /^version v3 of the API has no createSourceSchedule, which a Schedule needs: set sailpoint:apiVersion to /,
  );
  expect(reason).toContain("v2025");
});
