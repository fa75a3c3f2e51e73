import type { RunningTenant } from "sailpoint-simulator";
import { type Proxy, proxyFor } from "../faults/proxy";
import { type Project, createProject, createTenant } from "./harness";
import { type Door, doors } from "./hosts/doors";

/** Half-done work under the real engine; what the kinds do under each fault is in `npm run faults`. */
const program = ({ sailpoint }: Door) => `
${sailpoint}
const hr = new sailpoint.Source("hr", { name: "HR Feed", owner: { alias: "slpt.services" }, connector: "active-directory",
  connectorAttributes: { password: "a secret", server: "ldap.example.com" } });
new sailpoint.Schema("account", { source: hr.id, name: "account", attributes: [{ name: "added", type: "STRING" }] }, { deletedWith: hr });
exports.id = hr.id;
`;

const named = (tenant: RunningTenant) =>
  Object.entries(tenant.admin.state()["sources"] ?? {})
    .filter(([, source]) => (source as { name: string }).name === "HR Feed")
    .map(([id]) => id);

const sent = (tenant: RunningTenant, operation: string) =>
  tenant.requests().filter(({ operationId }) => operationId === operation).length;

let proxy: Proxy | undefined;
afterEach(() => proxy?.close());

const through = (door: Door) => ({ program: program(door), yaml: door.yaml, refresh: door.refresh });

/** A project whose source is made by the tenant, and then something is killed before anybody hears of it. */
async function killedAtCreation(door: Door, what: RegExp): Promise<{ tenant: RunningTenant; project: Project }> {
  const tenant = await createTenant();
  // The proxy lives before the project whose processes it kills.
  const made: { project?: Project } = {};
  let done = false;
  const kill = () => {
    const victims = made.project?.processes().filter(({ command }) => what.test(command)) ?? [];
    expect(victims).not.toEqual([]);
    for (const { pid } of victims) process.kill(pid, "SIGKILL");
  };
  proxy = await proxyFor(tenant.baseUrl, {
    before: () => undefined,
    after: (_nth, { method, url }) => {
      if (done || method !== "POST" || url?.endsWith("/sources") !== true) return;
      done = true;
      kill();
    },
  });
  const project = await createProject({ ...through(door), env: { ...tenant.env, SAIL_BASE_URL: proxy.baseUrl } });
  made.project = project;
  await project.up({ expect: "failure" });
  expect(named(tenant)).toHaveLength(1);
  return { tenant, project };
}

async function goesOn(tenant: RunningTenant, project: Project): Promise<void> {
  const up = await project.up();
  expect(up.counts).toEqual({ create: 2 });
  expect(named(tenant)).toEqual([(await project.outputs())["id"]]);
  await project.destroy();
  expect(named(tenant)).toEqual([]);
}

describe.each<Door>(Object.values(doors))("through the $name", (door) => {
  test("the provider process is killed when the tenant has made the source: the next up goes on with it", async () => {
    const { tenant, project } = await killedAtCreation(door, door.process);
    await goesOn(tenant, project);
  });

  test("the engine is killed when the tenant has made the source: after `pulumi cancel`, the next up goes on", async () => {
    const { tenant, project } = await killedAtCreation(door, /bin\/pulumi up/);
    await project.command(["cancel", "--yes"]);
    await goesOn(tenant, project);
  });

  test("Ctrl-C during a long deletion: it exits, the state is right, the next destroy goes on", async () => {
    const tenant = await createTenant();
    const project = await createProject({ ...through(door), env: tenant.env });
    await project.up();
    tenant.admin.set({ deletionMs: 20_000 });
    const destroy = project.start("destroy");
    while (sent(tenant, "deleteSource") === 0) await new Promise((resolve) => setTimeout(resolve, 50));
    const pressed = Date.now();
    destroy.interrupt();
    // The stock host does not pass the first on to us, so that the engine would wait for the deletion to end.
    const again = door === doors.stock ? setTimeout(() => destroy.interrupt(), 2_000) : undefined;
    const { code, output } = await destroy.outcome;
    clearTimeout(again);
    expect(code).not.toBe(0);
    expect(Date.now() - pressed).toBeLessThan(door === doors.stock ? 10_000 : 5_000);
    if (door !== doors.stock) expect(output).toMatch(/Source "HR Feed": stopped.*deletion task [0-9a-f]{32}/s);
    expect((await project.resources()).map(({ type }) => type)).toContain(door.typeOf("Source"));
    await project.destroy();
    expect(await project.resources()).toEqual([]);
    expect(named(tenant)).toEqual([]);
  });

  test("tokens that live for 5 seconds, and reads 2 seconds behind the writes: nothing lost, no drift shown", async () => {
    const tenant = await createTenant({ tokenLifeSeconds: 5, staleReadsMs: 2_000, latencyMs: 200 });
    const project = await createProject({ ...through(door), env: tenant.env });
    expect((await project.up()).counts).toEqual({ create: 2 });
    expect((await project.preview()).changed).toEqual([]);
    expect(await project.resources()).toHaveLength(2);
    expect(sent(tenant, "createSource")).toBe(1);
    await project.destroy();
    expect(named(tenant)).toEqual([]);
  });
});
