import type { TenantArgs } from "pulumi-sailpoint";
import { type ApiVersion, type Operation, apiVersions, operations, pathIn, versions } from "pulumi-sailpoint/api";
import type { Input } from "@pulumi/pulumi";
import { closing } from "./support/closing";
import { clientOf, json, serve } from "./support/server";

const opened = closing();

async function tenant(apiVersion: string | undefined) {
  const server = opened(await serve((_, response) => json(response, 200, { id: "1", name: "HR" })));
  return { server, client: opened(clientOf(server, { apiVersion })) };
}

describe("a path", () => {
  test.each([
    ["v2025", "/sources", "/v2025/sources"],
    ["v3", "/sources/{id}", "/v3/sources/{id}"],
    ["beta", "/sources?limit=1", "/beta/sources?limit=1"],
    ["services", "/sources", "/sources/v1"],
    ["services", "/sources?limit=1&filters=a/b", "/sources/v1?limit=1&filters=a/b"],
    ["services", "/sources/{sourceId}/schemas/{schemaId}", "/sources/v1/{sourceId}/schemas/{schemaId}"],
    ["services", "/task-status/sources/v1", "/task-status/v1/sources/v1"],
    ["services", "/search/count", "/search/v1/count"],
  ])("of %s: %s is %s", (version, path, expected) => {
    expect(pathIn(version, path)).toBe(expected);
  });

  test("has the number of its operation in the per-service form, and nowhere else", () => {
    expect(pathIn("services", "/sources/1/provisioning-policies", 2)).toBe("/sources/v2/1/provisioning-policies");
    expect(pathIn("v2026", "/sources/1/provisioning-policies", 2)).toBe("/v2026/sources/1/provisioning-policies");
  });
});

test.each([
  [undefined, "/v2025/sources/a%2Fb"],
  ["v2026", "/v2026/sources/a%2Fb"],
  ["v2031", "/v2031/sources/a%2Fb"],
  ["services", "/sources/v1/a%2Fb"],
])("a client of the version %s asks for %s, its token without a version", async (apiVersion, expected) => {
  const { server, client } = await tenant(apiVersion);
  await client.call("getSource", { id: "a/b" });
  expect(server.seen.map(({ path }) => path)).toEqual([expected]);
  expect(server.tokensGiven).toBe(1);
});

describe("the experimental header", () => {
  test("is sent in every version once one of them asks for it", async () => {
    for (const apiVersion of apiVersions) {
      const { server, client } = await tenant(apiVersion);
      await client.call("getPasswordPolicyById", { id: "1" });
      await client.call("getSource", { id: "1" });
      const sent = server.seen.map(({ headers }) => headers["x-sailpoint-experimental"]);
      expect(sent).toEqual(["true", undefined]);
    }
  });

  test("is asked for only where the operation is", () => {
    const rows: [string, Operation][] = Object.entries(operations);
    const elsewhere = rows.filter(([, row]) => {
      const having: readonly string[] = [...row.versions, "earlier documents"];
      return row.experimentalIn.some((place) => !having.includes(place));
    });
    expect(elsewhere).toEqual([]);
  });
});

test("known operations are of versions that can be chosen", () => {
  const choosable: readonly string[] = apiVersions;
  expect(versions.filter((version) => !choosable.includes(version))).toEqual([]);
});

/** Checked by the compiler: a Tenant takes the versions of the table, and no others. */
test("the type of a Tenant's version is that of the table", () => {
  type Taken = Exclude<NonNullable<TenantArgs["apiVersion"]>, object>;
  const both: [Taken, ApiVersion] extends [ApiVersion, Taken] ? true : false = true;
  const input: TenantArgs["apiVersion"] extends Input<ApiVersion | undefined> | undefined ? true : false = true;
  expect([both, input]).toEqual([true, true]);
});
