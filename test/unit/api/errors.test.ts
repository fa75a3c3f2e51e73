import { inspect } from "node:util";
import { gzipSync } from "node:zlib";
import { closing } from "./support/closing";
import { failureOf } from "./support/failures";
import { clientOf, json, secret, serve, tokenOf } from "./support/server";
import { fastClock } from "./support/clocks";

const opened = closing();

/** The error of a PATCH that is answered like this; a PATCH is never sent again. */
async function errorFor(status: number, body: string, headers: Record<string, string> = {}) {
  const server = opened(await serve((_, response) => response.writeHead(status, headers).end(body)));
  const client = opened(clientOf(server, { clock: fastClock(100) }));
  return failureOf(client.call("updateSource", { id: "2c91", body: [] }, { context: 'Source "HR Feed"' }));
}

describe("the tenant's words", () => {
  test.each([
    [
      "messages and causes",
      {
        detailCode: "400.1 Bad request content",
        trackingId: "7f00",
        messages: [
          { locale: "en-US", text: "The request was syntactically correct." },
          { locale: "en", text: "The request was syntactically correct." },
        ],
        causes: [{ locale: "en-US", text: 'Illegal attempt to modify "healthy" field.' }],
      },
      'The request was syntactically correct. Illegal attempt to modify "healthy" field.',
    ],
    ["oauth", { error: "invalid_request", error_description: "Bad grant" }, "Bad grant"],
    ["JWT", { error: "JWT is expired" }, "JWT is expired"],
    ["gateway", { message: "API rate limit exceeded" }, "API rate limit exceeded"],
    ["formatted_msg", { formatted_msg: "No such thing" }, "No such thing"],
    ["errorMessage", { errorMessage: "No such thing" }, "No such thing"],
    ["detailMessage", { detailMessage: "No such thing" }, "No such thing"],
    ["unknown JSON", { why: 7 }, '{"why":7}'],
  ])("are read from %s", async (_, body, detail) => {
    const error = await errorFor(400, JSON.stringify(body));
    expect(error.detail).toBe(detail);
    expect(error.kind).toBe("rejected");
  });

  test.each([
    [
      "a web page",
      "<html><head><title>502 Bad\n Gateway</title></head></html>",
      'a web page instead of an answer ("502 Bad Gateway")',
    ],
    ["text", "upstream connect error", "upstream connect error"],
    ["nothing", "", "it gave no reason"],
    ["broken JSON", '{"messages":[', '{"messages":['],
  ])("are made of %s", async (_, body, detail) => {
    expect((await errorFor(400, body)).detail).toBe(detail);
  });

  test("name the property", async () => {
    const texts: [string, string | undefined][] = [
      ['Illegal attempt to modify "healthy" field.', "healthy"],
      ['Field "owner.id" must not be null', "owner.id"],
      ["The path /connectorAttributes/group.hasHeader does not exist", "connectorAttributes.group.hasHeader"],
      ["Something else", undefined],
    ];
    const error = await errorFor(400, JSON.stringify({ messages: texts.map(([text]) => ({ text })) }));
    expect(error.causes.map(({ text, path }) => [text, path])).toEqual(texts);
  });

  test("survive a Content-Encoding that is none", async () => {
    const body = JSON.stringify({ detailCode: "500", trackingId: "t", messages: [{ text: "Broken" }] });
    const error = await errorFor(500, body, { "content-encoding": "UTF-8" });
    expect(error).toMatchObject({ detail: "Broken", trackingId: "t", ambiguous: true });
  });

  test("are unpacked when they are packed", async () => {
    const server = opened(
      await serve((_, response) => {
        response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync('{"id":"1","name":"HR"}'));
      }),
    );
    expect(await opened(clientOf(server)).call("getSource", { id: "1" })).toEqual({ id: "1", name: "HR" });
  });

  test("that claim to be packed and are not end in an error", async () => {
    const error = await errorFor(200, '{"id":"1","name":"HR"}', { "content-encoding": "gzip" });
    expect(error).toMatchObject({ kind: "unavailable", ambiguous: true });
  });

  test("have a tracking id from the header when the body has none", async () => {
    expect((await errorFor(403, "", { "slpt-request-id": "abc" })).message).toContain("(trackingId abc)");
  });
});

