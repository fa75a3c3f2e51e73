import {
  type Answer,
  type Client,
  type OperationId,
  type Parameters,
  createClient,
  operations,
} from "pulumi-sailpoint/api";
import { type RunningTenant, startTenant } from "sailpoint-simulator";

/** What the rows hand on to the rows below them. */
interface World {
  owner: string;
  cluster: string;
  workgroup: string;
  policy: string;
  rule: string;
  csv: string;
  directory: string;
  doomed: string;
  schema: string;
  task: string;
}

interface Row {
  id: OperationId;
  drive(client: Client, world: World): Promise<void>;
}

/** One operation: what it is called with, and what must come of it. */
function row<Id extends OperationId>(
  id: Id,
  parameters: (world: World) => Parameters<Id>,
  check: (answer: Answer<Id>, world: World) => void,
): Row {
  return {
    id,
    async drive(client, world) {
      check(await client.call(id, ...([parameters(world)] as never)), world);
    },
  };
}

const anything = expect.anything() as unknown;
const account = { name: "account" };
const csvOf = (text: string) => ({ name: "file.csv", content: text });
const schemaCsv =
  "id,name,givenName,familyName,e-mail,location,manager,groups,startDate,endDate\n" +
  "1,jane.doe,Jane,Doe,jane@example.com,Austin,,Staff,,\n";

