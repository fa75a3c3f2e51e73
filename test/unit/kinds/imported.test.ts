import type { JsonObject } from "../../../provider/src/reconcile";
import { source } from "../../../provider/src/kinds/source";
import { attributeSyncConfig } from "../../../provider/src/kinds/attribute-sync-config";
import { schedule } from "../../../provider/src/kinds/schedule";
import { importedWithoutSecrets, tellingInputs } from "../../../provider/src/kinds/imported";

test("what is read whole has no secret, no cipher text and nothing of the tenant's own in it", () => {
  const live = {
    id: "2c91",
    name: "HR",
    connector: "web-services-angularsc",
    owner: { type: "IDENTITY", id: "1", name: "Jane Doe" },
    connectorAttributes: {
      encrypted: "pin",
      pin: "1:ACP:c29tZSBjaXBoZXIgdGV4dA==",
      password: "********",
      healthy: true,
      since: "2026-01-01",
      timeout: 30,
      note: "1:ACP:c29tZSBvdGhlciBjaXBoZXIgdGV4dA==",
      operations: [{ uniqueNameForEndPoint: "Users", client_secret: "********", header: { Authorization: "x" } }],
      headers: [
        { name: "Authorization", value: "Basic c3ZjOnB3" },
        { name: "Accept", value: "text/csv" },
      ],
    },
  };
  const { connectorAttributes, owner, connector } = importedWithoutSecrets(source, live, "2c91");
  expect(connectorAttributes).toEqual({
    encrypted: "pin",
    timeout: 30,
    operations: [{ uniqueNameForEndPoint: "Users", header: {} }],
    headers: [{ name: "Authorization" }, { name: "Accept", value: "text/csv" }],
  });
  expect([owner, connector]).toEqual([live.owner, "web-services"]);
});

test("what is no free JSON has no secrets, whatever it looks like, and what has none at all is whole", () => {
  const owner = { name: "********" };
  expect(importedWithoutSecrets(source, { name: "HR", owner }, "2c91")).toEqual({ name: "HR", owner });
  const job = { type: "ACCOUNT_AGGREGATION", cronExpression: "0 0 5 * * ?" };
  expect(importedWithoutSecrets(schedule, job, "2c91/ACCOUNT_AGGREGATION")).toEqual({ source: "2c91", ...job });
});

test("for an export references stay as the tenant has them, and what says nothing is left out", () => {
  const owner = { type: "IDENTITY", id: "1", name: "Jane Doe" };
  expect(tellingInputs(source, { name: "HR", owner }, "2c91")).toEqual({ name: "HR", owner });
  const [on, off] = [true, false].map((enabled) => ({
    name: enabled ? "mail" : "phone",
    displayName: "x",
    enabled,
    target: "y",
  }));
  expect(tellingInputs(attributeSyncConfig, { attributes: [on, off] as JsonObject[] }, "2c91")).toEqual({
    source: "2c91",
    attributes: [{ name: "mail", enabled: true }],
  });
});
