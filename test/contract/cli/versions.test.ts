import { closing } from "../../unit/api/support/closing";
import { json, serve } from "../../unit/api/support/server";
import { run } from "./support/command";

const opened = closing();

/** A tenant that knows only some versions; of others its gateway has a page. */
async function knowing(...prefixes: string[]) {
  const server = opened(
    await serve(
      ({ path }, response) =>
        prefixes.some((prefix) => path.startsWith(prefix))
          ? json(response, 200, [])
          : json(response, 404, { message: "no Route matched with those values" }),
      { leavesVersions: true },
    ),
  );
  const env = { SAIL_BASE_URL: server.baseUrl, SAIL_CLIENT_ID: "id", SAIL_CLIENT_SECRET: "secret" };
  return { server, env };
}

test.each([
  [["/v2025/", "/v3/", "/sources/v1"], [], "services, v2025, v3; v2025 is in use. services is the one to prefer"],
  [["/v2025/", "/v2024/"], [], "v2025, v2024; v2025 is in use"],
  [["/v2025/", "/sources/v1"], ["--api-version", "services"], "services, v2025; services is in use"],
])("doctor tells which versions a tenant that knows %j answers", async (prefixes, options, finding) => {
  const { env } = await knowing(...prefixes, "/managed-clusters", "/identities", "/workgroups", "/connector");
  const { stdout } = await run(["doctor", ...options], { env });
  expect(stdout).toMatch(new RegExp(`^ok +versions: the tenant answers ${finding}`, "m"));
});

test("doctor fails where the version in use is not known, tells which to choose, and says nothing twice", async () => {
  const { env } = await knowing("/v2024/");
  const { code, stdout } = await run(["doctor", "--api-version", "services"], { env });
  expect(code).toBe(6);
  expect(stdout).toMatch(
    /^failed +versions: the tenant answers v2024; services is in use, which it does not know\. Set sailpoint:apiVersion to v2024 \(here: --api-version v2024\)\.$/m,
  );
  expect(stdout).not.toMatch(/may list the|^\w+ +sources:/m);
});

test("doctor points to the base URL where no version is known", async () => {
  const { env } = await knowing();
  const { code, stdout } = await run(["doctor"], { env });
  expect(code).toBe(6);
  expect(stdout).toMatch(
    /answers none that is known here; v2025 is in use, which it does not know\. Check the base URL\./,
  );
});

test("a command on a version that the tenant does not know names the setting", async () => {
  const { env } = await knowing("/v2025/");
  const { code, problems } = await run(["list", "--api-version", "services"], { env });
  expect(code).not.toBe(0);
  expect(problems).toMatch(/does not know the version "services" of the API.*Set sailpoint:apiVersion to one that/);
});
