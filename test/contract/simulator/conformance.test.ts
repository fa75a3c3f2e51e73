import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { ApiDocument } from "../../conformance/document";
import { Judge, type Received } from "../../conformance/judge";

const thing = {
  type: "object",
  required: ["name"],
  properties: {
    name: { type: "string" },
    colour: { type: "string", enum: ["RED", "BLUE"] },
    owner: { nullable: true, allOf: [{ $ref: "#/components/schemas/Reference" }] },
    created: { type: "string", format: "date-time" },
  },
};

const openapi = {
  openapi: "3.0.1",
  servers: [{ url: "https://example.com/v2025" }],
  paths: {
    "/things/{id}": {
      get: {
        operationId: "getThing",
        responses: {
          200: { content: { "application/json": { schema: thing } } },
          404: { $ref: "#/components/responses/404" },
        },
      },
      delete: { operationId: "deleteThing", responses: { 204: { description: "gone" } } },
    },
  },
  components: {
    schemas: { Reference: { type: "object", required: ["id"], properties: { id: { type: "string" } } } },
    responses: {
      404: {
        content: { "application/json": { schema: { type: "object", properties: { detailCode: { type: "string" } } } } },
      },
    },
  },
};

const folder = mkdtempSync(join(tmpdir(), "conformance-"));
const file = join(folder, "openapi.json");
writeFileSync(file, JSON.stringify(openapi));
const document = new ApiDocument(file);
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const json = (status: number, body: unknown): Received => ({
  status,
  contentType: "application/json",
  text: JSON.stringify(body),
});

function judged(method: string, path: string, expected: number, received: Received): { failed: boolean; told: string } {
  const lines: string[] = [];
  const judge = new Judge(document, (line) => lines.push(line));
  judge.answer("a case", method, path, expected, received);
  expect(judge.passed + judge.failed).toBe(1);
  return { failed: judge.failed === 1, told: lines.join("\n") };
}

describe("the conformance judge", () => {
  it.each<[string, string, number, Received]>([
    ["a right answer", "GET", 200, json(200, { name: "x", colour: "RED", created: "2024-01-01T00:00:00Z", more: 1 })],
    ["null where the document allows it", "GET", 200, json(200, { name: "x", owner: null })],
    ["a refusal", "GET", 404, json(404, { detailCode: "404" })],
    ["no content", "DELETE", 204, { status: 204, contentType: "", text: "" }],
    ["a status that the document gives in general", "DELETE", 404, json(404, { detailCode: "404" })],
  ])("passes %s", (_what, method, expected, received) => {
    expect(judged(method, "/v2025/things/1", expected, received)).toEqual({ failed: false, told: "" });
  });

  it.each<[string, string, number, Received, string]>([
    ["another status", "GET", 200, json(404, { detailCode: "404" }), "expected 200"],
    ["a status that nobody documents", "GET", 418, json(418, {}), "no status 418"],
    ["a missing field", "GET", 200, json(200, {}), "required property 'name'"],
    ["a wrong type", "GET", 200, json(200, { name: 1 }), "/name must be string"],
    ["null where it is not allowed", "GET", 200, json(200, { name: null }), "/name must be string"],
    [
      "a value outside the enum",
      "GET",
      200,
      json(200, { name: "x", colour: "GREEN" }),
      "/colour must be equal to one of",
    ],
    ["a wrong format", "GET", 200, json(200, { name: "x", created: "yesterday" }), "/created must match format"],
    ["a wrong value behind a reference", "GET", 200, json(200, { name: "x", owner: {} }), "required property 'id'"],
    ["a wrong refusal", "GET", 404, json(404, { detailCode: 404 }), "/detailCode must be string"],
    [
      "another content type",
      "GET",
      200,
      { ...json(200, { name: "x" }), contentType: "text/html" },
      'content type is "text/html"',
    ],
    ["no JSON", "GET", 200, { ...json(200, {}), text: "{" }, "no JSON"],
    ["content where there is none", "DELETE", 204, { status: 204, contentType: "", text: "x" }, "no body"],
  ])("fails %s", (_what, method, expected, received, says) => {
    const { failed, told } = judged(method, "/v2025/things/1", expected, received);
    expect(failed).toBe(true);
    expect(told).toContain("MISMATCH");
    expect(told).toContain(says);
  });

  it("fails a path that the document does not have", () => {
    expect(judged("GET", "/nothing", 200, json(200, {})).failed).toBe(true);
  });
});
