import fc from "fast-check";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { kinds } from "../../../../provider/src/kinds";
import type { JsonObject } from "../../../../provider/src/reconcile";
import { annotated, withoutSecrets } from "../../../../provider/src/host/grpc/annotate";
import { secrecyOf } from "../../../../provider/src/host/grpc/secrecy";
import { Secrets, marked, textAt, unmarked } from "../../../../provider/src/host/grpc/values";

const secret = (value: unknown) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});
const struct = (value: object) => Struct.fromJavaScript(value as Parameters<typeof Struct.fromJavaScript>[0]);
/** Properties as Pulumi's SDK writes them, and as it reads them. */
const sent = (value: object) => struct(value).serializeBinary();
const received = (bytes: Uint8Array) => Struct.deserializeBinary(bytes).toJavaScript();

test("JSON comes through as it is, with secrets taken out and their places noted", () => {
  const secrets = new Secrets();
  const plain = { text: "a", number: 1.5, flag: false, nothing: null, list: [[], {}, [1, null]], empty: {}, "": "key" };
  const given = {
    ...plain,
    list2: [{ password: secret("x") }, { password: secret("y") }],
    all: secret({ deep: ["z"] }),
  };
  expect(unmarked(sent(given), secrets)).toEqual({
    ...plain,
    list2: [{ password: "x" }, { password: "y" }],
    all: { deep: ["z"] },
  });
  expect([secrets.has(["list2", "*", "password"]), secrets.has(["all"]), secrets.has(["list2"])]).toEqual([
    true,
    true,
    false,
  ]);
  const again = marked(unmarked(sent(given)), (place) => secrets.has(place));
  expect(received(again)).toEqual(given);
});

test("secrets are marked by the kind, also those that nobody marked, and only where they stand", () => {
  const attributes = {
    password: "p",
    proxy: { host: "h", client_secret: "s" },
    connectionParameters: [{ name: "login", authentication: { token: "t" } }],
    encrypted: "licence",
    licence: "l",
    plain: "x",
  };
  const properties = { name: "HR", description: "password", connectorAttributes: attributes };
  const shown = received(marked(properties, secrecyOf(kinds.source, properties, [])));
  expect(shown).toEqual({
    name: "HR",
    description: "password",
    connectorAttributes: {
      ...attributes,
      password: secret("p"),
      proxy: { host: "h", client_secret: secret("s") },
      connectionParameters: [{ name: "login", authentication: { token: secret("t") } }],
      licence: secret("l"),
    },
  });
});

test("a member that was a secret stays one wherever it moves in its list", () => {
  const secrets = new Secrets();
  unmarked(sent({ fields: [{ name: "a" }, { name: "b", word: secret("w") }] }), secrets);
  const moved = { fields: [{ name: "b", word: "w" }, { name: "a" }] };
  expect(received(marked(moved, secrecyOf(kinds.provisioningPolicy, moved, [secrets])))).toEqual({
    fields: [{ name: "b", word: secret("w") }, { name: "a" }],
  });
});

test("any JSON is read as Pulumi's SDK writes it, and written as it reads it", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      fc.pre(!JSON.stringify(value).includes("__proto__")); // the SDK loses these
      expect(asJson(unmarked(sent(value)))).toEqual(asJson(value));
      expect(asJson(received(marked(value as JsonObject)))).toEqual(asJson(value));
    }),
  );
});

/** As JSON has it, where -0 is 0. */
const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

test("a key named __proto__ is data", () => {
  const given = JSON.parse('{ "a": { "__proto__": { "b": 1 } } }') as JsonObject;
  expect(JSON.stringify(unmarked(marked(given)))).toBe('{"a":{"__proto__":{"b":1}}}');
});

test("keys come in one order, whatever the engine's", () => {
  const [first, second] = [marked({ b: 1, a: { d: 1, c: 2 } }), marked({ a: { c: 2, d: 1 }, b: 1 })];
  expect(JSON.stringify(unmarked(first))).toBe('{"a":{"c":2,"d":1},"b":1}');
  expect(JSON.stringify(unmarked(second))).toBe(JSON.stringify(unmarked(first)));
});

test("one text is read without the rest", () => {
  const bytes = sent({ other: { __provider: "inner" }, list: [1, ["a"]], __provider: "mine", number: 1 });
  expect([textAt(bytes, "__provider"), textAt(bytes, "number"), textAt(bytes, "absent")]).toEqual([
    "mine",
    undefined,
    undefined,
  ]);
});

test("fields in another order, and fields of a later protocol, are no garbage", () => {
  const text = (number: number, value: string) => Buffer.from([(number << 3) | 2, value.length, ...Buffer.from(value)]);
  const inside = (number: number, value: Buffer) =>
    Buffer.concat([Buffer.from([(number << 3) | 2, value.length]), value]);
  const value = inside(2, Buffer.concat([text(9, "later"), text(3, "v")]));
  const entry = inside(1, Buffer.concat([value, text(7, "later"), text(1, "k")]));
  const withoutValue = inside(1, text(1, "none"));
  expect(unmarked(Buffer.concat([text(5, "later"), entry, withoutValue]))).toEqual({ k: "v", none: null });
});

test("bytes that are cut off are refused", () => {
  const whole = sent({ a: { text: "text", list: [1, true, null, { b: secret("x") }] } });
  for (let length = 1; length < whole.length; length += 1) {
    expect(() => unmarked(whole.subarray(0, length))).toThrow("no message of Pulumi's protocol");
  }
});

describe("for a host that knows no secrets, as the engine does it", () => {
  test("they are taken out of what is sent", () => {
    const plain = withoutSecrets(
      struct({ a: secret("x"), list: [secret({ b: secret("y") })], object: { c: secret(1) } }),
    );
    expect(plain?.toJavaScript()).toEqual({ a: "x", list: [{ b: "y" }], object: { c: 1 } });
    expect(withoutSecrets(undefined)).toBeUndefined();
  });

  test.each<[what: string, answer: object, sent: object, shown: object]>([
    ["a value at the same key", { a: "new" }, { a: secret("x") }, { a: secret("new") }],
    ["inside an object", { o: { a: 1, b: 2 } }, { o: { a: secret(1), b: 2 } }, { o: { a: secret(1), b: 2 } }],
    ["a list as a whole", { l: [1, 2] }, { l: [1, secret(2)] }, { l: secret([1, 2]) }],
    ["a list that became an object", { l: { a: 1 } }, { l: [secret(1)] }, { l: secret({ a: 1 }) }],
    ["nothing at another key", { b: 1 }, { a: secret(1) }, { b: 1 }],
    ["what is a secret already", { a: secret(1) }, { a: secret(2) }, { a: secret(1) }],
  ])("marked again: %s", (_what, answer, sent, shown) => {
    expect(annotated(struct(answer), struct(sent))?.toJavaScript()).toEqual(shown);
  });
});
