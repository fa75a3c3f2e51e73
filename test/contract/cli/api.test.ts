import { createClient, operations } from "pulumi-sailpoint/api";
import type { RunningTenant } from "sailpoint-simulator";
import type { Result } from "../../../provider/src/cli/command";
import type { Style } from "../../../provider/src/cli/style";
import { createProgram } from "../../../provider/src/cli/program";
import { Folder, run } from "./support/command";
import { called, tenantWithFeed } from "./support/tenant";

let tenant: RunningTenant;
const folder = new Folder();
/** In the form that has every operation. */
const client = () => createClient({ ...tenant, rateLimit: false, apiVersion: "services" });

beforeAll(async () => {
  ({ tenant } = await tenantWithFeed());
});
beforeEach(() => {
  tenant.clearRequests();
});
afterAll(async () => {
  await tenant.close();
  folder.remove();
});

/** The words of a command line, read and run in this process: what a child would do, without its start. */
async function inProcess(words: readonly string[]): Promise<Result> {
  const results: Result[] = [];
  const own = client();
  const program = createProgram(async (command, input) => {
    results.push(
      await command.run(
        {
          client: own,
          session: () => Promise.reject(new Error("no session is needed")),
          signal: new AbortController().signal,
          progress: { during: (_what, work) => work(() => undefined) },
          interactive: false,
          ask: () => Promise.reject(new Error("nobody is asked")),
        },
        input,
      ),
    );
  });
  try {
    await program.parseAsync(words, { from: "user" });
  } finally {
    own.close();
  }
  const [result] = results;
  if (!result) throw new Error(`${words.join(" ")} ran nothing`);
  return result;
}

const feed = ["--sourceId", "HR Feed"];
const feedId = ["--id", "HR Feed"];
const schedule = ["--scheduleType", "ACCOUNT_AGGREGATION"];
const policy = ["--usageType", "UPDATE"];
const body = (value: unknown) => ["--body", JSON.stringify(value)];
const csv = () => ["--file", folder.write("rows.csv", "id,name\n1,Ann\n")];
const patch = (path: string, value: unknown) => body([{ op: "replace", path, value }]);
const first = async (
  id: "listIdentities" | "getManagedClusters" | "listWorkgroups" | "getConnectorRuleList" | "listPasswordPolicies",
) => ["--id", String((await firstOf(id))?.id)];

async function firstOf(id: Parameters<typeof first>[0]): Promise<{ id?: unknown } | undefined> {
  const own = client();
  try {
    return (await own.paginate(id).next()).value ?? undefined;
  } finally {
    own.close();
  }
}

async function schemaOf(name: string): Promise<string[]> {
  const { data } = await inProcess(["api", "getSourceSchemas", ...feed]);
  const found = (data as { name: string; id: string }[]).find((schema) => schema.name === name);
  return [...feed, "--schemaId", found?.id ?? ""];
}

async function policyById(): Promise<string[]> {
  const [policy] = (await answerOf("listProvisioningPoliciesById", ...feed, "--filters", 'usageType eq "ENABLE"')) as {
    id: string;
  }[];
  return [...feed, "--id", policy?.id ?? ""];
}

const search = { indices: ["events"], query: { query: "type:SOURCE_MANAGEMENT" } };

const answerOf = async (...words: string[]): Promise<unknown> => (await inProcess(["api", ...words])).data;

