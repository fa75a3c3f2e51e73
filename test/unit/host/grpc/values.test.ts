import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { kinds } from "../../../../provider/src/kinds";
import { annotated, withoutSecrets } from "../../../../provider/src/host/grpc/annotate";
import { secrecyOf } from "../../../../provider/src/host/grpc/secrecy";
import { Secrets, marked, unmarked } from "../../../../provider/src/host/grpc/values";

const secret = (value: unknown) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});
const struct = (value: object) => Struct.fromJavaScript(value as Parameters<typeof Struct.fromJavaScript>[0]);

test("JSON comes through as it is, with secrets taken out and their places noted", () => {
  const secrets = new Secrets();
  const plain = { text: "a", number: 1.5, flag: false, nothing: null, list: [[], {}, [1, null]], empty: {}, "": "key" };
  const given = {
    ...plain,
    list2: [{ password: secret("x") }, { password: secret("y") }],
    all: secret({ deep: ["z"] }),
  };
  expect(unmarked(struct(given), secrets)).toEqual({
    ...plain,
    list2: [{ password: "x" }, { password: "y" }],
    all: { deep: ["z"] },
  });
  expect([secrets.has(["list2", "*", "password"]), secrets.has(["all"]), secrets.has(["list2"])]).toEqual([
    true,
    true,
    false,
  ]);
  const again = marked(unmarked(struct(given)), (place) => secrets.has(place));
  expect(again.toJavaScript()).toEqual(given);
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
  const shown = marked(properties, secrecyOf(kinds.source, properties, [])).toJavaScript();
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
  unmarked(struct({ fields: [{ name: "a" }, { name: "b", word: secret("w") }] }), secrets);
  const moved = { fields: [{ name: "b", word: "w" }, { name: "a" }] };
  expect(marked(moved, secrecyOf(kinds.provisioningPolicy, moved, [secrets])).toJavaScript()).toEqual({
    fields: [{ name: "b", word: secret("w") }, { name: "a" }],
  });
});

describe("for a host that knows no secrets, as the engine does it", () => {
  test("they are taken out of what is sent", () => {
    const sent = withoutSecrets(
      struct({ a: secret("x"), list: [secret({ b: secret("y") })], object: { c: secret(1) } }),
    );
    expect(sent?.toJavaScript()).toEqual({ a: "x", list: [{ b: "y" }], object: { c: 1 } });
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
