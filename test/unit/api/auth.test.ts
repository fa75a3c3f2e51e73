import { closing } from "./support/closing";
import { failureOf } from "./support/failures";
import { type TokenPolicy, clientOf, json, secret, serve, tokenOf } from "./support/server";
import { ManualClock, fastClock } from "./support/clocks";

const opened = closing();
const source = { id: "1", name: "HR" };

test("however many need a token, one is asked for", async () => {
  const server = opened(await serve((_, response) => json(response, 200, source)));
  const client = opened(clientOf(server));
  await Promise.all(Array.from({ length: 20 }, () => client.call("getSource", { id: "1" })));
  expect(server.tokensGiven).toBe(1);
});

test("a token of 5 seconds is renewed before it ends", async () => {
  const clock = new ManualClock();
  const expiresAt = new Map<string, number>();
  const refused: unknown[] = [];
  const server = opened(
    await serve(
      ({ headers }, response) => {
        if (clock.now() < (expiresAt.get(headers.authorization ?? "") ?? 0)) {
          json(response, 200, source);
          return;
        }
        refused.push(headers.authorization);
        json(response, 401, { error: "JWT is expired" });
      },
      {
        answer: (response, nth) => {
          expiresAt.set(`Bearer ${tokenOf(nth)}`, clock.now() + 5_000);
          json(response, 200, { access_token: tokenOf(nth), expires_in: 5 });
        },
      },
    ),
  );
  const client = opened(clientOf(server, { clock }));
  for (let seconds = 0; seconds < 30; seconds += 0.5) {
    await client.call("getSource", { id: "1" });
    await clock.advance(500);
  }
  expect(refused).toEqual([]);
  expect(server.seen).toHaveLength(60);
  expect(server.tokensGiven).toBe(8);
});

test.each(["GET", "POST"])("a token that ends in the middle is renewed once, and the %s sent again", async (verb) => {
  let revoked = "";
  const server = opened(
    await serve(({ headers }, response) => {
      if (headers.authorization === revoked) json(response, 401, { error: "JWT is expired" });
      else json(response, 200, source);
    }),
  );
  const client = opened(clientOf(server));
  await client.call("getSource", { id: "1" });
  revoked = `Bearer ${tokenOf(1)}`;
  const call = () =>
    verb === "GET"
      ? client.call("getSource", { id: "1" })
      : client.call("createSource", { body: { ...source, owner: {}, connector: "c" } });
  await Promise.all([call(), call(), call()]);
  expect(server.tokensGiven).toBe(2);
  expect(server.seen).toHaveLength(1 + 3 * 2);
});

test("a tenant that refuses every token is asked twice", async () => {
  const server = opened(await serve((_, response) => json(response, 401, { error: "JWT validation failed" })));
  const client = opened(clientOf(server));
  const error = await failureOf(client.call("getSource", { id: "1" }));
  expect(error).toMatchObject({ kind: "authentication", status: 401, ambiguous: false });
  expect(server.seen).toHaveLength(2);
  expect(server.tokensGiven).toBe(2);
});

test("the tenant is known from its token, else from its address", async () => {
  const server = opened(await serve(() => undefined));
  expect(await opened(clientOf(server)).tenant()).toBe("tenant-a");
  const opaque = opened(
    await serve(() => undefined, { answer: (response) => json(response, 200, { access_token: "opaque" }) }),
  );
  expect(await opened(clientOf(opaque)).tenant()).toBe(new URL(opaque.baseUrl).host);
});

describe("settings that cannot work", () => {
  const firstCall = async (tokens: TokenPolicy) => {
    const server = opened(await serve((_, response) => json(response, 200, source), tokens));
    const client = opened(clientOf(server, { clock: fastClock(200) }));
    const error = await failureOf(client.call("getSource", { id: "1" }));
    expect(server.seen).toEqual([]);
    expect(error.message).not.toContain(secret);
    return { error, server };
  };

  test("a wrong client secret", async () => {
    const { error, server } = await firstCall({
      answer: (response) =>
        json(response, 401, { error: "invalid_client", error_description: `Bad credentials ${secret}` }),
    });
    expect(error.kind).toBe("authentication");
    expect(error.message).toBe(
      `Cannot sign in: ${server.baseUrl} does not accept the client id and the client secret (401): ` +
        "Bad credentials [secret]. Check sailpoint:clientId and sailpoint:clientSecret (SAIL_CLIENT_ID, " +
        "SAIL_CLIENT_SECRET): are they of this tenant, and is the secret the current one?",
    );
    expect(server.tokensGiven).toBe(1);
  });

  test.each<[string, TokenPolicy]>([
    ["a web page", { answer: (response) => response.writeHead(200).end("<html><title>Welcome</title></html>") }],
    ["a 404", { answer: (response) => response.writeHead(404).end("Not found") }],
    ["a 404 in JSON", { answer: (response) => json(response, 404, { message: "no such path" }) }],
    ["a redirect", { answer: (response) => response.writeHead(302, { location: "/login" }).end() }],
    ["JSON without a token", { answer: (response) => json(response, 200, { hello: "world" }) }],
  ])("an address that answers with %s", async (_, tokens) => {
    const { error, server } = await firstCall(tokens);
    expect(error.kind).toBe("configuration");
    expect(error.message).toMatch(
      /^Cannot sign in: http\S+ is not the API of a tenant: it answers POST \/oauth\/token with/,
    );
    expect(error.message).toContain("it should read like https://acme.api.identitynow.com");
    expect(server.tokensGiven).toBe(1);
  });

  test("nothing listens at the address", async () => {
    const server = await serve(() => undefined);
    await server.close();
    const error = await failureOf(opened(clientOf(server, { clock: fastClock(200) })).tenant());
    expect(error.kind).toBe("unavailable");
    expect(error.message).toMatch(
      /^Cannot sign in: cannot reach http\S+ for POST \/oauth\/token, 3 attempts: nothing listens there\. Check the base URL/,
    );
  });

  test("there is no such host", async () => {
    const client = opened(
      clientOf({ baseUrl: "https://no-such-tenant.invalid" }, { clock: fastClock(200), environment: {} }),
    );
    const error = await failureOf(client.tenant());
    expect(["configuration", "unavailable"]).toContain(error.kind);
    expect(error.message).toMatch(
      /^Cannot sign in: cannot reach https:\/\/no-such-tenant\.invalid .*Check the base URL/,
    );
  });

  test("a tenant that is down is asked again", async () => {
    const { error, server } = await firstCall({ answer: (response) => json(response, 503, {}) });
    expect(error).toMatchObject({ kind: "unavailable", status: 503 });
    expect(server.tokensGiven).toBe(3);
  });
});

test("a token endpoint that fails for a while is no failure", async () => {
  const answers = [429, 502, 200];
  const server = opened(
    await serve((_, response) => json(response, 200, source), {
      answer: (response, nth) =>
        json(
          response,
          answers[nth - 1] ?? 200,
          { access_token: tokenOf(nth), expires_in: 749 },
          { "retry-after": "1" },
        ),
    }),
  );
  const client = opened(clientOf(server, { clock: fastClock(200) }));
  await Promise.all([client.call("getSource", { id: "1" }), client.call("getSource", { id: "1" })]);
  expect(server.tokensGiven).toBe(3);
});
