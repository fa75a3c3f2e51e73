import { chmodSync, existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createProject, createTenant } from "../harness";

/** What programs do around resources: functions with settings that come late, limits, several deployments in one process. */
const env = { SAIL_SETTLE_SECONDS: "0" };
const begin = `const { Source, Tenant, getCluster, getIdentity, getIdentityOutput } = require("pulumi-sailpoint");`;

test("a function that awaits a Tenant whose settings are not known yet says so, and never hangs; its Output form waits", async () => {
  const tenant = await createTenant();
  const project = await createProject({
    program: `${begin}
      module.exports = async () => {
        const { SAIL_BASE_URL: baseUrl, SAIL_CLIENT_ID: clientId, SAIL_CLIENT_SECRET: secret, AWAITS } = process.env;
        const source = new Source("a", { name: "A", owner: { alias: "support" }, connector: "jdbc" });
        const provider = new Tenant("late", { baseUrl, clientId, clientSecret: source.sourceId.apply(() => secret) });
        const support = { alias: "support" };
        const found = AWAITS ? await getIdentity(support, { provider }) : getIdentityOutput(support, { provider });
        return { name: found.name };
      };`,
    env: { ...tenant.env, ...env },
  });
  const awaiting = await project.preview({ env: { AWAITS: "1" }, expect: "failure", timeoutMs: 60_000 });
  expect(awaiting.output).toMatch(/settings of Tenant "late" are outputs that are not known before the deployment/);
  expect(awaiting.output).not.toMatch(/\n\s+at /);
  expect((await project.preview()).counts).toEqual({ create: 1 });
  await project.up();
  expect(await project.outputs()).toEqual({ name: "Support" });
});

test("timeoutSeconds and requestsPer10Seconds of the stack hold for functions", async () => {
  const tenant = await createTenant();
  const project = await createProject({
    program: `${begin}
      module.exports = async () => {
        for (const alias of ["support", "slpt.services", "jane.doe"]) await getIdentity({ alias });
      };`,
    config: { "sailpoint:timeoutSeconds": "2", "sailpoint:requestsPer10Seconds": "1" },
    env: { ...tenant.env, ...env },
  });
  // The second has to wait its turn for longer than a call may take.
  const slow = await project.preview({ expect: "failure", timeoutMs: 60_000 });
  expect(slow.output).toMatch(/2 s|deadline|timeoutSeconds/);
  await project.setConfig({ "sailpoint:timeoutSeconds": "120", "sailpoint:requestsPer10Seconds": "unlimited" });
  await project.preview();
  await project.setConfig({ "sailpoint:timeoutSeconds": "2" });
  tenant.admin.fault({ operationId: "listIdentities", kind: "timeout", times: 99 });
  const began = Date.now();
  await project.preview({ expect: "failure", timeoutMs: 60_000 });
  expect(Date.now() - began).toBeLessThan(45_000);
});

test("an id that a JavaScript program gives is refused, with the way to read what is there", async () => {
  const tenant = await createTenant();
  const project = await createProject({
    program: `${begin}
      new Source("a", { id: "2c91", name: "A", owner: { alias: "support" }, connector: "jdbc" });`,
    env: { ...tenant.env, ...env },
  });
  const refused = await project.preview({ expect: "failure" });
  expect(refused.output).toContain('Source "a": id cannot be set, the tenant decides it');
  expect(refused.output).toContain("Source.get(name, id)");
});

/** Runs one deployment after the other in its own process, and waits before each of them for a file. */
const automation = `#!/usr/bin/env node
const { existsSync, writeFileSync } = require("node:fs");
const { setTimeout: sleep } = require("node:timers/promises");
const { LocalWorkspace } = require("@pulumi/pulumi/automation");
${begin}
const program = async () => {
  const names = await Promise.all([1, 2].map(() => getCluster({ name: "sp_connect_proxy_cluster" })));
  return { id: names[0].id };
};
(async () => {
  for (const stackName of ["one", "two", "three"]) {
    while (!existsSync(stackName)) await sleep(50);
    const stack = await LocalWorkspace.createOrSelectStack({ stackName, projectName: "inline", program });
    const outcome = await stack.up().then(({ outputs }) => outputs.id.value, (error) => error.message);
    writeFileSync(stackName + ".done", String(outcome));
  }
})();
`;

test("with the Automation API, sessions, failed sign-ins and lists end with their deployment", async () => {
  const tenant = await createTenant();
  const project = await createProject({
    program: "",
    files: { "automation.js": automation },
    env: { ...tenant.env, ...env },
  });
  chmodSync(join(project.folder, "automation.js"), 0o755);
  const running = project.script("automation.js");
  const deployed = async (stack: string) => {
    tenant.clearRequests();
    project.write(stack, "");
    while (!existsSync(join(project.folder, `${stack}.done`))) await Promise.race([sleep(50), running]);
    return project.read(`${stack}.done`);
  };
  tenant.admin.fault({ path: "/oauth/token", kind: "status", status: 401, body: { error: "invalid_client" } });
  expect(await deployed("one")).toContain("SAIL_CLIENT_SECRET");
  const clusters = Object.entries(tenant.admin.state()["managed-clusters"] ?? {}) as [string, { name: string }][];
  const [id = ""] = clusters.find(([, { name }]) => name === "sp_connect_proxy_cluster") ?? [];
  expect(await deployed("two")).toBe(id);
  expect(tenant.requests().filter(({ operationId }) => operationId === "getManagedClusters")).toHaveLength(1);
  tenant.admin.edit(`/managed-clusters/${id}`, [{ op: "replace", path: "/name", value: "renamed meanwhile" }]);
  expect(await deployed("three")).toContain('no cluster with name "sp_connect_proxy_cluster"');
  await running;
});
