import type { RunningTenant } from "sailpoint-simulator";
import { type Outcome, type Project, createProject, createTenant } from "../harness";
import { sourceNamed, stored } from "../lifecycle/tenants";

/**
 * Secrets that a program gives plainly, at keys that only the tenant's own lists and the makers of connectors know: they
 * reach the tenant, and nothing else holds them: no state, no history, no backup, no preview, event or log.
 */
const files = [
  ...["transportUserPassword", "pgpPrivateKey", "pgpPrivateKeyPassword", "scpPrivateKey", "s3SecretKey"],
  ...["PassphraseForPrivateKey", "ftpsClientCertificatePassphrase"],
];
const web = [
  ...["resourceOwnerPassword", "clientKeySpec", "clientCertificate", "custom_auth_token_info", "oauth_token_info"],
  ...["private_key", "private_key_password", "bearer_token", "refresh_token", "client_secret", "accesstoken"],
];
const headers = ["Authorization", "Ocp-Apim-Subscription-Key", "X-Api-Key"];
const named = ["listedByTheProgram"];
const all = [...files, ...web, ...headers, ...named, "namedHeader"];

const program = `
const pulumi = require("@pulumi/pulumi");
const { Source } = require("pulumi-sailpoint");
const secrets = require("./secrets.json");
const of = (keys) => Object.fromEntries(keys.map((key) => [key, secrets[key]]));
const source = (name, connector, connectorAttributes) =>
  new Source(name, { name, owner: { alias: "support" }, connector, connectorAttributes });
source("files", "delimited-file", of(${JSON.stringify(files)}));
source("web", "web-services", { ...of(${JSON.stringify(web)}),
  encrypted: ${JSON.stringify(named.join(","))}, ...of(${JSON.stringify(named)}),
  connectionParameters: [{ uniqueNameForEndPoint: "Users", contextUrl: process.env.URL || "/users",
    header: of(${JSON.stringify(headers)}),
    headers: [{ key: "Authorization", value: secrets.namedHeader }, { key: "Accept", value: "text/html" }] }] });
`;
const spelt = (prefix: string) => Object.fromEntries(all.map((key) => [key, `${prefix}-${key}`]));

let tenant: RunningTenant;
let project: Project;
const attributes = (name: string) => {
  const stock = tenant.admin.state();
  return stored(stock, `/sources/${sourceNamed(stock, name)}`)?.["connectorAttributes"] as Record<string, unknown>;
};
const texts = [...Object.values(spelt("zeroth")), ...Object.values(spelt("second")), "by-hand-of-others"];
/** What the engine's own log of events told, beside what is on the disk and was printed. */
const events: Outcome[] = [];
const looked = async (command: Promise<Outcome>) => {
  const outcome = await command;
  events.push(outcome);
  return outcome;
};
const leaks = () => [
  ...project.find(texts, { except: ["secrets.json"] }),
  ...texts.filter((text) => JSON.stringify(events).includes(text)),
];

beforeAll(async () => {
  tenant = await createTenant();
  project = await createProject({ program, env: { ...tenant.env, SAIL_SETTLE_SECONDS: "0" } });
  project.write("secrets.json", JSON.stringify(spelt("zeroth")));
  await looked(project.preview());
  await looked(project.up());
});
afterEach(() => {
  expect(leaks()).toEqual([]);
});

test("all of them reach the tenant, and a preview after it shows no change", async () => {
  const sent = JSON.stringify(tenant.requests().map(({ body }) => body ?? null));
  expect(all.filter((key) => !sent.includes(`zeroth-${key}`))).toEqual([]);
  expect((await looked(project.preview({ flags: ["--expect-no-changes"] }))).changed).toEqual([]);
});

test("a change beside a secret, and of one, is told by its path", async () => {
  project.write("secrets.json", JSON.stringify({ ...spelt("zeroth"), scpPrivateKey: "second-scpPrivateKey" }));
  const preview = await looked(project.preview({ env: { URL: "/v2/users" } }));
  expect(preview.output).toContain('Source "files": connectorAttributes.scpPrivateKey: will be set');
  expect(preview.output).toContain("connectorAttributes.connectionParameters[0].contextUrl");
  await looked(project.up({ env: { URL: "/v2/users" } }));
});

test("a header that the tenant keeps in plain text is drift when others change it, and repaired", async () => {
  const env = { URL: "/v2/users" };
  const path = "/connectorAttributes/connectionParameters/0/header/Authorization";
  tenant.admin.edit(`/sources/${sourceNamed(tenant.admin.state(), "web")}`, [
    { op: "replace", path, value: "by-hand-of-others" },
  ]);
  const preview = await looked(project.preview({ env }));
  expect(preview.counts).toEqual({ update: 1 });
  expect(preview.output).toContain("connectionParameters[0].header.Authorization");
  await looked(project.up({ env }));
  expect(JSON.stringify(attributes("web"))).toContain("zeroth-Authorization");
});

test("a key that only the tenant's list names is told of when it is declared plainly", async () => {
  project.setProgram(`${program}source("odd", "people-saas", { seed: "not-yet-known" });`);
  const env = { URL: "/v2/users" };
  await looked(project.up({ env }));
  tenant.admin.edit(`/sources/${sourceNamed(tenant.admin.state(), "odd")}`, [
    { op: "replace", path: "/connectorAttributes/encrypted", value: "password,client_secret,licence" },
  ]);
  project.setProgram(
    program + 'source("odd", "people-saas", { seed: "not-yet-known", licence: pulumi.secret("kept-as-a-secret") });',
  );
  const up = await looked(project.up({ env }));
  expect(up.output).toContain('Source "odd": connectorAttributes.licence');
  expect(up.output).toContain("pulumi.secret");
  expect((await looked(project.up({ env }))).output).not.toContain("pulumi.secret");
});
