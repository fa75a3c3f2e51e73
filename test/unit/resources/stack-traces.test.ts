import * as pulumi from "@pulumi/pulumi";
import { Source } from "pulumi-sailpoint";

const args = { name: "HR", owner: { alias: "slpt.services" }, connector: "delimited-file" };
const v8: { prepareStackTrace?: ((error: Error, frames: NodeJS.CallSite[]) => unknown) | undefined } = Error;
const before = v8.prepareStackTrace;

beforeAll(() =>
  pulumi.runtime.setMocks({
    newResource: ({ inputs, name }) => ({ id: `id-of-${name}`, state: inputs as object }),
    call: ({ inputs }) => inputs as object,
  }),
);
afterEach(async () => {
  v8.prepareStackTrace = before;
  delete process.env["PULUMI_DEBUG_PROMISE_LEAKS"];
  await pulumi.runtime.disconnect();
});

/** How many traces of each function are put into words while this is done. */
function told(act: () => unknown): Record<string, number> {
  const counts: Record<string, number> = {};
  v8.prepareStackTrace = (error, frames) => {
    const name = frames[0]?.getFunctionName() ?? "";
    counts[name] = (counts[name] ?? 0) + 1;
    return String(error);
  };
  act();
  return counts;
}

class Other extends pulumi.CustomResource {
  constructor(name: string) {
    super("pulumi-nodejs:dynamic:Other", name, args);
  }
}

test("no trace of a promise of Pulumi's is put into words for our resources, as is for others", () => {
  expect(told(() => new Other("other"))["debuggablePromise"]).toBeGreaterThan(12);
  expect(told(() => new Source("source", args))["debuggablePromise"]).toBeUndefined();
});

test("whoever looks for leaked promises gets the traces", () => {
  process.env["PULUMI_DEBUG_PROMISE_LEAKS"] = "true";
  expect(told(() => new Source("traced", args))["debuggablePromise"]).toBeGreaterThan(12);
});

/** As ts-node does, but without its source maps. */
const formatted = (error: Error, frames: NodeJS.CallSite[]) =>
  [String(error), ...frames.map((frame) => `at ${String(frame)}`)].join("\n");

/** What a program sees of a mistake in its own code, which Pulumi runs within the constructor. */
function traceOfMistake(): string {
  const mistaken = () => {
    throw new Error("a mistake in a transformation");
  };
  try {
    new Source("mistaken", args, { transformations: [mistaken] });
  } catch (error) {
    return String((error as Error).stack);
  }
  throw new Error("nothing was thrown");
}

test("an error within the constructor has its trace, down to the program, without our own constructor", () => {
  v8.prepareStackTrace = formatted;
  const trace = traceOfMistake();
  expect(trace).toContain("a mistake in a transformation\nat mistaken (");
  expect(trace).toContain("\nat new CustomResource (");
  expect(trace).toContain("\nat traceOfMistake (");
  expect(trace).not.toContain("SailPointResource");
});

test("a trace of the program reads as before", () => {
  v8.prepareStackTrace = formatted;
  const traces = [1, 2].map((time) => {
    if (time === 2) new Source("declared", args);
    return new Error("of the program").stack;
  });
  expect(traces[0]).toContain("at Array.map (");
  expect(traces[1]).toBe(traces[0]);
});

test("nothing is changed where nothing formats traces", () => {
  v8.prepareStackTrace = undefined;
  new Source("unformatted", args);
  expect(v8.prepareStackTrace).toBeUndefined();
});

test("they are changed once, and again where another tool took their place", () => {
  v8.prepareStackTrace = formatted;
  new Source("first", args);
  const first = v8.prepareStackTrace;
  expect(first).not.toBe(formatted);
  new Source("second", args);
  expect(v8.prepareStackTrace).toBe(first);
  expect(told(() => new Source("third", args))["debuggablePromise"]).toBeUndefined();
});
