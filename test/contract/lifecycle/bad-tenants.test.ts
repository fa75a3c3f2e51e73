import fc from "fast-check";
import { keepNotesApart } from "../../faults/notes";
import { type Phase, phases, prepare, record, settle } from "../../faults/row";
import { type Subject, subjects } from "../../faults/subjects";

/**
 * Answers that keep to the API's document, or to JSON at least, and that nobody expects. Whatever comes: no crash, no
 * hang, nothing polluted, and either what was asked for or an error that says what is wrong.
 */
beforeAll(keepNotesApart);

const chosen = (name: string): Subject => {
  const found = subjects.find((subject) => subject.name === name);
  if (!found) throw new Error(`There is no subject ${name}`);
  return found;
};

/** How mistakes of ours look, as opposed to explanations. */
const CRASH = /is not a function|is not iterable|Cannot read propert|Maximum call stack|Invalid array length|^Bug:/m;

afterEach(() => {
  expect({}).not.toHaveProperty("polluted");
  expect(Object.keys(Object.prototype)).toEqual([]);
});

async function under(subject: Subject, phase: Phase, fault: Parameters<typeof strike>[0]): Promise<string[]> {
  const expected = await recorded(subject, phase);
  const scene = await prepare(subject, phase);
  try {
    scene.engine.extra = { timeoutSeconds: "3" };
    scene.tenant.admin.fault(strike(fault));
    const { errors } = await scene.act();
    for (const error of errors) expect(error).not.toMatch(CRASH);
    scene.tenant.admin.clearFaults();
    scene.engine.extra = {};
    return (await settle(scene, expected)).problems;
  } finally {
    await scene.tenant.close();
  }
}

const strike = (fault: { operationId: string; seed?: number; body?: unknown }) => ({
  times: 1_000,
  ...("body" in fault
    ? { kind: "status" as const, status: 200, operationId: fault.operationId, body: JSON.stringify(fault.body) }
    : { kind: "unusual-json" as const, ...fault }),
});

const recordings = new Map<string, ReturnType<typeof record>>();
function recorded(subject: Subject, phase: Phase): ReturnType<typeof record> {
  const key = `${subject.name} ${phase}`;
  const known = recordings.get(key) ?? record(subject, phase);
  recordings.set(key, known);
  return known;
}

const ODDITIES = 6;

test.each(["Source", "Source with schema and policy", "CorrelationConfig"])(
  "odd answers that the document allows: %s",
  async (name) => {
    const subject = chosen(name);
    for (const [i, phase] of phases.entries()) {
      const { operations } = await recorded(subject, phase);
      for (const [j, operationId] of [...new Set(operations)].entries()) {
        // Each operation meets another oddity in each phase.
        expect({
          operationId,
          problems: await under(subject, phase, { operationId, seed: (i + j) % ODDITIES }),
        }).toEqual({
          operationId,
          problems: [],
        });
      }
    }
  },
);

test("answers of any JSON at all to reads: an error or nothing, and all is well afterwards", async () => {
  const subject = chosen("Source with schema and policy");
  const reads = ["getSource", "getSourceSchemas", "listProvisioningPolicies", "getManagedClusters", "listIdentities"];
  const nasty = fc.oneof(
    fc.jsonValue({ maxDepth: 4 }),
    fc.array(fc.constantFrom(null, 0, "", [], {}, { id: null }, { name: {} }), { maxLength: 3 }),
    fc.constant(JSON.parse('{"__proto__":{"polluted":true},"id":{"__proto__":{"polluted":true}}}') as unknown),
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...reads), fc.constantFrom(...phases), nasty, async (operationId, phase, body) => {
      expect(await under(subject, phase, { operationId, body })).toEqual([]);
    }),
    { numRuns: 25 },
  );
});

test("an answer of ten megabytes is read as any other", async () => {
  const scene = await prepare(chosen("Schema"), "refresh");
  try {
    scene.tenant.admin.fault({ operationId: "getSourceSchemas", kind: "unusual-json", seed: 5, times: 10 });
    expect(await scene.act()).toEqual({ steps: [], errors: [] });
  } finally {
    await scene.tenant.close();
  }
});