/** Each operation with its options, in an order in which each finds what it needs. */
const lines: Record<keyof typeof operations, () => string[] | Promise<string[]>> = {
  listAccounts: () => ["--filters", 'name sw "x"'],
  listSources: () => ["--filters", 'name eq "HR Feed"', "--limit", "1"],
  createSource: async () => {
    const owner = { type: "IDENTITY", id: (await firstOf("listIdentities"))?.id };
    return body({ name: "Second", owner, connector: "jdbc" });
  },
  getSource: () => feedId,
  putSource: async () => [...feedId, ...body(await answerOf("getSource", ...feedId))],
  updateSource: () => [...feedId, ...patch("/description", "changed")],
  deleteSource: () => ["--id", "Second"],
  getSourceConnections: () => feed,
  getSourceHealth: () => feed,
  importConnectorFile: () => [...feed, ...csv()],
  getSourceSchemas: () => [...feed, "--include-names", "account"],
  createSourceSchema: () => [
    ...feed,
    ...body({
      name: "team",
      nativeObjectType: "Team",
      identityAttribute: "id",
      displayAttribute: "id",
      attributes: [{ name: "id", type: "STRING" }],
    }),
  ],
  getSourceSchema: () => schemaOf("team"),
  putSourceSchema: async () => {
    const words = await schemaOf("team");
    return [...words, ...body(await answerOf("getSourceSchema", ...words))];
  },
  updateSourceSchema: async () => [...(await schemaOf("team")), ...patch("/nativeObjectType", "Crew")],
  deleteSourceSchema: () => schemaOf("team"),
  getAccountsSchema: () => feedId,
  importAccountsSchema: () => [...feedId, ...csv()],
  getEntitlementsSchema: () => [...feedId, "--schemaName", "group"],
  importEntitlementsSchema: () => [...feedId, "--schemaName", "group", ...csv()],
  listProvisioningPolicies: () => feed,
  createProvisioningPolicy: () => [...feed, ...body({ name: "U", usageType: "UPDATE", fields: [] })],
  getProvisioningPolicy: () => [...feed, ...policy],
  putProvisioningPolicy: () => [...feed, ...policy, ...body({ name: "V", usageType: "UPDATE", fields: [] })],
  updateProvisioningPolicy: () => [...feed, ...policy, ...patch("/name", "W")],
  updateProvisioningPoliciesInBulk: () => [...feed, ...body([{ name: "X", usageType: "UPDATE", fields: [] }])],
  deleteProvisioningPolicy: () => [...feed, ...policy],
  createSourceSchedule: () => [...feed, ...body({ type: "ACCOUNT_AGGREGATION", cronExpression: "0 0 3 * * ?" })],
  getSourceSchedules: () => feed,
  getSourceSchedule: () => [...feed, ...schedule],
  updateSourceSchedule: () => [...feed, ...schedule, ...patch("/cronExpression", "0 0 4 * * ?")],
  deleteSourceSchedule: () => [...feed, ...schedule],
  putCorrelationConfig: () => [
    ...feedId,
    ...body({ attributeAssignments: [{ property: "email", value: "mail", operation: "EQ" }] }),
  ],
  getCorrelationConfig: () => feedId,
  putNativeChangeDetectionConfig: () => [
    ...feed,
    ...body({
      enabled: true,
      operations: ["ACCOUNT_UPDATED"],
      allEntitlements: false,
      allNonEntitlementAttributes: false,
      selectedEntitlements: [],
      selectedNonEntitlementAttributes: ["name"],
    }),
  ],
  getNativeChangeDetectionConfig: () => feed,
  deleteNativeChangeDetectionConfig: () => feed,
  getSourceAttrSyncConfig: () => feedId,
  putSourceAttrSyncConfig: async () => [...feedId, ...body(await answerOf("getSourceAttrSyncConfig", ...feedId))],
  getSourceEntitlementRequestConfig: () => feedId,
  updateSourceEntitlementRequestConfig: () => [...feedId, ...body({ accessRequestConfig: { approvalSchemes: [] } })],
  listPasswordPolicyHoldersOnSource: () => ["--sourceId", "Corporate Directory"],
  updatePasswordPolicyHolders: async () => [
    "--sourceId",
    "Corporate Directory",
    ...body([{ policyId: (await firstOf("listPasswordPolicies"))?.id, selectors: {} }]),
  ],
  testSourceConnection: () => feed,
  testSourceConfiguration: () => feed,
  pingCluster: () => feed,
  searchResourceObjects: () => [...feed, ...body({ objectType: "account", maxCount: 1 })],
  getSourceConfig: () => [...feedId, "--locale", "en"],
  getConnectorList: () => ["--limit", "1"],
  getConnector: () => ["--scriptName", "jdbc"],
  importAccounts: () => [...feedId, ...csv(), "--disableOptimization"],
  getTaskStatus: async () => [
    "--id",
    ((await answerOf("importAccounts", ...feedId, ...csv())) as { task: { id: string } }).task.id,
  ],
  importUncorrelatedAccounts: () => [...feedId, ...csv()],
  importEntitlements: () => [...feed, ...csv()],
  deleteAccountsAsync: () => feedId,
  syncAttributesForSource: () => feedId,
  listIdentities: () => ["--filters", 'alias eq "jane.doe"'],
  getIdentity: () => first("listIdentities"),
  getPublicIdentities: () => ["--limit", "1"],
  getManagedClusters: () => ["--limit", "1"],
  getManagedCluster: () => first("getManagedClusters"),
  listWorkgroups: () => ["--limit", "1"],
  getWorkgroup: () => first("listWorkgroups"),
  listPasswordPolicies: () => ["--limit", "1"],
  getPasswordPolicyById: () => first("listPasswordPolicies"),
  getConnectorRuleList: () => ["--limit", "1"],
  getConnectorRule: () => first("getConnectorRuleList"),
  listTransforms: () => ["--limit", "1"],
  listIdentityProfiles: () => ["--limit", "1"],
  createProvisioningPolicyById: () => [...feed, ...body({ name: "By id", usageType: "ENABLE", fields: [] })],
  listProvisioningPoliciesById: () => [...feed, "--filters", 'usageType eq "ENABLE"'],
  getProvisioningPolicyById: () => policyById(),
  putProvisioningPolicyById: async () => {
    const options = await policyById();
    return [...options, ...body(await answerOf("getProvisioningPolicyById", ...options))];
  },
  updateProvisioningPolicyById: async () => [...(await policyById()), ...patch("/name", "changed")],
  deleteProvisioningPolicyById: () => policyById(),
  listSourceSubtypes: () => ["--filters", 'technicalName sw "x"'],
  searchPost: () => [...body(search), "--limit", "1"],
  searchCount: () => body(search),
};

