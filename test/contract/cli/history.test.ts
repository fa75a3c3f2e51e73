import type { RunningTenant } from "sailpoint-simulator";
import { run } from "./support/command";
import { tenantWithFeed } from "./support/tenant";

let tenant: RunningTenant;
let feed: string;
beforeAll(async () => {
  ({ tenant, feed } = await tenantWithFeed());
  tenant.admin.edit(`/sources/${feed}`, [{ op: "add", path: "/description", value: "by hand" }], "jane.doe");
  tenant.admin.remove(`/sources/${feed}/provisioning-policies/CREATE`, "amelia.chen");
  tenant.admin.aggregate(feed);
});
afterAll(() => tenant.close());

test("who changed what and when, the last first; of one source or all", async () => {
  const { code, stdout, problems } = await run(["history", "HR Feed"], { tenant });
  expect({ code, problems }).toEqual({ code: 0, problems: "" });
  const rows = stdout
    .trim()
    .split("\n")
    .map((line) => line.split(/ {2,}/));
  expect(rows.map(([, ...rest]) => rest)).toEqual([
    ["SOURCE", "WHAT", "BY", "STATUS"],
    ["HR Feed", "provisioning policy deleted", "amelia.chen"],
    ["HR Feed", "source updated", "jane.doe"],
    ["HR Feed", "source created", expect.any(String)],
  ]);
  const byId = await run(["history", feed, "--json"], { tenant });
  expect(byId.json()).toHaveLength(3);
  const all = await run(["history", "--since", "1h", "--json"], { tenant });
  expect(all.json()).toEqual(byId.json());
});

test("nothing since then; a time that is none; a client without the right", async () => {
  const later = new Date(Date.now() + 60_000).toISOString();
  const none = await run(["history", "--since", later], { tenant });
  expect(none).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("No change of a source on tenant-a since") as unknown,
  });
  const wrong = await run(["history", "--since", "yesterday"], { tenant });
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining("12h, 30d, 2w")]);
  tenant.admin.fault({ operationId: "searchPost", kind: "status", status: 403 });
  const refused = await run(["history"], { tenant });
  tenant.admin.clearFaults();
  expect([refused.code, refused.stderr]).toEqual([3, expect.stringContaining("needs the scope sp:search:read")]);
});

test("a name that no source has is not taken for one without changes", async () => {
  const { code, stderr } = await run(["history", "HR Fed"], { tenant });
  expect([code, stderr]).toEqual([4, expect.stringContaining('Did you mean "HR Feed"?')]);
});
