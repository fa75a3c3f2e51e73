import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Outcome, createProject, createTenant } from "../harness";

const SOURCES = 4;
const program = `
const { Source } = require("pulumi-sailpoint");
for (let n = 0; n < ${SOURCES}; n++) {
  new Source("source-" + n, { name: "Source " + n, owner: { alias: "slpt.services" }, connector: "jdbc" });
}`;

/** Told in full once, shortly for the other resources, and nothing but that: no stack, no second copy. */
function expectOneClearError({ output, errors }: Outcome, reason: RegExp): void {
  expect(output).not.toMatch(/^\s+at .*[:)]\d+/m);
  expect(output).not.toMatch(/ProblemError|SailPointError/);
  const ours = errors.filter((error) => error.includes("Source "));
  expect(ours.filter((error) => reason.test(error))).toHaveLength(1);
  for (const error of ours) {
    expect(error).toMatch(/^(Preview failed: )?Source "Source \d": /);
    if (!reason.test(error)) expect(error).toContain("not done, for the reason that is told with another resource");
  }
}

test("a wrong secret, a host that cannot be reached, and one that is no tenant: one clear error each, nothing created", async () => {
  const tenant = await createTenant();
  const page = createServer((_request, response) => {
    response.writeHead(404, { "content-type": "text/html" }).end("<html><title>Acme Intranet</title></html>");
  });
  await new Promise<void>((resolve) => page.listen(0, "127.0.0.1", resolve));
  const before = Object.keys(tenant.admin.state()["sources"] ?? {});
  try {
    const project = await createProject({ program, env: { ...tenant.env, SAIL_SETTLE_SECONDS: "0" } });
    const up = (env: Record<string, string>) => project.up({ expect: "failure", env });

    const secret = "not-the-secret-of-this-client";
    expectOneClearError(
      await up({ SAIL_CLIENT_SECRET: secret }),
      /does not accept the client id and the client secret \(401\).*Check sailpoint:clientId and sailpoint:clientSecret/,
    );
    expectOneClearError(
      await up({ SAIL_BASE_URL: "http://127.0.0.1:1" }),
      /cannot reach http:\/\/127\.0\.0\.1:1 .*Check the base URL/,
    );
    const elsewhere = `http://127.0.0.1:${String((page.address() as AddressInfo).port)}`;
    expectOneClearError(
      await up({ SAIL_BASE_URL: elsewhere }),
      /is not the API of a tenant: it answers POST \/oauth\/token with 404\. Check the base URL/,
    );
    expect(await project.resources()).toEqual([]);
    expect(Object.keys(tenant.admin.state()["sources"] ?? {})).toEqual(before);

    // With resources in the state it is the refresh that fails, and the stock host prints on its own account too.
    await project.up();
    const preview = await project.preview({ expect: "failure", env: { SAIL_CLIENT_SECRET: secret } });
    expectOneClearError(preview, /does not accept the client id and the client secret/);
    expect(preview.output.match(/does not accept the client id/g)).toHaveLength(1);
    expect(await project.resources()).toHaveLength(SOURCES);
    expect(project.find([secret])).toEqual([]);
  } finally {
    page.close();
  }
});
