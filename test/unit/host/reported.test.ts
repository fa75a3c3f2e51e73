import { ReportedError } from "../../../provider/src/host/reported";
import { SailPointError } from "../../../provider/src/api/errors";
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

const away = (path: string) =>
  new SailPointError({
    kind: "unavailable",
    happened: `no answer to GET ${path}`,
    path,
    detail: "connect ECONNREFUSED",
  });
const shut = (operationId: string) =>
  new SailPointError({ kind: "permission", happened: "refused", operationId, path: "/x", detail: "forbidden" });

test("one cause is told in full once, whatever errors say it: another tenant, no way to it, no right", () => {
  const told = (problems: Error[]) =>
    problems.map((problem, i) => new ReportedError(String(i), problem).message.includes("told with another resource"));
  const other = (message: string, shared: string) => new ProblemError(message, { shared });
  expect(told([other("a is on b", "b c"), other("d is on b", "b c"), other("a is on e", "e c")])).toEqual([
    false,
    true,
    false,
  ]);
  expect(told([away("/sources/1"), away("/sources/2")])).toEqual([false, true]);
  expect(told([shut("getSource"), shut("getSource"), shut("updateSource")])).toEqual([false, true, false]);
  expect(told([new ProblemError("of one's own"), new ProblemError("of one's own")])).toEqual([false, false]);
});

test("what several resources have alike is told in full once", () => {
  const refused = new ProblemError("a long explanation");
  const messages = ["one", "two"].map((title) => new ReportedError(title, refused).message);
  expect(messages).toEqual([
    "one: a long explanation",
    "two: not done, for the reason that is told with another resource",
  ]);
});
