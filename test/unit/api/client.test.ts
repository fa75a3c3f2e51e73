import { SailPointError } from "pulumi-sailpoint/api";
import { type Handler, type LocalServer, clientOf, json, serve } from "./support/server";

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const thing of open.splice(0).reverse()) await thing.close();
});

async function tenant(handler: Handler, options: Parameters<typeof clientOf>[1] = {}) {
  const server: LocalServer = await serve(handler);
  const client = clientOf(server, options);
  open.push(server, client);
  return { server, client };
}

const failureOf = (call: Promise<unknown>): Promise<SailPointError> =>
  call.then(
    () => {
      throw new Error("the call should fail");
    },
    (error: unknown) => {
      if (!(error instanceof SailPointError)) throw error;
      return error;
    },
  );

test("sends path, query, body and headers as the operation says", async () => {
  const { server, client } = await tenant((_, response) => json(response, 201, { id: "1", name: "HR" }));
  const owner = { type: "IDENTITY", id: "o" };
  const created = await client.call("createSource", {
    provisionAsCsv: true,
    body: { name: "HR", owner, connector: "delimited-file" },
  });
  expect(created).toEqual({ id: "1", name: "HR" });
  const [seen] = server.seen;
  expect(seen).toMatchObject({ method: "POST", path: "/v2025/sources?provisionAsCsv=true" });
  expect(seen?.headers).toMatchObject({ "content-type": "application/json", accept: "application/json" });
  expect(seen?.headers.authorization).toMatch(/^Bearer ey/);
  expect(seen?.headers["user-agent"]).toMatch(/^pulumi-sailpoint\/\d+\.\d+\.\d+ /);
  expect(JSON.parse(seen?.body ?? "")).toEqual({ name: "HR", owner, connector: "delimited-file" });
});

test("tells what was done, on what, why it failed and what to do", async () => {
  const { client } = await tenant((_, response) =>
    json(response, 400, {
      detailCode: "400.1 Bad request content",
      trackingId: "7f00",
      messages: [{ locale: "en-US", text: 'Illegal attempt to modify "healthy" field.' }],
    }),
  );
  const error = await failureOf(client.call("updateSource", { id: "2c91", body: [] }, { context: 'Source "HR Feed"' }));
  expect(error.message).toBe(
    'Source "HR Feed": the tenant refused PATCH /sources/2c91 (400): Illegal attempt to modify "healthy" field. ' +
      "(trackingId 7f00) Correct what the tenant names, then try again.",
  );
  expect(error).toMatchObject({ kind: "rejected", status: 400, ambiguous: false, trackingId: "7f00" });
  expect(error.causes).toEqual([{ text: 'Illegal attempt to modify "healthy" field.', path: "healthy" }]);
});
