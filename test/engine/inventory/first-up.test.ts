import { type Everything, CONNECTORS, tenantWithEverything } from "../../contract/inventory/support/everything";
import { comparedWithStack, exportedProject, writesTo } from "./exported";

let everything: Everything;
beforeAll(async () => {
  everything = await tenantWithEverything(CONNECTORS.length, { shuffle: true });
});
afterAll(async () => {
  everything.client.close();
  await everything.tenant.close();
});

/** Lines of Pulumi.yaml: as exported, and what the README says to write for Pulumi's own host. */
const hosts = {
  "our host": (yaml: string) => yaml,
  "Pulumi's own host": (yaml: string) => yaml.replace(/plugins:[^]*/, "options: { refresh: always }\n"),
};

test.each(Object.entries(hosts))(
  "by %s, the first preview counts all as created, and tells of each source that nothing of it changes",
  async (_host, change) => {
    const { tenant } = everything;
    const { project } = await exportedProject(tenant);
    const yaml = project.read("Pulumi.yaml");
    expect(yaml).toContain("path: node_modules/pulumi-sailpoint/host");
    project.write("Pulumi.yaml", change(yaml));
    tenant.clearRequests();
    const preview = await project.preview({ timeoutMs: 300_000 });
    expect(preview.counts).toEqual({ create: preview.steps.length });
    // What hangs on them is there, too.
    expect(preview.steps.length).toBeGreaterThan(everything.ids.size * 9);
    const told = [...preview.output.matchAll(/takes over what is there \(([\w-]+)\); changes: (.*)/g)];
    expect(new Set(told.map(([, id]) => id)).size).toBeGreaterThanOrEqual(everything.ids.size);
    expect(told.filter(([, , changes]) => changes !== "nothing")).toEqual([]);
    await project.up({ timeoutMs: 300_000 });
    expect(writesTo(tenant)).toEqual([]);
    const compared = await comparedWithStack(project);
    expect([compared.code, compared.data.notes]).toEqual([0, []]);
  },
  900_000,
);