/** Every operation, in an order in which each finds what it needs. */
const rows: Row[] = [
  row(
    "listIdentities",
    () => ({ filters: 'alias eq "slpt.services"' }),
    ([first], world) => {
      expect(first).toMatchObject({ alias: "slpt.services", name: "SailPoint Services" });
      world.owner = first?.id ?? "";
    },
  ),
  row(
    "getIdentity",
    ({ owner }) => ({ id: owner }),
    (answer) => {
      expect(answer.alias).toBe("slpt.services");
    },
  ),
  row(
    "getPublicIdentities",
    () => ({ filters: 'alias eq "jane.doe"' }),
    ([first]) => {
      expect(first?.name).toBe("Jane Doe");
    },
  ),
  row(
    "getManagedClusters",
    () => ({ filters: 'name eq "sp_connect_proxy_cluster"' }),
    ([first], world) => {
      world.cluster = first?.id ?? "";
    },
  ),
  row(
    "getManagedCluster",
    ({ cluster }) => ({ id: cluster }),
    (answer) => {
      expect(answer.name).toBe("sp_connect_proxy_cluster");
    },
  ),
  row(
    "listWorkgroups",
    () => ({ filters: 'name eq "Source Managers"' }),
    ([first], world) => {
      world.workgroup = first?.id ?? "";
    },
  ),
  row(
    "getWorkgroup",
    ({ workgroup }) => ({ id: workgroup }),
    (answer) => {
      expect(answer.name).toBe("Source Managers");
    },
  ),
  row(
    "listPasswordPolicies",
    () => ({}),
    (answer, world) => {
      world.policy = answer.find(({ name }) => name === "Corporate Password Policy")?.id ?? "";
    },
  ),
  row(
    "getPasswordPolicyById",
    ({ policy }) => ({ id: policy }),
    (answer) => {
      expect(answer.name).toBe("Corporate Password Policy");
    },
  ),
  row(
    "getConnectorRuleList",
    () => ({ limit: 50 }),
    (answer, world) => {
      world.rule = answer.find(({ name }) => name === "JDBC Provision")?.id ?? "";
    },
  ),
  row(
    "getConnectorRule",
    ({ rule }) => ({ id: rule }),
    (answer) => {
      expect(answer).toMatchObject({ name: "JDBC Provision", type: "JDBCProvision" });
    },
  ),
  row(
    "listTransforms",
    () => ({}),
    (answer) => {
      expect(answer.length).toBeGreaterThan(0);
    },
  ),
  row(
    "listIdentityProfiles",
    () => ({}),
    ([first]) => {
      expect(first).toMatchObject({ name: "Employees", authoritativeSource: { name: "Corporate Directory" } });
    },
  ),
  row(
    "getConnectorList",
    () => ({ filters: 'name sw "Delimited"' }),
    ([first]) => {
      expect(first?.scriptName).toMatch(/^delimited-file/);
    },
  ),
  row(
    "getConnector",
    () => ({ scriptName: "delimited-file" }),
    (answer) => {
      expect(answer.name).toBe("Delimited File");
    },
  ),

  row(
    "createSource",
    ({ owner, cluster }) => ({
      provisionAsCsv: true,
      body: {
        name: "HR Feed",
        connector: "delimited-file",
        owner: { type: "IDENTITY", id: owner },
        cluster: { type: "CLUSTER", id: cluster, name: "sp_connect_proxy_cluster" },
        connectorAttributes: { "group.hasHeader": true, password: "s3cr3t" },
      },
    }),
    (answer, world) => {
      expect(answer).toMatchObject({ name: "HR Feed", type: "DelimitedFile", owner: { name: "SailPoint Services" } });
      expect(JSON.stringify(answer)).not.toContain("s3cr3t");
      world.csv = answer.id;
    },
  ),
  row(
    "listSources",
    () => ({ filters: 'name eq "Corporate Directory"' }),
    (answer, world) => {
      expect(answer).toHaveLength(1);
      world.directory = answer[0]?.id ?? "";
    },
  ),
  row(
    "getSource",
    ({ csv }) => ({ id: csv }),
    (answer) => {
      expect(answer.connectorAttributes).toMatchObject({ "group.hasHeader": true });
    },
  ),
  row(
    "updateSource",
    ({ directory, cluster }) => ({
      id: directory,
      body: [
        { op: "test", path: "/name", value: "Corporate Directory" },
        { op: "add", path: "/cluster", value: { type: "CLUSTER", id: cluster, name: "sp_connect_proxy_cluster" } },
      ],
    }),
    (answer) => {
      expect(answer.cluster?.name).toBe("sp_connect_proxy_cluster");
    },
  ),
  row(
    "getSourceConnections",
    ({ directory }) => ({ sourceId: directory }),
    (answer) => {
      expect(answer.identityProfiles).toEqual([expect.objectContaining({ name: "Employees" })]);
    },
  ),
  row(
    "getSourceHealth",
    ({ csv }) => ({ sourceId: csv }),
    (answer) => {
      expect(answer.name).toBe("HR Feed");
    },
  ),
  row(
    "getSourceConfig",
    ({ csv }) => ({ id: csv }),
    (answer) => {
      expect(answer.scriptName).toMatch(/^delimited-file/);
    },
  ),

  row(
    "getSourceSchemas",
    ({ csv }) => ({ sourceId: csv }),
    (answer) => {
      expect(answer.map(({ name }) => name)).toContain("account");
    },
  ),
  row(
    "createSourceSchema",
    ({ csv }) => ({
      sourceId: csv,
      body: {
        name: "role",
        nativeObjectType: "Role",
        identityAttribute: "id",
        attributes: [{ name: "id", type: "STRING" }],
      },
    }),
    (answer, world) => {
      world.schema = answer.id;
    },
  ),
  row(
    "getSourceSchema",
    ({ csv, schema }) => ({ sourceId: csv, schemaId: schema }),
    (answer) => {
      expect(answer).toMatchObject({ name: "role", attributes: [{ name: "id", type: "STRING" }] });
    },
  ),
  row(
    "updateSourceSchema",
    ({ csv, schema }) => ({
      sourceId: csv,
      schemaId: schema,
      body: [{ op: "add", path: "/attributes/-", value: { name: "title", type: "STRING" } }],
    }),
    (answer) => {
      expect(answer.attributes).toHaveLength(2);
    },
  ),
  row(
    "putSourceSchema",
    ({ csv, schema }) => ({
      sourceId: csv,
      schemaId: schema,
      body: {
        id: schema,
        name: "role",
        nativeObjectType: "Job",
        identityAttribute: "id",
        attributes: [{ name: "id", type: "STRING" }],
      },
    }),
    (answer) => {
      expect(answer).toMatchObject({ nativeObjectType: "Job", attributes: [{ name: "id" }] });
    },
  ),
  row(
    "deleteSourceSchema",
    ({ csv, schema }) => ({ sourceId: csv, schemaId: schema }),
    (answer) => {
      expect(answer).toBeUndefined();
    },
  ),
  row(
    "importAccountsSchema",
    ({ csv }) => ({ id: csv, body: { file: csvOf(schemaCsv) } }),
    (answer) => {
      expect(answer).toMatchObject(account);
    },
  ),
  row(
    "getAccountsSchema",
    ({ csv }) => ({ id: csv }),
    (answer) => {
      expect(answer).toContain("e-mail");
    },
  ),
  row(
    "importEntitlementsSchema",
    ({ csv }) => ({ id: csv, schemaName: "group", body: { file: csvOf("id,name,displayName\n1,staff,Staff\n") } }),
    (answer) => {
      expect(answer.name).toBe("group");
    },
  ),
  row(
    "getEntitlementsSchema",
    ({ csv }) => ({ id: csv, schemaName: "group" }),
    (answer) => {
      expect(answer).toContain("displayName");
    },
  ),

  row(
    "createProvisioningPolicy",
    ({ csv }) => ({
      sourceId: csv,
      body: { name: "Leave", usageType: "DISABLE", fields: [{ name: "id", type: "string", isRequired: false }] },
    }),
    (answer) => {
      expect(answer.usageType).toBe("DISABLE");
    },
  ),
  row(
    "listProvisioningPolicies",
    ({ csv }) => ({ sourceId: csv }),
    (answer) => {
      expect(answer.map(({ usageType }) => usageType)).toContain("DISABLE");
    },
  ),
  row(
    "getProvisioningPolicy",
    ({ csv }) => ({ sourceId: csv, usageType: "DISABLE" }),
    (answer) => {
      expect(answer.fields).toEqual([expect.objectContaining({ name: "id" })]);
    },
  ),
  row(
    "updateProvisioningPolicy",
    ({ csv }) => ({
      sourceId: csv,
      usageType: "DISABLE",
      body: [{ op: "replace", path: "/description", value: "Who leaves" }],
    }),
    (answer) => {
      expect(answer.description).toBe("Who leaves");
    },
  ),
  row(
    "putProvisioningPolicy",
    ({ csv }) => ({ sourceId: csv, usageType: "DISABLE", body: { name: "Gone", usageType: "DISABLE", fields: [] } }),
    (answer) => {
      expect(answer.fields).toEqual([]);
    },
  ),
  row(
    "updateProvisioningPoliciesInBulk",
    ({ csv }) => ({
      sourceId: csv,
      body: [{ name: "Back", usageType: "DISABLE", fields: [{ name: "name", type: "string" }] }],
    }),
    (answer) => {
      expect(answer).toEqual([expect.objectContaining({ name: "Back", usageType: "DISABLE" })]);
    },
  ),
  row(
    "deleteProvisioningPolicy",
    ({ csv }) => ({ sourceId: csv, usageType: "DISABLE" }),
    (answer) => {
      expect(answer).toBeUndefined();
    },
  ),

  row(
    "createSourceSchedule",
    ({ csv }) => ({ sourceId: csv, body: { type: "ACCOUNT_AGGREGATION", cronExpression: "0 0 3 * * ?" } }),
    (answer) => {
      expect(answer.cronExpression).toBe("0 0 3 * * ?");
    },
  ),
  row(
    "getSourceSchedules",
    ({ csv }) => ({ sourceId: csv }),
    (answer) => {
      expect(answer).toHaveLength(1);
    },
  ),
  row(
    "getSourceSchedule",
    ({ csv }) => ({ sourceId: csv, scheduleType: "ACCOUNT_AGGREGATION" }),
    (answer) => {
      expect(answer.type).toBe("ACCOUNT_AGGREGATION");
    },
  ),
  row(
    "updateSourceSchedule",
    ({ csv }) => ({
      sourceId: csv,
      scheduleType: "ACCOUNT_AGGREGATION",
      body: [{ op: "replace", path: "/cronExpression", value: "0 0 5,13,21 * * ?" }],
    }),
    (answer) => {
      expect(answer.cronExpression).toBe("0 0 5,13,21 * * ?");
    },
  ),
  row(
    "deleteSourceSchedule",
    ({ csv }) => ({ sourceId: csv, scheduleType: "ACCOUNT_AGGREGATION" }),
    (answer) => {
      expect(answer).toBeUndefined();
    },
  ),

  row(
    "putCorrelationConfig",
    ({ csv }) => ({
      id: csv,
      body: { attributeAssignments: [{ property: "email", value: "e-mail", operation: "EQ" }] },
    }),
    (answer) => {
      expect(answer.attributeAssignments).toHaveLength(1);
    },
  ),
  row(
    "getCorrelationConfig",
    ({ csv }) => ({ id: csv }),
    (answer) => {
      expect(answer.attributeAssignments?.[0]).toMatchObject({ property: "email", value: "e-mail" });
    },
  ),
  row(
    "putNativeChangeDetectionConfig",
    ({ directory }) => ({
      sourceId: directory,
      body: { enabled: true, operations: ["ACCOUNT_UPDATED"], allEntitlements: true },
    }),
    (answer) => {
      expect(answer.enabled).toBe(true);
    },
  ),
  row(
    "getNativeChangeDetectionConfig",
    ({ directory }) => ({ sourceId: directory }),
    (answer) => {
      expect(answer.operations).toEqual(["ACCOUNT_UPDATED"]);
    },
  ),
  row(
    "deleteNativeChangeDetectionConfig",
    ({ directory }) => ({ sourceId: directory }),
    (answer) => {
      expect(answer).toBeUndefined();
    },
  ),
  row(
    "getSourceAttrSyncConfig",
    ({ directory }) => ({ id: directory }),
    (answer) => {
      expect(answer.source?.name).toBe("Corporate Directory");
    },
  ),
  row(
    "getSourceEntitlementRequestConfig",
    ({ directory }) => ({ id: directory }),
    (answer) => {
      expect(answer.accessRequestConfig).toEqual(anything);
    },
  ),
  row(
    "updateSourceEntitlementRequestConfig",
    ({ directory }) => ({
      id: directory,
      body: {
        accessRequestConfig: { approvalSchemes: [{ approverType: "SOURCE_OWNER" }], requestCommentRequired: true },
        revocationRequestConfig: { approvalSchemes: [] },
      },
    }),
    (answer) => {
      expect(answer.accessRequestConfig?.requestCommentRequired).toBe(true);
    },
  ),
  row(
    "updatePasswordPolicyHolders",
    ({ directory, policy }) => ({ sourceId: directory, body: [{ policyId: policy, selectors: { identityAttr: [] } }] }),
    (answer) => {
      expect(answer).toEqual([expect.objectContaining({ policyName: "Corporate Password Policy" })]);
    },
  ),
  row(
    "listPasswordPolicyHoldersOnSource",
    ({ directory }) => ({ sourceId: directory }),
    (answer, { policy }) => {
      expect(answer.map(({ policyId }) => policyId)).toEqual([policy]);
    },
  ),

  row(
    "importConnectorFile",
    ({ csv }) => ({ sourceId: csv, body: { file: { name: "driver.jar", content: new Uint8Array([80, 75, 3, 4]) } } }),
    (answer) => {
      expect(answer.connectorAttributes?.["connector_files"]).toContain("driver.jar");
    },
  ),
  row(
    "testSourceConnection",
    ({ directory }) => ({ sourceId: directory }),
    (answer) => {
      expect(answer.status).toBe("SUCCESS");
    },
  ),
  row(
    "testSourceConfiguration",
    ({ directory }) => ({ sourceId: directory }),
    (answer) => {
      expect(answer.status).toBe("SUCCESS");
    },
  ),
  row(
    "pingCluster",
    ({ directory }) => ({ sourceId: directory }),
    (answer) => {
      expect(answer.status).toBe("SUCCESS");
    },
  ),
  row(
    "searchResourceObjects",
    ({ directory }) => ({ sourceId: directory, body: { objectType: "account", maxCount: 3 } }),
    (answer) => {
      expect(answer.resourceObjects?.length).toBeGreaterThan(0);
    },
  ),

  row(
    "importAccounts",
    ({ csv }) => ({ id: csv, body: { file: csvOf(schemaCsv), disableOptimization: true } }),
    (answer, world) => {
      world.task = answer.task.id;
    },
  ),
  row(
    "getTaskStatus",
    ({ task }) => ({ id: task }),
    (answer) => {
      expect(answer).toMatchObject({ completionStatus: "SUCCESS", completed: anything });
    },
  ),
  row(
    "importUncorrelatedAccounts",
    ({ csv }) => ({ id: csv, body: { file: csvOf(schemaCsv) } }),
    (answer) => {
      expect(answer.task.id).toEqual(anything);
    },
  ),
  row(
    "importEntitlements",
    ({ csv }) => ({ sourceId: csv, body: { file: csvOf("id,name,displayName\n1,staff,Staff\n") } }),
    (answer) => {
      expect(answer.id).toEqual(anything);
    },
  ),
  row(
    "syncAttributesForSource",
    ({ directory }) => ({ id: directory }),
    (answer) => {
      expect(answer.id).toEqual(anything);
    },
  ),
  row(
    "deleteAccountsAsync",
    ({ csv }) => ({ id: csv }),
    (answer) => {
      expect(answer.type).toBe("TASK_RESULT");
    },
  ),
];

