import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { createProject, createTenant } from "../harness";

const folder = join(__dirname, "../../../examples/promotion");

test("every line that the workflow runs is one that this test runs, or that only GitHub has", () => {
  const { jobs } = parse(readFileSync(join(folder, "promotion.yml"), "utf8")) as {
    jobs: Record<string, { steps: { run?: string }[] }>;
  };
  const lines = Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []));
  expect([...new Set(lines)].sort()).toEqual([
    "./ci.sh deploy --stack ${{ matrix.stack }}",
    "./ci.sh night --stack production",
    "./ci.sh preview --stack production",
    "gh pr comment ${{ github.event.number }} --body-file preview.md",
    "npm ci",
  ]);
});

test("preview for a comment, deployment, and the night with and without drift", async () => {
  const tenant = await createTenant({ tenant: "b" });
  const project = await createProject({
    program: { folder: "examples/promotion" },
    stack: "production",
    env: { ...tenant.env, SAIL_SETTLE_SECONDS: "0" },
    config: { "sailpoint:baseUrl": tenant.baseUrl, "sailpoint:clientId": tenant.clientId },
    secretConfig: { databasePassword: "secret of production" },
  });
  const preview = await project.script("ci.sh", ["preview"]);
  expect(preview.stdout).toMatch(/^### pulumi preview --stack production\n````\n/);
  expect(project.read("preview.md")).toContain("sailpoint:Source: (create)");
  tenant.clearRequests();
  await project.script("ci.sh", ["deploy"]);

  const quiet = await project.script("ci.sh", ["night"]);
  expect(quiet.stdout).toContain("No drift: the tenant is as the program declares it.");
  expect(existsSync(join(project.folder, "last-night/export.json"))).toBe(true);

  const id = (await project.resources()).find(({ type }) => type.endsWith(":Source"))?.id ?? "";
  tenant.admin.edit(`/sources/${id}`, [{ op: "replace", path: "/deleteThreshold", value: 90 }], "jane.doe");
  tenant.clearRequests();
  const drift = await project.script("ci.sh", ["night"], { expect: "failure" });
  expect(drift.code).toBe(7);
  expect(drift.stdout).toContain("deleteThreshold: 5 | 90");
  expect(drift.stdout).toContain("by jane.doe");
  expect(project.read("drift.html")).toContain("deleteThreshold");
  expect(
    tenant.requests().filter(({ method, operationId }) => method !== "GET" && operationId !== "searchPost"),
  ).toEqual([]);
  expect(project.find(["secret of production"])).toEqual([]);

  const failed = await project.script("ci.sh", ["night"], {
    expect: "failure",
    env: { SAIL_CLIENT_SECRET: "rotated away" },
  });
  expect([0, 7]).not.toContain(failed.code);
});
