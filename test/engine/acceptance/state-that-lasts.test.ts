import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type RunningTenant, startTenant } from "sailpoint-simulator";
import { type Project, createProject } from "../harness";

/**
 * The state of users outlives every version of this package. Each folder of test/fixtures/states holds what one version
 * left: its program, its state (secrets encrypted by the harness's passphrase), and its tenant's data. Today's code
 * previews the program against it and finds nothing to do.
 *
 * `WRITE_STATE=NAME` adds a folder, written by today's code; do so with every release, and never change an old one.
 */
const folder = resolve(__dirname, "../../fixtures/states");
const secrets = ["a secret of the source", "a nested secret of the source"];
/** Stands in the kept state for the address of the tenant, which is another one at every run. */
const HOST = "tenant.invalid";

interface Running {
  tenant: RunningTenant;
  project: Project;
  host: string;
}

/** A tenant with this data, and a project with this program. The tenant writes to its own copy of the data. */
async function withTenant(data: string | undefined, program: string, act: (running: Running) => Promise<void>) {
  const scratch = mkdtempSync(join(tmpdir(), "state-"));
  const file = join(scratch, "tenant.json");
  if (data !== undefined) cpSync(data, file);
  const tenant = await startTenant({ seed: "state-that-lasts", shuffle: true, file });
  try {
    const env = { ...tenant.env, SAIL_SETTLE_SECONDS: "0" };
    const project = await createProject({ program, env, name: "state-that-lasts" });
    await act({ tenant, project, host: new URL(tenant.baseUrl).host });
    await tenant.close();
    if (data === undefined) cpSync(file, join(folder, String(process.env["WRITE_STATE"]), "tenant.json"));
  } finally {
    await tenant.close();
    rmSync(scratch, { recursive: true });
  }
}

const { WRITE_STATE: name } = process.env;
if (name !== undefined) {
  test(`writes the state ${name}`, async () => {
    const program = readFileSync(join(folder, "program.js"), "utf8");
    await withTenant(undefined, program, async ({ project, host }) => {
      await project.up();
      const { stdout } = await project.command(["stack", "export"]);
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, "program.js"), program);
      writeFileSync(join(folder, name, "state.json"), stdout.replaceAll(host, HOST));
    });
  });
} else {
  const kept = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());

  test.each(kept.map((entry) => entry.name))("the state that %s left is still understood", async (version) => {
    const file = (part: string) => join(folder, version, part);
    const state = readFileSync(file("state.json"), "utf8");
    for (const secret of secrets) expect(state).not.toContain(secret);
    expect(state).toContain(HOST);

    await withTenant(
      file("tenant.json"),
      readFileSync(file("program.js"), "utf8"),
      async ({ tenant, project, host }) => {
        project.write("state.json", state.replaceAll(HOST, host));
        await project.command(["stack", "import", "--file", "state.json"]);
        const preview = await project.preview({ flags: ["--expect-no-changes"] });
        expect(preview.changed).toEqual([]);
        // It was read indeed: every resource of the state was refreshed.
        expect(preview.refreshed).toHaveLength((await project.resources()).length);
        expect(tenant.requests().map(({ operationId }) => operationId)).toContain("getSourceSchemas");
      },
    );
  });
}