describe("every operation, end to end", () => {
  let tenant: RunningTenant;
  let client: Client;
  const world = {} as World;

  beforeAll(async () => {
    tenant = await startTenant();
    client = createClient({ ...tenant, rateLimit: false });
  });
  afterAll(async () => {
    client.close();
    await tenant.close();
  });

  test.each(rows.map((one) => [one.id, one] as const))("%s", async (id, one) => {
    tenant.clearRequests();
    await one.drive(client, world);
    const [request, ...others] = tenant.requests();
    expect(others).toEqual([]);
    expect(request).toMatchObject({ operationId: id, method: operations[id].method });
    expect(request?.status).toBeLessThan(300);
  });

  test("putSource writes back what getSource gave", async () => {
    const before = await client.call("getSource", { id: world.csv });
    const after = await client.call("putSource", { id: world.csv, body: { ...before, description: "Written whole" } });
    expect(after.description).toBe("Written whole");
  });

  test("putSourceAttrSyncConfig toggles what getSourceAttrSyncConfig gave", async () => {
    const { source, attributes } = await client.call("getSourceAttrSyncConfig", { id: world.directory });
    const body = { source, attributes: attributes?.map((attribute) => ({ ...attribute, enabled: true })) };
    const after = await client.call("putSourceAttrSyncConfig", { id: world.directory, body });
    expect(after.attributes?.map(({ enabled }) => enabled)).toEqual(attributes?.map(() => true));
  });

  test("deleteSource answers a task, after which the source is gone", async () => {
    const { id } = await client.call("deleteSource", { id: world.csv });
    expect(await client.awaitTask(id)).toMatchObject({ completionStatus: "SUCCESS" });
    await expect(client.call("getSource", { id: world.csv })).rejects.toMatchObject({ kind: "notFound", status: 404 });
  });

  test("none was left out", () => {
    const alone = ["putSource", "putSourceAttrSyncConfig", "deleteSource"];
    expect([...rows.map(({ id }) => id), ...alone].sort()).toEqual(Object.keys(operations).sort());
  });
});
