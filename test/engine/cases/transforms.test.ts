import { type Outcome, createProject, createTenant } from "../harness";
import { type Door, doors } from "../hosts/doors";
import { sourceNamed } from "../lifecycle/tenants";

/**
 * What a transform adds goes past the marking of the resource's constructor. Our own host marks it when it checks, so
 * that nothing shows it; Pulumi's own cannot, so there the program marks it, as docs/secrets.md says.
 */
const program = (secret: string) => `
const pulumi = require("@pulumi/pulumi");
const { Source } = require("pulumi-sailpoint");
const secret = ${secret};
const add = (key, word) => ({ props, opts }) => ({ opts, props: {
  ...props, connectorAttributes: { ...props.connectorAttributes, [key]: secret("text-by-" + word + process.env.N) } } });
const isSource = (change) => (args) => args.type.endsWith(":Source") ? change(args) : undefined;
pulumi.runtime.registerStackTransformation(isSource(add("accesstoken", "stack-transformation")));
new Source("hr", { name: "HR", description: process.env.N, owner: { alias: "support" }, connector: "web-services",
  connectorAttributes: { url: "https://hr.example.com", list: [{ name: "a", password: "text-by-program" }] } },
  { transforms: [add("password", "transform")], transformations: [add("refresh_token", "transformation")] });
`;
const ways = ["stack-transformation", "transform", "transformation"];
const texts = ["text-by-program", ...ways.flatMap((way) => ["1", "2"].map((n) => `text-by-${way}${n}`))];

test.each<[Door, string]>([
  [doors.host, "(text) => text"],
  [doors.stock, "pulumi.secret"],
])("through the host %#, secrets that transforms add are in no state, diff, preview or log", async (door, secret) => {
  const tenant = await createTenant();
  const project = await createProject({
    program: program(secret),
    yaml: door.yaml,
    refresh: door.refresh,
    env: { ...tenant.env, SAIL_SETTLE_SECONDS: "0" },
  });
  const seen: Outcome[] = [];
  for (const N of ["1", "2"]) {
    seen.push(await project.preview({ env: { N } }), await project.up({ env: { N } }));
    const id = sourceNamed(tenant.admin.state(), "HR");
    const sealed = Object.values(tenant.admin.secrets(id));
    expect(sealed).toEqual(expect.arrayContaining(["text-by-program", ...ways.map((way) => `text-by-${way}${N}`)]));
  }
  expect(seen[2]?.output).toContain("connectorAttributes.password");
  seen.push(await project.preview({ env: { N: "2" }, flags: ["--expect-no-changes"] }));
  expect(project.find(texts, { except: ["index.js"] })).toEqual([]);
  expect(texts.filter((text) => JSON.stringify(seen).includes(text))).toEqual([]);
});
