import { closing } from "../../unit/api/support/closing";
import { json, serve } from "../../unit/api/support/server";
import { run } from "./support/command";

const opened = closing();

/** A tenant that calls everything below a path deprecated and holds an odd source. */
async function tenant(deprecated = "/") {
  const answer = [{ id: "1", name: "HR Feed", features: ["A", null] }, null];
  const server = opened(
    await serve(({ path }, response) =>
      json(response, 200, answer, path.startsWith(deprecated) ? { "x-deprecated": "true" } : {}),
    ),
  );
  return { SAIL_BASE_URL: server.baseUrl, SAIL_CLIENT_ID: "id", SAIL_CLIENT_SECRET: "secret" };
}

test("a command warns once of a deprecated version, and of what is odd, beside its result", async () => {
  const env = await tenant();
  const { code, stdout, problems } = await run(["list"], { env });
  expect(code).toBe(0);
  expect(stdout).toContain("HR Feed");
  const warnings = problems.trim().split("\n");
  expect(warnings).toHaveLength(2);
  expect(warnings[0]).toMatch(
    /^Warning: The tenant calls version v2025 of the API deprecated .*--api-version services/,
  );
  expect(warnings[1]).toMatch(
    /^Warning: What the tenant answered to GET \/sources .*"HR Feed"\.features\[1\] is null; \[1\]/,
  );
});

test("with --json, standard output stays one document", async () => {
  const outcome = await run(["list", "--json"], { env: await tenant() });
  expect(outcome.json()).toMatchObject([{ name: "HR Feed", features: ["A"] }]);
  expect(outcome.problems).toContain("Warning: ");
});

test("a failure is told after the warnings", async () => {
  const env = await tenant();
  const { code, problems } = await run(["health", "Nobody"], { env });
  expect(code).not.toBe(0);
  expect(problems).toMatch(/^Warning: [^]*\nError: /);
});

test("that a version is deprecated which is not in use is nobody's concern", async () => {
  const { stdout, problems } = await run(["doctor"], { env: await tenant("/v3/") });
  expect(stdout).toContain("v3");
  expect(problems).not.toContain("deprecated");
});
