import { type Client, SailPointError, createClient } from "pulumi-sailpoint/api";
import { type FaultRule, type RunningTenant, startTenant } from "sailpoint-simulator";

let tenant: RunningTenant;
let client: Client;
let id: string;

beforeAll(async () => {
  tenant = await startTenant();
  client = createClient({ ...tenant, rateLimit: false, attemptMs: 1_500, deadlineMs: 60_000 });
  for await (const source of client.paginate("listSources")) id = source.id;
});
beforeEach(() => {
  tenant.admin.clearFaults();
  tenant.clearRequests();
});
afterAll(async () => {
  client.close();
  await tenant.close();
});

const rename = (value: string) =>
  client.call("updateSource", { id, body: [{ op: "add", path: "/description", value }] });

const description = async () => {
  tenant.admin.clearFaults();
  return (await client.call("getSource", { id })).description;
};

const kinds: FaultRule[] = [
  { kind: "reset-before" },
  { kind: "reset-after" },
  { kind: "status", status: 500 },
  { kind: "status", status: 503, headers: { "retry-after": "1" } },
  { kind: "status", status: 429, headers: { "retry-after": "1" } },
  { kind: "html-502" },
  { kind: "bogus-encoding" },
  { kind: "timeout" },
  { kind: "truncated-json" },
  { kind: "expire-token" },
];
const nameOf = ({ kind, status }: FaultRule) => (status === undefined ? kind : `${kind} ${status}`);

describe.each(kinds.map((rule) => [nameOf(rule), rule] as const))("%s", (name, rule) => {
  test("a read gets its answer", async () => {
    tenant.admin.fault({ operationId: "getSource", ...rule });
    expect((await client.call("getSource", { id })).id).toBe(id);
    expect(tenant.requests().length).toBeGreaterThanOrEqual(2);
  });

  test("a PATCH is applied, or its error says whether it may have been", async () => {
    tenant.admin.fault({ operationId: "updateSource", ...rule });
    const before = await client.call("getSource", { id });
    const outcome = await rename(name).catch((error: unknown) => error);
    const applied = (await description()) === name;
    if (outcome instanceof SailPointError) {
      expect(outcome).toMatchObject({ kind: "unavailable", ambiguous: true, operationId: "updateSource" });
      expect(before.description).not.toBe(name);
    } else {
      expect(applied).toBe(true);
    }
    const sent = tenant.requests().filter(({ operationId }) => operationId === "updateSource");
    const repeatable = rule.status === 429 || rule.kind === "expire-token";
    expect(sent).toHaveLength(repeatable ? 2 : 1);
  });
});

test.each([0, 1, 2, 3, 4])("odd but valid answers, of kind %i, are taken as they are", async (seed) => {
  tenant.admin.fault({ kind: "unusual-json", times: 100, seed });
  const source = await client.call("getSource", { id });
  expect(source.id).toBe(id);
  await client.call("getSourceSchemas", { sourceId: id });
  await client.call("listProvisioningPolicies", { sourceId: id });
  await client.call("getCorrelationConfig", { id });
  await client.call("getSourceConnections", { sourceId: id });
  await client.call("listIdentities");
  await client.call("getManagedClusters");
  await client.call("getConnectorList");
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  expect((source as { polluted?: boolean }).polluted).toBeUndefined();
});

test("an answer of 10 MB is taken as it is", async () => {
  const patient = createClient({ ...tenant, rateLimit: false });
  try {
    tenant.admin.fault({ kind: "unusual-json", operationId: "getSource", seed: 5 });
    expect(JSON.stringify(await patient.call("getSource", { id })).length).toBeGreaterThan(10_000_000);
  } finally {
    patient.close();
  }
});

test("a token of 5 seconds that the tenant ends early in the middle: nothing hangs, nothing is lost", async () => {
  const brief = await startTenant({ tokenLifeSeconds: 5 });
  const own = createClient({ ...brief, rateLimit: false });
  try {
    const [first] = await own.call("listSources");
    const sourceId = first?.id ?? "";
    const endsAt = Date.now() + 7_000;
    let writes = 0;
    for (; Date.now() < endsAt; writes += 1) {
      if (writes === 20) brief.admin.fault({ kind: "expire-token", method: "PATCH" });
      const body = [{ op: "add" as const, path: "/description", value: `write ${writes}` }];
      expect((await own.call("updateSource", { id: sourceId, body })).description).toBe(`write ${writes}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const refused = brief.requests().filter(({ status }) => status === 401);
    expect(refused).toHaveLength(1);
    const applied = brief.requests().filter(({ method, status }) => method === "PATCH" && status === 200);
    expect(applied).toHaveLength(writes);
  } finally {
    own.close();
    await brief.close();
  }
});

test("the documented limit is kept: a refresh of 130 sources without one refusal", async () => {
  const strict = await startTenant({ rateLimit: { requests: 50, perMs: 2_000 } });
  const own = createClient({ ...strict, rateLimit: { requests: 50, perMs: 2_000 } });
  try {
    const [first] = await own.call("listSources");
    await Promise.all(Array.from({ length: 130 }, () => own.call("getSource", { id: first?.id ?? "" })));
    expect(strict.requests().filter(({ status }) => status === 429)).toEqual([]);
    expect(strict.requests()).toHaveLength(131);
  } finally {
    own.close();
    await strict.close();
  }
});

test("two tenants are told apart by their tokens", async () => {
  const other = await startTenant({ tenant: "b" });
  const own = createClient(other);
  try {
    expect([await client.tenant(), await own.tenant()]).toEqual(["tenant-a", "tenant-b"]);
  } finally {
    own.close();
    await other.close();
  }
});

test("a wrong secret is one clear error", async () => {
  const wrong = createClient({ ...tenant, clientSecret: "not-the-secret" });
  try {
    await expect(wrong.call("getSource", { id })).rejects.toMatchObject({ kind: "authentication", status: 401 });
    expect(tenant.requests()).toEqual([]);
  } finally {
    wrong.close();
  }
});
