import type { RunningTenant } from "sailpoint-simulator";
import { createProject, createTenant } from "../harness";
import { languageFolder, pathWith } from "./languages";

const secret = "secret of the feed";

/** Paths below the form of the API that has a version for each service. */
const BY_SERVICE = /^\/[\w-]+\/v\d+(\/|$)/;

/**
 * Deploys an example in another language, shows that it is stable, in the other form of the API, too, by which it then
 * goes, and that a plain preview shows drift.
 */
async function deploy(folder: string, path: string): Promise<void> {
  const tenant: RunningTenant = await createTenant();
  const project = await createProject({
    program: { folder },
    env: { ...tenant.env, SAIL_SETTLE_SECONDS: "0", PATH: path },
    secretConfig: { hrPassword: secret },
  });
  expect((await project.up()).counts).toEqual({ create: 3 });
  const { hrSourceId } = await project.outputs();
  tenant.admin.aggregate(String(hrSourceId));
  expect((await project.preview({ flags: ["--expect-no-changes"] })).changed).toEqual([]);
  expect(project.find([secret])).toEqual([]);
  await project.command(["config", "set", "sailpoint:apiVersion", "services"]);
  expect((await project.preview({ flags: ["--expect-no-changes"] })).changed).toEqual([]);
  tenant.admin.edit(`/sources/${String(hrSourceId)}`, [{ op: "replace", path: "/deleteThreshold", value: 90 }]);
  const drift = await project.preview({ flags: ["--expect-no-changes"], expect: "failure" });
  expect(drift.code).toBe(7);
  expect(drift.step("hr").changes).toEqual([{ path: "deleteThreshold", old: 90, new: 10 }]);
  expect((await project.up()).counts).toEqual({ update: 1 });
  // Until then, the engine may ask by what the state says of the provider.
  tenant.clearRequests();
  expect((await project.destroy()).counts).toEqual({ delete: 3 });
  const asked = tenant.requests().filter(({ path }) => path !== "/oauth/token");
  expect(asked.length).toBeGreaterThan(4);
  for (const { path } of asked) expect(path).toMatch(BY_SERVICE);
}

test("the example in YAML", async () => {
  await deploy("examples/yaml", pathWith(await languageFolder("yaml")));
}, 600_000);

test("the example in Python, with the SDK that is generated from the schema", async () => {
  const folders = [await languageFolder("environment"), await languageFolder("python")];
  await deploy("examples/python", pathWith(...folders));
}, 600_000);
