import { source } from "../../../provider/src/kinds/source";
import { importedWithoutSecrets } from "../../../provider/src/kinds/imported";

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
    },
  };
  const { connectorAttributes, owner, connector } = importedWithoutSecrets(source, live, "2c91");
  expect(connectorAttributes).toEqual({
    encrypted: "pin",
    timeout: 30,
    operations: [{ uniqueNameForEndPoint: "Users", header: {} }],
  });
  expect([owner, connector]).toEqual([{ name: "Jane Doe" }, "web-services"]);
});
