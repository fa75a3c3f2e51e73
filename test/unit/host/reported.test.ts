import { ReportedError } from "../../../provider/src/host/reported";
import { ProblemError } from "../../../provider/src/tenant/problem";

/** What the stock dynamic host prints beside the error that the engine shows. */
const printed = (error: Error) => `${String(error)}: ${String(error.stack)}`;

test("the engine is given the message with the resource's title; the host prints no second copy and no stack", () => {
  const reported = new ReportedError('Source "HR"', new ProblemError("the tenant is away"));
  expect(reported.message).toBe('Source "HR": the tenant is away');
  expect(printed(reported)).toBe('pulumi-sailpoint: see the error of Source "HR"');
});

test("a title that the message begins with is not repeated", () => {
  const cause = new ProblemError('Source "HR" is in use');
  expect(new ReportedError('Source "HR"', cause).message).toBe('Source "HR" is in use');
});

test("what several resources have alike is told in full once", () => {
  const refused = new ProblemError("a long explanation");
  const messages = ["one", "two"].map((title) => new ReportedError(title, refused).message);
  expect(messages).toEqual([
    "one: a long explanation",
    "two: not done, for the reason that is told with another resource",
  ]);
});
