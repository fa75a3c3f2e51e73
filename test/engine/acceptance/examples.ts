import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Behaviours, RunningTenant } from "sailpoint-simulator";
import { type Project, createProject, createTenant } from "../harness";

/** Null, absent and empty as some tenants mix them, and as others do. */
const some: Partial<Behaviours> = { policyName: "null", emptyConfiguration: "null", cronExpression: "normalised" };
const others: Partial<Behaviours> = { policyName: "empty", emptyConfiguration: "absent" };

const startTenant = (tenant = "a") => createTenant({ tenant, shuffle: true, behaviours: some });

/** Every source aggregates, and the tenant spells what it has in other ways than when it was asked to keep it. */
function stir(tenant: RunningTenant): void {
  for (const id of Object.keys(tenant.admin.state()["sources"] ?? {})) tenant.admin.aggregate(id);
  tenant.admin.set({ shuffle: false, behaviours: others });
}

const environment = (tenant: RunningTenant) => ({ ...tenant.env, SAIL_SETTLE_SECONDS: "0" });

/** How a tenant's log tells a request in each form of the API. */
const forms = { v2025: /^\/v2025\//, services: /^\/[\w-]+\/v\d+(\/|$)/ };

/** The id of a cloud rule: no list of the API has it. */
function ruleOn(tenant: RunningTenant, name: string): string {
  const rules = Object.entries(tenant.admin.state()["rules"] ?? {}) as [string, { name: string }][];
  const [id] = rules.find(([, rule]) => rule.name === name) ?? [];
  if (id === undefined) throw new Error(`The tenant has no rule "${name}".`);
  return id;
}

const singles: [name: string, created: number, secretConfig: Record<string, string>][] = [
  ["quickstart", 2, { hrPassword: "secret of the quickstart" }],
  ["web-services", 3, { clientSecret: "secret of the client", apiKey: "secret of the interface" }],
  ["active-directory", 8, { servicePassword: "secret of the service" }],
];

/** The examples in one form of the API, as tests of the file that calls this. */
export function examplesIn(form: keyof typeof forms): void {
  const config = { "sailpoint:apiVersion": form };

  /** Deploys, and expects no change then: after an aggregation, and from a tenant that answers in other ways. */
  async function expectStable(project: Project, tenants: RunningTenant[], created: number): Promise<void> {
    expect((await project.up()).counts).toEqual({ create: created });
    tenants.forEach(stir);
    const preview = await project.preview({ flags: ["--expect-no-changes"] });
    expect([preview.changed, preview.drift]).toEqual([[], []]);
    for (const tenant of tenants) {
      expect(tenant.requests().filter(({ path }) => !forms[form].test(path))).toEqual([]);
    }
  }

  test.each(singles)("%s deploys and is stable", async (name, created, secretConfig) => {
    const tenant = await startTenant();
    const project = await createProject({
      program: { folder: `examples/${name}` },
      env: environment(tenant),
      config: {
        ...config,
        correlationRuleId: ruleOn(tenant, "Correlate by Employee Number"),
        beforeProvisioningRuleId: ruleOn(tenant, "Before Provisioning Checks"),
      },
      secretConfig,
    });
    await expectStable(project, [tenant], created);
    const secrets = Object.values(secretConfig);
    if (secrets.length > 0) expect(project.find(secrets)).toEqual([]);
  });

  test("delimited-file deploys, is stable, and loads its people again only when they change", async () => {
    const tenant = await startTenant();
    const project = await createProject({
      program: { folder: "examples/delimited-file" },
      env: environment(tenant),
      config,
    });
    await expectStable(project, [tenant], 4);
    expect(await project.outputs()).toMatchObject({ counts: { total: 3, created: 3 } });

    project.write(
      "people.csv",
      `${project.read("people.csv")}1004,New Person,new.person@example.com,2026-01-01,staff\n`,
    );
    const loaded = await project.up();
    expect(loaded.changed.map(({ name }) => name)).toEqual(["hr-load"]);
    expect(await project.outputs()).toMatchObject({ counts: { total: 4, created: 1 } });
  });

  test("two-tenants puts the same on both, each with its own ids", async () => {
    const [eu, us] = await Promise.all([startTenant("a"), startTenant("b")]);
    const project = await createProject({
      program: { folder: "examples/two-tenants" },
      env: { SAIL_SETTLE_SECONDS: "0", SAIL_CLIENT_SECRET_EU: eu.clientSecret },
      config: { euBaseUrl: eu.baseUrl, euClientId: eu.clientId, usBaseUrl: us.baseUrl, usClientId: us.clientId },
      // Of the two ways to give a secret, each tenant takes one.
      secretConfig: { euClientSecret: "one that has been rotated", usClientSecret: us.clientSecret },
    });
    // A Tenant has a version of its own.
    const version = `new Tenant(name, {\n    apiVersion: "${form}",`;
    project.write("index.ts", project.read("index.ts").replace("new Tenant(name, {", version));
    await expectStable(project, [eu, us], 6);
    const { tenants, sourceIds } = (await project.outputs()) as Record<string, string[]>;
    expect(tenants).toEqual(["tenant-a", "tenant-b"]);
    expect(new Set(sourceIds).size).toBe(2);
    expect(project.find([us.clientSecret, eu.clientSecret])).toEqual([]);
  });

  test("promotion deploys the same to sandbox and production, where only the configuration differs", async () => {
    const deployed = await Promise.all(
      [
        { stack: "sandbox", tenant: "a" },
        { stack: "production", tenant: "b" },
      ].map(async ({ stack, tenant: name }) => {
        const tenant = await startTenant(name);
        const project = await createProject({
          program: { folder: "examples/promotion" },
          stack,
          env: environment(tenant),
          config: { ...config, "sailpoint:baseUrl": tenant.baseUrl, "sailpoint:clientId": tenant.clientId },
          secretConfig: { databasePassword: `secret of ${stack}` },
        });
        await expectStable(project, [tenant], 3);
        expect(project.find([`secret of ${stack}`])).toEqual([]);
        return { tenant, resources: await project.resources() };
      }),
    );
    const [sandbox, production] = deployed.map(({ resources }) =>
      resources.map(({ type, inputs }) => `${type} of ${Object.keys(inputs).sort().join(", ")}`).sort(),
    );
    expect(sandbox).toEqual(production);
    const thresholds = deployed.map(({ tenant }) =>
      Object.values(tenant.admin.state()["sources"] ?? {}).map(
        (source) => (source as { deleteThreshold?: number }).deleteThreshold,
      ),
    );
    expect(thresholds[0]).toContain(100);
    expect(thresholds[1]).toContain(5);
  });

  test("drift-in-ci tells drift from none and from a failure, and changes nothing", async () => {
    const tenant = await startTenant();
    const project = await createProject({
      program: { folder: "examples/drift-in-ci" },
      env: environment(tenant),
      config,
    });
    await expectStable(project, [tenant], 1);
    const job = readFileSync(join(project.folder, "drift.yml"), "utf8");
    expect(job).toContain("./drift.sh --stack");

    const none = await project.script("drift.sh");
    expect(none.stdout).toContain("No drift: the tenant is as the program declares it.");

    const [{ id } = { id: "" }] = await project.resources();
    tenant.admin.edit(`/sources/${String(id)}`, [{ op: "replace", path: "/deleteThreshold", value: 90 }]);
    tenant.clearRequests();
    const drift = await project.script("drift.sh", [], { expect: "failure" });
    expect(drift.code).toBe(7);
    expect(drift.stdout).toMatch(/~ deleteThreshold\s*: 90 => 10/);
    expect(drift.stderr).toContain("Drift: the tenant is not as the program declares it");

    const failed = await project.script("drift.sh", [], {
      expect: "failure",
      env: { SAIL_CLIENT_SECRET: "rotated away" },
    });
    expect([0, 7]).not.toContain(failed.code);
    expect(failed.stderr).toContain("The comparison failed");
    expect(tenant.requests().filter(({ method }) => method !== "GET")).toEqual([]);
  });
}
