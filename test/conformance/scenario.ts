import type { Json } from "./document";
import type { Session } from "./session";

/** Drives every operation that the document and the simulator share, to each of its answers that means success. */
export async function judgeScenario(session: Session): Promise<void> {
  const objects = await lookUps(session);
  const csv = await createdSource(session, "delimited-file", "HR Feed", objects, "?provisionAsCsv=true");
  const directory = await createdSource(session, "active-directory", "Directory", objects);
  for (const id of [csv, directory]) await readSource(session, id);
  await sourceWrites(session, directory, objects);
  await schemas(session, directory);
  await policies(session, directory);
  await policiesById(session, directory);
  await schedules(session, directory);
  await subConfigurations(session, directory, objects);
  await schemaFiles(session, csv);
  await tasks(session, csv, directory);
  await connectorActions(session, directory);
  await searches(session);
  await deletion(session, csv);
}

interface Objects {
  owner: Json;
  cluster: Json;
  workgroup: Json;
  passwordPolicy: Json;
}

const has = (session: Session, id: string) => session.document.operations.some((operation) => operation.id === id);

async function lookUps(session: Session): Promise<Objects> {
  const query = "?limit=50&offset=0&count=true";
  const first = async (id: string, path: string, getId?: string): Promise<Json> => {
    if (!has(session, id)) return {};
    const [object = {}] = await session.list("a page with its count", path + query);
    if (getId !== undefined && has(session, getId)) {
      await session.expect(200, "one by id", "GET", `${path}/${String(object["id"] ?? object["scriptName"])}`);
    }
    return object;
  };
  const identity = await first("listIdentities", "/identities", "getIdentity");
  const person = await first("getPublicIdentities", "/public-identities");
  const cluster = await first("getManagedClusters", "/managed-clusters", "getManagedCluster");
  const workgroup = await first("listWorkgroups", "/workgroups", "getWorkgroup");
  const passwordPolicy = await first("listPasswordPolicies", "/password-policies", "getPasswordPolicyById");
  await first("getConnectorRuleList", "/connector-rules", "getConnectorRule");
  await first("listTransforms", "/transforms", "getTransform");
  await first("listIdentityProfiles", "/identity-profiles");
  await first("getConnectorList", "/connectors", "getConnector");
  const id = identity["id"] ?? person["id"];
  return {
    owner: { type: "IDENTITY", id, name: identity["name"] ?? person["name"] },
    cluster: { type: "CLUSTER", id: cluster["id"], name: cluster["name"] },
    workgroup,
    passwordPolicy,
  };
}

async function createdSource(session: Session, connector: string, name: string, objects: Objects, query = "") {
  const { owner, cluster } = objects;
  const source = await session.expect(201, connector, "POST", `/sources${query}`, {
    body: {
      name,
      description: "Made to be judged",
      owner,
      cluster,
      connector,
      connectorAttributes: { password: "secret", "group.hasHeader": true, nested: [{ password: "secret", n: 1.5 }] },
      managerCorrelationMapping: { accountAttributeName: "manager", identityAttributeName: "uid" },
    },
  });
  return String(source["id"]);
}

async function readSource(session: Session, id: string): Promise<void> {
  await session.expect(200, "by id", "GET", `/sources/${id}`);
  await session.expect(200, "of a source", "GET", `/sources/${id}/connections`);
  await session.expect(200, "of a source", "GET", `/sources/${id}/source-health`);
  await session.list("all", "/sources");
  await session.list("filtered and sorted", `/sources?filters=${encodeURIComponent('name co "e"')}&sorters=-name`);
  await session.expect(200, "of the source in use", "GET", `/sources/${await usedSource(session)}/connections`);
}

async function usedSource(session: Session): Promise<string> {
  const [source] = await session.list(
    "by name",
    `/sources?filters=${encodeURIComponent('name eq "Corporate Directory"')}`,
  );
  return String(source?.["id"]);
}

async function sourceWrites(session: Session, id: string, objects: Objects): Promise<void> {
  const path = `/sources/${id}`;
  await session.patch(200, "a field and a connector attribute", path, [
    { op: "replace", path: "/description", value: "Patched" },
    { op: "add", path: "/connectorAttributes/page~1size", value: 10 },
  ]);
  await session.patch(200, "references", path, [
    { op: "replace", path: "/owner", value: objects.owner },
    { op: "add", path: "/deleteThreshold", value: 20 },
  ]);
  const source = await session.expect(200, "before the PUT", "GET", path);
  await session.expect(200, "whole", "PUT", path, { body: { ...source, description: "Put" } });
}

