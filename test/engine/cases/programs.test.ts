import { chmodSync, existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createProject, createTenant } from "../harness";

/** What programs do around resources: limits of functions, ids that cannot be set, several deployments in one process. */
const env = { SAIL_SETTLE_SECONDS: "0" };
const begin = `const { Source, getCluster, getIdentity } = require("pulumi-sailpoint");`;

test("timeoutSeconds and requestsPer10Seconds of the stack hold for functions", async () => {
  const tenant = await createTenant();
  const project = await createProject({
    program: `${begin}
      module.exports = async () => {
        for (const alias of ["support", "slpt.services"]) await getIdentity({ alias });
      };`,
    config: { "sailpoint:requestsPer10Seconds": "1" },
    env: { ...tenant.env, ...env },
  });
  await project.preview();
  const asked = tenant.requests().flatMap(({ operationId, at }) => (operationId === "listIdentities" ? [at] : []));
  expect(asked).toHaveLength(2);
  expect((asked[1] ?? 0) - (asked[0] ?? 0)).toBeGreaterThan(9_000);

  await project.setConfig({ "sailpoint:timeoutSeconds": "2" });
  tenant.admin.fault({ operationId: "listIdentities", kind: "timeout", times: 99 });
  const late = await project.preview({ expect: "failure", timeoutMs: 60_000 });
  expect(late.output).toMatch(/in 2 s|within 2 s/);
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
