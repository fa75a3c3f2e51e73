import fc from "fast-check";
import { createRedactor, operations, type Operation, type OperationId } from "pulumi-sailpoint/api";
import { UnexpectedAnswer, readAnswer } from "../../../provider/src/api/answer";
import { explain } from "../../../provider/src/api/explain";
import { ExchangeError } from "../../../provider/src/api/transport";

const ids = Object.keys(operations) as OperationId[];
const key = fc.oneof(
  fc.constantFrom("id", "name", "owner", "features", "connectorAttributes", "attributes", "fields", "task", "type"),
  fc.constantFrom("__proto__", "constructor", "toString", "password", "", "a/b~c"),
  fc.string({ unit: "binary" }),
);
const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { depthSize: "medium", withCrossShrink: true },
    fc.oneof(fc.string({ unit: "binary" }), fc.double(), fc.boolean(), fc.constant(null)),
    fc.array(tie("json"), { maxLength: 4 }),
    fc.array(fc.tuple(key, tie("json")), { maxLength: 6 }).map((entries) => Object.fromEntries(entries)),
  ),
}));
const reply = (text: string) => ({ status: 200, headers: {}, text });

test("whatever an answer is, what is given on fits, as it came where that fits, or an error tells", () => {
  fc.assert(
    fc.property(fc.constantFrom(...ids), json, (id, value) => {
      const text = JSON.stringify(value);
      try {
        const { answer } = readAnswer(operations[id], reply(text));
        const operation: Operation = operations[id];
        if (operation.reads !== "json" || !operation.answer) return;
        expect(operation.answer.safeParse(answer).error).toBeUndefined();
        if (operation.answer.safeParse(JSON.parse(text)).success) expect(JSON.stringify(answer)).toBe(text);
      } catch (error) {
        expect(error).toBeInstanceOf(UnexpectedAnswer);
      }
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    }),
    { numRuns: 1_000 },
  );
});

test("whatever text an answer is, an error tells that it is not JSON", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      try {
        readAnswer(operations.getSource, reply(text));
        throw new Error("accepted");
      } catch (error) {
        expect(error instanceof ExchangeError || error instanceof UnexpectedAnswer).toBe(true);
      }
    }),
  );
});

test("whatever an error says, it is read", () => {
  const bodies = fc.oneof(
    fc.string({ unit: "binary" }),
    json.map((value) => JSON.stringify(value)),
    fc
      .record({ messages: json, causes: json, trackingId: json, detailCode: json, error: json, message: json })
      .map((value) => JSON.stringify(value)),
  );
  fc.assert(
    fc.property(bodies, (body) => {
      const { detail, causes } = explain(body);
      expect(typeof detail).toBe("string");
      expect(detail.length).toBeLessThanOrEqual(2_100);
      for (const { text } of causes) expect(typeof text).toBe("string");
    }),
    { numRuns: 500 },
  );
});

test("whatever holds a secret at a secret key, its copy does not", () => {
  fc.assert(
    fc.property(json, fc.stringMatching(/^[\w!ä"/]{6,20}$/), (value, secret) => {
      const redactor = createRedactor();
      redactor.learnFrom({ deep: [{ clientSecret: secret }] });
      const copy = redactor.value({ value, password: [secret], text: `is ${secret}` });
      expect(JSON.stringify(copy)).not.toContain(JSON.stringify(secret).slice(1, -1));
    }),
    { numRuns: 300 },
  );
});
