import * as pulumi from "@pulumi/pulumi";
import { prepared } from "../../../provider/src/resources/inputs";
import { UNSUPPORTED } from "../../../provider/src/reconcile/unknown";

interface Sent {
  value: unknown;
  secret: boolean;
}

/** A value as it leaves the program: plain, and whether it is a secret as a whole. */
async function sent(value: unknown): Promise<Sent> {
  const output: pulumi.Output<unknown> = pulumi.output(value);
  const known = await new Promise<unknown>((resolve) => output.apply(resolve));
  return { value: known, secret: await pulumi.isSecret(output) };
}

const attributesOf = (connectorAttributes: unknown) =>
  prepared({ connectorAttributes }, ["connectorAttributes"])["connectorAttributes"] as Record<string, unknown>;

describe("plain values at keys that hold secrets become Pulumi secrets", () => {
  test.each([
    "password",
    "Password",
    "client_secret",
    "clientSecret",
    "client-secret",
    "API_KEY",
    "accesstoken",
    "refresh_token",
    "private_key",
    "IQServicePassword",
  ])("%s", async (key) => {
    const attributes = attributesOf({ [key]: "plain", user: "me" });
    expect(await sent(attributes[key])).toEqual({ value: "plain", secret: true });
    expect(attributes["user"]).toBe("me");
  });

  test("at any depth, and nothing beside them", async () => {
    const { domains } = attributesOf({ domains: [{ password: "plain", server: "dc1" }, { nested: { apiKey: "k" } }] });
    const [first, second] = domains as [Record<string, unknown>, { nested: Record<string, unknown> }];
    expect(await sent(first["password"])).toEqual({ value: "plain", secret: true });
    expect(first["server"]).toBe("dc1");
    expect(await sent(second.nested["apiKey"])).toEqual({ value: "k", secret: true });
  });

  test("what a list names by name and value, and no flags", async () => {
    const { headers, generatePassword } = attributesOf({
      headers: [
        { name: "Ocp-Apim-Subscription-Key", value: "plain" },
        { name: "Accept", value: "text/html" },
      ],
      generatePassword: true,
    });
    const [first, second] = headers as { value: unknown }[];
    expect(await sent(first?.value)).toEqual({ value: "plain", secret: true });
    expect(second?.value).toBe("text/html");
    expect(generatePassword).toBe(true);
  });

  test("keys that encrypted lists, at any depth, and with blanks in the list", async () => {
    const attributes = attributesOf({ encrypted: "pin, puk,", pin: "1234", nested: { puk: "5678" }, other: "x" });
    expect(await sent(attributes["pin"])).toEqual({ value: "1234", secret: true });
    expect(await sent((attributes["nested"] as Record<string, unknown>)["puk"])).toEqual({
      value: "5678",
      secret: true,
    });
    expect(attributes["other"]).toBe("x");
  });

  test("structures at such a key, as a whole", async () => {
    const { secret } = attributesOf({ secret: { a: ["b"] } });
    expect(await sent(secret)).toEqual({ value: { a: ["b"] }, secret: true });
  });

  test("blank ones are no secrets", () => {
    expect(attributesOf({ password: "", token: null, secret: undefined })).toEqual({
      password: "",
      token: null,
      secret: undefined,
    });
  });

  test("only where an input may hold secrets", () => {
    expect(prepared({ name: "x", password: "plain" }, ["connectorAttributes"])).toEqual({
      name: "x",
      password: "plain",
    });
  });
});

describe("values that are known only later", () => {
  test("an output that is a secret stays one, and one at a secret's key becomes one", async () => {
    const attributes = attributesOf({
      password: pulumi.output("later"),
      note: pulumi.secret("mine"),
      user: pulumi.output("me"),
    });
    expect(await sent(attributes["password"])).toEqual({ value: "later", secret: true });
    expect(await sent(attributes["note"])).toEqual({ value: "mine", secret: true });
    expect(await sent(attributes["user"])).toEqual({ value: "me", secret: false });
  });

  test("a secret within an output or a promise makes the whole a secret", async () => {
    for (const domain of [pulumi.output({ password: "plain" }), Promise.resolve({ password: "plain" })]) {
      const { domains } = attributesOf({ domains: domain });
      expect(await sent(domains)).toEqual({ value: { password: "plain" }, secret: true });
    }
    expect(
      await sent(
        prepared({ connectorAttributes: pulumi.output({ password: "plain" }) }, ["connectorAttributes"])[
          "connectorAttributes"
        ],
      ),
    ).toEqual({
      value: { password: "plain" },
      secret: true,
    });
  });

  test("the list encrypted itself may be known only later", async () => {
    const held = prepared({ connectorAttributes: pulumi.output({ encrypted: "pin", pin: "1234" }) }, [
      "connectorAttributes",
    ]);
    expect(await sent(held["connectorAttributes"])).toEqual({ value: { encrypted: "pin", pin: "1234" }, secret: true });
    const listed = prepared({ connectorAttributes: { encrypted: pulumi.output("pin"), pin: "1" } }, [
      "connectorAttributes",
    ]);
    expect(await sent(listed["connectorAttributes"])).toEqual({ value: { encrypted: "pin", pin: "1" }, secret: true });
  });
});

describe("values that JSON cannot carry become a text that check tells", () => {
  class Own {
    readonly field = 1;
  }
  const tables: [what: string, value: unknown][] = [
    ["a function", () => 1],
    ["a symbol", Symbol("x")],
    ["a bigint", 1n],
    ["NaN", NaN],
    ["Infinity", Infinity],
    ["a Date", new Date(0)],
    ["a Map", new Map()],
    ["a Set", new Set()],
  ];
  test.each(tables)("%s", (what, value) => {
    expect(prepared({ a: { b: [value] } })).toEqual({ a: { b: [UNSUPPORTED + what] } });
  });

  test("an object of a class is taken by its fields", () => {
    expect(prepared({ a: new Own() })).toEqual({ a: { field: 1 } });
  });

  test("an object that holds itself", () => {
    const round: Record<string, unknown> = { twice: [1] };
    round["again"] = { round };
    const shared = { a: 1 };
    expect(prepared({ round, left: shared, right: [shared, shared] })).toEqual({
      round: { twice: [1], again: { round: `${UNSUPPORTED}an object that holds itself` } },
      left: shared,
      right: [shared, shared],
    });
  });
});

test("assets are passed on as they are", () => {
  const asset = new pulumi.asset.StringAsset("x");
  expect(prepared({ connectorFiles: [asset] })["connectorFiles"]).toEqual([asset]);
});
