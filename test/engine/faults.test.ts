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

  test("Ctrl-C during a deletion of a minute: it ends, the state is right, the next up goes on", async () => {
    const tenant = await createTenant();
    const project = await createProject({ ...through(door), env: tenant.env });
    await project.up();
    tenant.admin.set({ deletionMs: 60_000 });
    project.setProgram("");
    const up = project.start("up");
    await up.until(/waiting for the deletion task/);
    const pressed = Date.now();
    const since = () => Date.now() - pressed;
    up.interrupt();
    if (door === doors.stock) {
      // It does not pass the first one on to us, so that the engine would wait for the deletion to end.
      const again = setTimeout(() => up.interrupt(), 2_000);
      expect((await up.outcome).code).not.toBe(0);
      clearTimeout(again);
      expect(since()).toBeLessThan(10_000);
    } else {
      await up.until(/Source "HR Feed": stopped.*deletion task [0-9a-f]{32}/s);
      expect(since()).toBeLessThan(2_000);
      const { code, diagnostics } = await up.outcome;
      expect(code).not.toBe(0);
      expect(since()).toBeLessThan(5_000);
      // How long it has waited stood in the resource's own row until then.
      const told = diagnostics.filter(({ message }) =>
        /waiting for the deletion task [0-9a-f]{32}, \d+ s/.test(message),
      );
      expect(
        new Set(told.map(({ urn, ephemeral }) => `${String(urn?.endsWith("::hr"))} ${String(ephemeral)}`)),
      ).toEqual(
        new Set(["true true", "true undefined"]), // the error repeats it
      );
    }
    expect((await project.resources()).map(({ type }) => type)).toContain(door.typeOf("Source"));
    expect(project.processes()).toEqual([]);
    await project.up();
    expect(await project.resources()).toEqual([]);
    expect(named(tenant)).toEqual([]);
  }, 240_000);

  test("after a destruction that was interrupted, up waits until the tenant is done, and makes all anew", async () => {
    const tenant = await createTenant();
    const project = await createProject({ ...through(door), env: tenant.env });
    await project.up();
    const before = named(tenant);
    tenant.admin.set({ deletionMs: 15_000 });
    const destruction = project.start("destroy");
    await destruction.until(/waiting for the deletion task/);
    destruction.interrupt();
    const again = setTimeout(() => destruction.interrupt(), 2_000);
    expect((await destruction.outcome).code).not.toBe(0);
    clearTimeout(again);
    expect(named(tenant)).toEqual(before);
    const up = await project.up();
    expect(up.output).toMatch(/Source "HR Feed" is being deleted by the tenant's task [0-9a-f]{32}, which an earlier/);
    expect(up.counts).toEqual({ create: 2 });
    expect(named(tenant)).toEqual([(await project.outputs())["id"]]);
    expect(named(tenant)).not.toEqual(before);
    expect((await project.preview()).changed).toEqual([]);
    expect(sent(tenant, "deleteSource")).toBe(1);
  }, 240_000);

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
