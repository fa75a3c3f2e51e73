import type { Client } from "pulumi-sailpoint/api";
import { closing } from "./support/closing";
import { failureOf } from "./support/failures";
import { clientOf, json, serve, type Handler } from "./support/server";

const opened = closing();

async function tenant(handler: Handler, apiVersion = "services") {
  const server = opened(await serve(handler));
  return { server, client: opened(clientOf(server, { apiVersion })) };
}

const policy = { id: "p1", name: null, usageType: "CREATE_MACHINE_ACCOUNT", subtypeId: "t1", fields: [] };
const of = { sourceId: "s1", id: "p1" };

/** What each operation of a path's second number, or of the per-service form alone, sends, and what it answers. */
const calls: [string, (client: Client) => Promise<unknown>, sent: string, answer: unknown, body?: unknown][] = [
  [
    "listProvisioningPoliciesById",
    (client) => client.call("listProvisioningPoliciesById", { sourceId: "s1", filters: 'subtypeId eq "t1"' }),
    "GET /sources/v2/s1/provisioning-policies?filters=subtypeId%20eq%20%22t1%22",
    [policy],
  ],
  [
    "createProvisioningPolicyById",
    (client) =>
      client.call("createProvisioningPolicyById", {
        sourceId: "s1",
        useDefaultFields: true,
        body: { name: null, usageType: "CREATE_MACHINE_ACCOUNT", subtypeId: "t1" },
      }),
    "POST /sources/v2/s1/provisioning-policies?useDefaultFields=true",
    policy,
    { name: null, usageType: "CREATE_MACHINE_ACCOUNT", subtypeId: "t1" },
  ],
  [
    "getProvisioningPolicyById",
    (client) => client.call("getProvisioningPolicyById", of),
    "GET /sources/v2/s1/provisioning-policies/p1",
    policy,
  ],
  [
    "putProvisioningPolicyById",
    (client) => client.call("putProvisioningPolicyById", { ...of, body: policy }),
    "PUT /sources/v2/s1/provisioning-policies/p1",
    policy,
    policy,
  ],
  [
    "updateProvisioningPolicyById",
    (client) => client.call("updateProvisioningPolicyById", { ...of, body: [{ op: "remove", path: "/description" }] }),
    "PATCH /sources/v2/s1/provisioning-policies/p1",
    policy,
    [{ op: "remove", path: "/description" }],
  ],
  [
    "deleteProvisioningPolicyById",
    (client) => client.call("deleteProvisioningPolicyById", of),
    "DELETE /sources/v2/s1/provisioning-policies/p1",
    undefined,
  ],
  [
    "listSourceSubtypes",
    (client) => client.call("listSourceSubtypes", { filters: 'source.id eq "s1" and technicalName eq "bot"' }),
    "GET /source-subtypes/v1?filters=source.id%20eq%20%22s1%22%20and%20technicalName%20eq%20%22bot%22",
    [{ id: "t1", technicalName: "bot", source: { type: "SOURCE", id: "s1" } }],
  ],
];

test.each(calls)("%s", async (...[, call, sent, answer, body]) => {
  const { server, client } = await tenant((seen, response) =>
    seen.method === "DELETE" ? response.writeHead(204).end() : json(response, 200, answer),
  );
  expect(await call(client)).toEqual(answer);
  const [seen] = server.seen;
  expect(`${seen?.method ?? ""} ${seen?.path ?? ""}`).toBe(sent);
  expect(seen?.headers["x-sailpoint-experimental"]).toBe("true");
  expect(seen?.body ? JSON.parse(seen.body) : undefined).toEqual(body);
});

test("an annual version has no policies by id, and says where they are", async () => {
  const { server, client } = await tenant((_, response) => json(response, 200, []), "v2026");
  expect(client.has("listProvisioningPoliciesById")).toBe(false);
  const error = await failureOf(client.call("listProvisioningPoliciesById", { sourceId: "s1" }));
  expect(error.message).toContain("version v2026 of the API has no listProvisioningPoliciesById. Set sailpoint:");
  expect(error.message).toContain("sailpoint:apiVersion to services.");
  expect(server.seen).toEqual([]);
});
