import { tenantFor, type Caller, type Json } from "./support";

async function sourceWith(more: Json = {}, cluster?: string) {
  const caller = await tenantFor();
  const reference = cluster === undefined ? undefined : await clusterNamed(caller, cluster);
  const source = await caller.createSource({ cluster: reference, ...more });
  return { caller, id: String(source["id"]), path: `/sources/${String(source["id"])}` };
}

async function clusterNamed(caller: Caller, name: string): Promise<Json> {
  const [found] = (await caller.get(`/managed-clusters?filters=${encodeURIComponent(`name eq "${name}"`)}`)).list;
  return { type: "CLUSTER", id: found?.["id"], name };
}

const works = "sp_connect_proxy_cluster";
const broken = "Unplugged VA Cluster";

describe("the connector", () => {
  it.each<[string, string | undefined, Json, string, string]>([
    ["check-connection", works, {}, "SUCCESS", "SOURCE_STATE_HEALTHY"],
    ["check-connection", broken, {}, "FAILURE", "SOURCE_STATE_FAILURE_CLUSTER"],
    ["check-connection", works, { connector: "workday" }, "FAILURE", "SOURCE_STATE_FAILURE_SOURCE"],
    ["test-configuration", broken, {}, "SUCCESS", "SOURCE_STATE_UNCHECKED_SOURCE_NO_ACCOUNTS"],
    ["test-configuration", works, { connector: "workday" }, "FAILURE", "SOURCE_STATE_UNCHECKED_SOURCE_NO_ACCOUNTS"],
    ["ping-cluster", works, {}, "SUCCESS", "SOURCE_STATE_UNCHECKED_SOURCE_NO_ACCOUNTS"],
    ["ping-cluster", broken, {}, "FAILURE", "SOURCE_STATE_UNCHECKED_SOURCE_NO_ACCOUNTS"],
    ["ping-cluster", undefined, {}, "FAILURE", "SOURCE_STATE_UNCHECKED_SOURCE_NO_ACCOUNTS"],
  ])("%s on %s with %j: %s", async (action, cluster, more, status, health) => {
    const { caller, id, path } = await sourceWith(more, cluster);
    const reply = await caller.post(`${path}/connector/${action}`);
    expect(reply.body).toMatchObject({ id, name: "HR Feed", status });
    expect((await caller.get(`${path}/source-health`)).body["status"]).toBe(health);
  });

  it("peeks at objects that fit the schema", async () => {
    const { caller, path } = await sourceWith({}, works);
    const reply = await caller.post(`${path}/connector/peek-resource-objects`, { objectType: "account", maxCount: 2 });
    const objects = reply.body["resourceObjects"] as Json[];
    expect(objects).toHaveLength(2);
    const schema = (await caller.get(`${path}/schemas?include-names=account`)).list[0];
    const names = (schema?.["attributes"] as Json[]).map(({ name }) => name);
    expect(Object.keys(objects[0]?.["attributes"] as Json)).toEqual(names);
    expect(objects[0]?.["identity"]).toBe((objects[0]?.["attributes"] as Json)["distinguishedName"]);
    const refused = await caller.post(`${path}/connector/peek-resource-objects`, { objectType: "nothing" });
    expect(refused.status).toBe(400);
  });

  it("lists uploaded files once each", async () => {
    const { caller, path } = await sourceWith();
    await caller.upload(`${path}/upload-connector-file`, "one.jar", "1");
    await caller.upload(`${path}/upload-connector-file`, "two.jar", "2");
    const { body } = await caller.upload(`${path}/upload-connector-file`, "one.jar", "again");
    expect((body["connectorAttributes"] as Json)["connector_files"]).toBe("one.jar,two.jar");
  });

  it.each([
    ["plain", ["driver.jar"]],
    ["folder", [expect.stringMatching(/^connectorFiles\/[0-9a-f]+\/driver\.jar$/)]],
  ] as const)("names a file whose upload named a path: %s", async (connectorFileNames, names) => {
    const caller = await tenantFor({ behaviours: { connectorFileNames } });
    const path = `/sources/${String((await caller.createSource())["id"])}`;
    await caller.upload(`${path}/upload-connector-file`, "/home/me/files/driver.jar", "1");
    const { body } = await caller.upload(`${path}/upload-connector-file`, "other\\driver.jar", "1");
    expect(String((body["connectorAttributes"] as Json)["connector_files"]).split(",")).toEqual(names);
  });

  it("shows its form", async () => {
    const { caller, path } = await sourceWith();
    const reply = await caller.get(`${path}/connectors/source-config?locale=de`);
    expect(reply.body).toMatchObject({ scriptName: "active-directory", status: "RELEASED" });
    expect((await caller.get(`${path}/connectors/source-config?locale=klingon`)).status).toBe(400);
  });
});