test("what was not allowed tells what it takes", async () => {
  expect((await errorFor(403, '{"messages":[{"text":"Forbidden"}]}')).message).toContain(
    "Give the client the right to do this: the scope idn:sources:manage, and its owner the user level ORG_ADMIN or " +
      "SOURCE_ADMIN or SOURCE_SUBADMIN.",
  );
  const server = opened(await serve((_, response) => response.writeHead(403).end("{}")));
  const client = opened(clientOf(server, { clock: fastClock(100) }));
  const { message } = await failureOf(client.call("getSourceSchemas", { sourceId: "2c91" }));
  expect(message).toContain("It must be a personal access token");
});

test.each([
  [400, "rejected", false],
  [401, "authentication", false],
  [403, "permission", false],
  [404, "notFound", false],
  [405, "rejected", false],
  [409, "conflict", false],
  [410, "notFound", false],
  [412, "conflict", false],
  [413, "rejected", false],
  [415, "rejected", false],
  [422, "rejected", false],
  [429, "throttled", false],
  [302, "configuration", false],
  [408, "unavailable", true],
  [500, "unavailable", true],
  [502, "unavailable", true],
  [503, "unavailable", true],
  [504, "unavailable", true],
])("a write answered with %i is %s, ambiguous: %s", async (status, kind, ambiguous) => {
  // Longer than a call may take: what would be sent again is not.
  const headers = { "retry-after": "1000000" };
  expect(await errorFor(status, '{"message":"no"}', headers)).toMatchObject({ kind, status, ambiguous });
});

describe("a 404", () => {
  test("of the edge does not mean that the object is gone", async () => {
    expect((await errorFor(404, "<html>Not found</html>")).kind).toBe("unavailable");
    expect((await errorFor(404, '{"message":"no Route matched with those values"}')).kind).toBe("configuration");
  });

  test("of the tenant does", async () => {
    const text = "The server did not find a current representation for the target resource.";
    const error = await errorFor(404, JSON.stringify({ detailCode: "404 Not found", messages: [{ text }] }));
    expect(error.message).toBe(
      `Source "HR Feed": the tenant refused PATCH /sources/2c91 (404): ${text} Check the id and the tenant.`,
    );
    expect(error.kind).toBe("notFound");
  });
});

describe("an error", () => {
  test("has no code and no stack of got, whatever went wrong", async () => {
    for (const error of [await errorFor(500, "x"), await errorFor(404, ""), await errorFor(200, "<html>")]) {
      expect(error).not.toHaveProperty("code");
      expect(error.cause).toBeUndefined();
      expect(error.name).toBe("SailPointError");
    }
  });

  test("holds no secret in any of its parts", async () => {
    const password = "hunter2/+ä";
    const server = opened(
      await serve(({ headers, body }, response) => {
        // A tenant that says everything it was told.
        json(response, 400, { messages: [{ text: `no: ${body} ${headers.authorization} ${secret} known-to-caller` }] });
      }),
    );
    const client = opened(clientOf(server));
    const error = await failureOf(
      client.call(
        "updateSource",
        {
          id: "1",
          body: [
            { op: "add", path: "/connectorAttributes/domainSettings", value: [{ password, user: "known-to-caller" }] },
            { op: "add", path: "/connectorAttributes/clientSecret", value: "another secret" },
          ],
        },
        { secrets: ["known-to-caller"] },
      ),
    );
    const everything = inspect(error, { depth: 9, showHidden: true }) + JSON.stringify(error) + error.message;
    expect(everything).toContain("[secret]");
    for (const hidden of [password, "another secret", secret, tokenOf(1), "known-to-caller"]) {
      expect(everything).not.toContain(hidden);
    }
  });
});