const same = (text: string) => text;
const plain: Style = {
  ...{ bold: same, faint: same, good: same, warning: same, bad: same },
  ...{ width: undefined, table: () => "a table", facts: () => "facts" },
};

test.each(Object.entries(lines))("api %s", async (id, words) => {
  const options = await words();
  tenant.clearRequests();
  const result = await inProcess(["api", id, ...options]);
  expect(called(tenant)).toContain(id);
  expect(result.data).toBeDefined();
  expect(result.text(plain)).not.toBe("");
});

test("every operation of the client is driven", () => {
  expect(Object.keys(lines).sort()).toEqual(Object.keys(operations).sort());
});

test("api alone lists them all", async () => {
  const [text, json] = await Promise.all([run(["api"]), run(["api", "--json"])]);
  expect(text.stdout.trimEnd().split("\n")).toHaveLength(Object.keys(operations).length + 1);
  expect(text.stdout).toMatch(/^putSource +PUT +\/sources\/\{id\}$/m);
  expect(json.json()).toHaveLength(Object.keys(operations).length);
});

test("one page or all pages, a body from a file or standard input, no content, CSV", async () => {
  const [one, all, input, none, table] = await Promise.all([
    run(["api", "listIdentities", "--limit", "2"], { tenant }),
    run(["api", "listIdentities", "--limit", "2", "--all"], { tenant }),
    run(["api", "updateSource", ...feedId, "--body", "@-"], {
      tenant,
      input: JSON.stringify([{ op: "replace", path: "/description", value: "read" }]),
    }),
    run(["api", "deleteProvisioningPolicy", ...feed, "--usageType", "CREATE", "--json"], { tenant }),
    run(["api", "getAccountsSchema", ...feedId], { tenant }),
  ]);
  expect(one.json()).toHaveLength(2);
  expect((all.json() as unknown[]).length).toBeGreaterThan(2);
  expect(input.json()).toMatchObject({ description: "read" });
  expect(none).toMatchObject({ code: 0, stdout: "null\n" });
  expect(table.stdout).toBe("id,name\n");
});