describe("password policies of a source", () => {
  async function policies(caller: Caller) {
    return (await caller.get("/password-policies")).list;
  }

  it("are set by a list of holders, and shown by the source", async () => {
    const { caller, path } = await sourceWith();
    const [, policy] = await policies(caller);
    const selectors = { identityAttr: [{ name: "department", value: "HR" }] };
    const holders = [{ policyId: policy?.["id"], policyName: policy?.["name"], selectors }];
    const reply = await caller.patch(`${path}/password-policies`, holders, "application/json");
    expect([reply.status, reply.list]).toEqual([200, holders]);
    expect((await caller.get(`${path}/password-policies`)).list).toEqual(holders);
    const reference = { type: "PASSWORD_POLICY", id: policy?.["id"], name: "Corporate Password Policy" };
    expect((await caller.get(path)).body["passwordPolicies"]).toEqual([reference]);
    await caller.patch(`${path}/password-policies`, [], "application/json");
    expect((await caller.get(path)).body["passwordPolicies"]).toBeNull();
  });

  it("are no JSON Patch, need the feature, and must exist", async () => {
    const { caller, path } = await sourceWith();
    const send = (body: unknown, type = "application/json") => caller.patch(`${path}/password-policies`, body, type);
    const [policy] = await policies(caller);
    const holders = [{ policyId: policy?.["id"] }];
    expect((await send([{ op: "add", path: "/-", value: holders }])).status).toBe(400);
    expect((await send(holders, "application/json-patch+json")).status).toBe(400);
    expect((await send([{ policyId: "nothing" }])).status).toBe(400);
    await caller.patch(path, [{ op: "replace", path: "/features", value: ["ENABLE"] }]);
    expect((await send(holders)).status).toBe(400);
  });
});

describe("attribute synchronisation", () => {
  it("lets only enabled be changed", async () => {
    const { caller, path } = await sourceWith();
    const config = (await caller.get(`${path}/attribute-sync-config`)).body;
    const attributes = config["attributes"] as Json[];
    expect(attributes[0]).toEqual({ name: "email", displayName: "Work Email", enabled: false, target: "mail" });
    const put = (changed: Json[]) => caller.put(`${path}/attribute-sync-config`, { ...config, attributes: changed });
    const [first, ...rest] = attributes;
    const on = [{ ...first, enabled: true }, ...rest];
    expect((await put(on)).body["attributes"]).toEqual(on);
    expect((await caller.get(`${path}/attribute-sync-config`)).body["attributes"]).toEqual(on);
    expect((await put([{ ...first, target: "cn" }, ...rest])).status).toBe(400);
    expect((await put(rest)).status).toBe(400);
    expect((await put([...attributes, { name: "x", displayName: "X", enabled: true, target: "x" }])).status).toBe(400);
    expect((await caller.post(`${path}/synchronize-attributes`)).status).toBe(202);
  });
});

describe("native change detection and entitlement requests", () => {
  it("are put, read, and back to nothing", async () => {
    const { caller, path } = await sourceWith();
    const detection = `${path}/native-change-detection-config`;
    const config = { enabled: true, operations: ["ACCOUNT_CREATED"], allEntitlements: true };
    expect((await caller.put(detection, config)).body).toMatchObject(config);
    expect((await caller.get(detection)).body).toMatchObject(config);
    expect((await caller.put(detection, { operations: ["X"] })).status).toBe(400);
    expect((await caller.delete(detection)).status).toBe(204);
    expect((await caller.get(detection)).body).toMatchObject({ enabled: false, operations: [] });
  });

  it("want an approver that exists", async () => {
    const { caller, path } = await sourceWith();
    const request = `${path}/entitlement-request-config`;
    const [group] = (await caller.get("/workgroups")).list;
    const put = (scheme: Json) => caller.put(request, { accessRequestConfig: { approvalSchemes: [scheme] } });
    const scheme = { approverType: "GOVERNANCE_GROUP", approverId: group?.["id"] };
    expect((await put(scheme)).status).toBe(200);
    expect(((await caller.get(request)).body["accessRequestConfig"] as Json)["approvalSchemes"]).toEqual([scheme]);
    expect((await put({ ...scheme, approverId: null })).status).toBe(400);
    expect((await put({ approverType: "NOBODY" })).status).toBe(400);
  });
});