async function schemas(session: Session, sourceId: string): Promise<void> {
  const path = `/sources/${sourceId}/schemas`;
  await session.list("all", path);
  await session.list("by name", `${path}?include-names=account`);
  await session.list("groups", `${path}?include-types=group`);
  const schema = await session.expect(201, "a new one", "POST", path, {
    body: {
      name: "role",
      nativeObjectType: "Role",
      identityAttribute: "id",
      displayAttribute: "name",
      attributes: [
        { name: "id", type: "STRING" },
        { name: "level", type: "INT", isMulti: true, isEntitlement: true },
      ],
    },
  });
  const one = `${path}/${String(schema["id"])}`;
  await session.expect(200, "by id", "GET", one);
  await session.patch(200, "another attribute", one, [
    { op: "add", path: "/attributes/-", value: { name: "more", type: "DATE" } },
  ]);
  const before = await session.expect(200, "before the PUT", "GET", one);
  await session.expect(200, "whole", "PUT", one, { body: { ...before, includePermissions: true } });
  await session.expect(204, "one", "DELETE", one);
}

async function policies(session: Session, sourceId: string): Promise<void> {
  const path = `/sources/${sourceId}/provisioning-policies`;
  const field = {
    name: "login",
    transform: { type: "static", attributes: { value: "x" } },
    attributes: {},
    type: "string",
  };
  const body = { name: "Enable", description: "When enabled", usageType: "ENABLE", fields: [field] };
  await session.expect(201, "a new one", "POST", path, { body });
  await session.list("all", path);
  await session.expect(200, "by usage type", "GET", `${path}/ENABLE`);
  await session.expect(200, "whole", "PUT", `${path}/ENABLE`, { body: { ...body, name: "Put" } });
  await session.patch(200, "its name", `${path}/ENABLE`, [{ op: "replace", path: "/name", value: "Patched" }]);
  await session.expect(200, "two at once", "POST", `${path}/bulk-update`, {
    body: [body, { name: "Account", usageType: "CREATE", fields: [{ ...field, isRequired: true }] }],
  });
  await session.expect(204, "one", "DELETE", `${path}/ENABLE`);
}

async function policiesById(session: Session, sourceId: string): Promise<void> {
  if (!has(session, "listProvisioningPoliciesV2")) return;
  const path = `/sources/${sourceId}/provisioning-policies`;
  const number = 2;
  const body = { name: "Leave", description: "Who leaves", usageType: "DISABLE", fields: [] };
  const created = await session.expect(201, "a new one", "POST", path, { body, number });
  const one = `${path}/${String(created["id"])}`;
  await session.expect(200, "all", "GET", path, { number });
  await session.expect(200, "of a usage type", "GET", `${path}?filters=usageType%20eq%20%22DISABLE%22`, { number });
  await session.expect(200, "by id", "GET", one, { number });
  await session.expect(200, "whole", "PUT", one, { body: { ...created, name: "Put" }, number });
  await session.patch(200, "its name", one, [{ op: "replace", path: "/name", value: "Patched" }], number);
  await session.expect(204, "one", "DELETE", one, { number });
  await session.list("all", "/source-subtypes");
}

async function searches(session: Session): Promise<void> {
  if (!has(session, "searchPost")) return;
  const body = { indices: ["events"], query: { query: "type:SOURCE_MANAGEMENT" }, sort: ["-created"] };
  await session.expect(200, "audit events", "POST", "/search?limit=10", { body });
  await session.expect(204, "audit events", "POST", "/search/count", { body });
}

async function schedules(session: Session, sourceId: string): Promise<void> {
  if (!has(session, "getSourceSchedules")) return;
  const path = `/sources/${sourceId}/schedules`;
  const body = { type: "ACCOUNT_AGGREGATION", cronExpression: "0 0 5,13,21 * * ?" };
  await session.expect(201, "a new one", "POST", path, { body });
  await session.list("all", path);
  await session.expect(200, "by type", "GET", `${path}/ACCOUNT_AGGREGATION`);
  await session.patch(200, "the expression", `${path}/ACCOUNT_AGGREGATION`, [
    { op: "replace", path: "/cronExpression", value: "0 0 12 1/1 * ? *" },
  ]);
  await session.expect(204, "one", "DELETE", `${path}/ACCOUNT_AGGREGATION`);
}

async function subConfigurations(session: Session, id: string, objects: Objects): Promise<void> {
  const path = (name: string) => `/sources/${id}/${name}`;
  if (has(session, "getCorrelationConfig")) {
    const config = await session.expect(200, "fresh", "GET", path("correlation-config"));
    const assignment = { property: "email", value: "mail", operation: "EQ", matchMode: "ANYWHERE", ignoreCase: true };
    const body = { ...config, attributeAssignments: [assignment] };
    await session.expect(200, "an assignment", "PUT", path("correlation-config"), { body });
  }
  if (has(session, "getNativeChangeDetectionConfig")) {
    const detection = path("native-change-detection-config");
    const config = await session.expect(200, "fresh", "GET", detection);
    const body = { ...config, enabled: true, operations: ["ACCOUNT_CREATED"] };
    await session.expect(200, "switched on", "PUT", detection, { body });
    await session.expect(204, "back to nothing", "DELETE", detection);
  }
  if (has(session, "getSourceAttrSyncConfig")) {
    const config = await session.expect(200, "fresh", "GET", path("attribute-sync-config"));
    const attributes = (config["attributes"] as Json[]).map((attribute) => ({ ...attribute, enabled: true }));
    await session.expect(200, "all on", "PUT", path("attribute-sync-config"), { body: { ...config, attributes } });
    await session.expect(202, "started", "POST", path("synchronize-attributes"));
  }
  if (has(session, "getSourceEntitlementRequestConfig")) {
    const config = await session.expect(200, "fresh", "GET", path("entitlement-request-config"));
    const scheme = { approverType: "GOVERNANCE_GROUP", approverId: objects.workgroup["id"] };
    const body = { ...config, revocationRequestConfig: { approvalSchemes: [scheme] } };
    await session.expect(200, "with an approver", "PUT", path("entitlement-request-config"), { body });
  }
  if (has(session, "updatePasswordPolicyHolders")) {
    const body = [
      { policyId: objects.passwordPolicy["id"], selectors: { identityAttr: [{ name: "department", value: "HR" }] } },
    ];
    await session.expect(200, "one holder", "PATCH", path("password-policies"), { body });
  }
  if (has(session, "listPasswordPolicyHoldersOnSource"))
    await session.list("of a source", `${path("password-policies")}?limit=10`);
}

async function schemaFiles(session: Session, sourceId: string): Promise<void> {
  const path = `/sources/${sourceId}/schemas`;
  const file = { name: "schema.csv", content: "id,name,mail,groups\n" };
  for (const [kind, query] of [
    ["accounts", ""],
    ["entitlements", "?schemaName=group"],
  ]) {
    await session.expect(200, "from CSV", "POST", `${path}/${String(kind)}${String(query)}`, { parts: { file } });
    await session.expect(200, "as CSV", "GET", `${path}/${String(kind)}${String(query)}`);
  }
}

async function tasks(session: Session, csv: string, directory: string): Promise<void> {
  if (!has(session, "importAccounts")) return;
  const file = { name: "accounts.csv", content: "id,name,mail,groups\n1,One,one@example.com,a;b\n" };
  const started = await session.expect(202, "from a file", "POST", `/sources/${csv}/load-accounts`, {
    parts: { file, disableOptimization: "true" },
  });
  await session.expect(202, "without a file", "POST", `/sources/${directory}/load-accounts`);
  const load = async (name: string, id: string) => {
    await session.expect(202, "from a file", "POST", `/sources/${id}/${name}`, { parts: { file } });
  };
  await load("load-uncorrelated-accounts", csv);
  if (has(session, "importEntitlements")) await load("load-entitlements", csv);
  await session.expect(202, "all", "POST", `/sources/${directory}/remove-accounts`);
  await session.expect(200, "of an aggregation", "GET", `/task-status/${String((started["task"] as Json)["id"])}`);
}

async function connectorActions(session: Session, id: string): Promise<void> {
  const file = { name: "driver.jar", content: "not really" };
  await session.expect(200, "a file", "POST", `/sources/${id}/upload-connector-file`, { parts: { file } });
  if (!has(session, "testSourceConnection")) return;
  for (const name of ["check-connection", "test-configuration", "ping-cluster"]) {
    await session.expect(200, "well", "POST", `/sources/${id}/connector/${name}`);
  }
  const body = { objectType: "account", maxCount: 3 };
  await session.expect(200, "accounts", "POST", `/sources/${id}/connector/peek-resource-objects`, { body });
  await session.expect(200, "the form", "GET", `/sources/${id}/connectors/source-config?locale=en`);
}

async function deletion(session: Session, id: string): Promise<void> {
  session.tenant.admin.set({ deletionMs: 60_000 });
  const task = await session.expect(202, "a source", "DELETE", `/sources/${id}`);
  if (has(session, "getTaskStatus"))
    await session.expect(200, "while it runs", "GET", `/task-status/${String(task["id"])}`);
  session.tenant.admin.set({ clockOffsetMs: 61_000 });
  if (has(session, "getTaskStatus"))
    await session.expect(200, "when it is over", "GET", `/task-status/${String(task["id"])}`);
  await session.expect(404, "after its deletion", "GET", `/sources/${id}`);
}
