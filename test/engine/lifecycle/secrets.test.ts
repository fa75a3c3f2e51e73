import type { RunningTenant } from "sailpoint-simulator";
import { type Project, createProject, createTenant } from "../harness";
import { type Door, doors } from "../hosts/doors";
import { sourceNamed, stored, writes } from "./tenants";

/** Ten secrets in four shapes. What the program calls them stands in a file beside it. */
const names = ["top1", "top2", "top3", "nested1", "nested2", "list1", "list2", "list3", "listed1", "listed2"];
const first = Object.fromEntries(names.map((name) => [name, `plain-text-of-${name}`]));

const programOf = (
  { sailpoint }: Door,
  encrypted = "password,client_secret,accesstoken,licence,pass.phrase.of.others",
) => `
const pulumi = require("@pulumi/pulumi");
${sailpoint}
const secrets = require("./secrets.json");
new sailpoint.Source("hr", { name: "HR", owner: { alias: "slpt.services" }, connector: "web-services", connectorAttributes: {
  encrypted: "${encrypted}",
  password: secrets.top1, client_secret: pulumi.secret(secrets.top2), accesstoken: secrets.top3,
  proxy: { host: "proxy.example.com", password: secrets.nested1, deeper: { client_secret: secrets.nested2 } },
  domainSettings: [{ domainDN: "DC=one", password: secrets.list1 }, { domainDN: "DC=two", password: secrets.list2 }],
  connectionParameters: [{ name: "login", authentication: { accesstoken: pulumi.output(secrets.list3) } }],
  licence: secrets.listed1, "pass.phrase.of.others": secrets.listed2,
} });
`;

/** Through the plugin nothing is marked by the program, which has no classes of ours: Check does it. */
describe.each<Door>(Object.values(doors))("through the $name", (door) => {
  const program = (encrypted?: string) => programOf(door, encrypted);
  let tenant: RunningTenant;
  let project: Project;
  let path: string;
  const attributes = () =>
    (stored(tenant.admin.state(), path)?.["connectorAttributes"] ?? {}) as Record<string, unknown>;
  /** The one write that was accepted since the log was cleared: its paths and values, guards aside. */
  function patch(): Record<string, unknown> {
    const [only, ...more] = writes(tenant, path).filter(({ status }) => status < 300);
    expect([only?.method, ...more]).toEqual(["PATCH"]);
    const operations = only?.body as { op: string; path: string; value?: unknown }[];
    const prefix = "/connectorAttributes/";
    const changes = operations.filter(({ op }) => op !== "test");
    return Object.fromEntries(changes.map((change) => [change.path.replace(prefix, ""), change.value]));
  }
  const know = (now: Record<string, string>) => {
    project.write("secrets.json", JSON.stringify(now));
    tenant.clearRequests();
  };
  const all = [...Object.values(first), ...["top2", "list2", "list1"].map((name) => `rotated-text-of-${name}`)];
  const leaks = () => project.find([...all, "changed-by-hand"], { except: ["index.js", "secrets.json"] });

  beforeAll(async () => {
    tenant = await createTenant();
    project = await createProject({
      program: program(),
      yaml: door.yaml,
      refresh: door.refresh,
      env: { ...tenant.env, SAIL_SETTLE_SECONDS: "0" },
    });
    know(first);
    await project.up();
    path = `/sources/${sourceNamed(tenant.admin.state(), "HR")}`;
  });
  afterEach(() => {
    expect(leaks()).toEqual([]);
  });

  test("all ten reach the tenant, and none shows afterwards", async () => {
    const sent = JSON.stringify(tenant.requests().map(({ body }) => body ?? null));
    for (const secret of Object.values(first)) expect(sent).toContain(secret);
    tenant.admin.aggregate(path.replace("/sources/", ""));
    const preview = await project.preview();
    expect(preview.changed).toEqual([]);
    expect(preview.drift).toEqual([]);
  });

  test("one that is rotated in the program is one PATCH of that key", async () => {
    know({ ...first, top2: "rotated-text-of-top2" });
    await project.up();
    expect(patch()).toEqual({ client_secret: "rotated-text-of-top2" });
  });

  test("those that are rotated on the tenant are shown as drift, and repaired", async () => {
    tenant.admin.edit(path, [
      { op: "replace", path: "/connectorAttributes/licence", value: "changed-by-hand" },
      { op: "replace", path: "/connectorAttributes/proxy/deeper/client_secret", value: "changed-by-hand" },
      { op: "replace", path: "/connectorAttributes/domainSettings/0/password", value: "changed-by-hand" },
    ]);
    tenant.clearRequests();
    const preview = await project.preview();
    expect(preview.counts).toEqual({ update: 1 });
    const step = preview.step("hr");
    expect(step.changes).toEqual([]); // The engine hides both sides.
    const told = preview.diagnostics.find(({ message }) =>
      message.includes("changed on the tenant without the program"),
    );
    expect(told?.message).toContain('Source "HR"');
    expect(told?.message.split(": ").at(-1)?.trim().split(", ").sort()).toEqual([
      "connectorAttributes.domainSettings[0].password",
      "connectorAttributes.licence",
      "connectorAttributes.proxy.deeper.client_secret",
    ]);
    const before = attributes();
    await project.up();
    const written = patch();
    expect(written).toEqual({
      licence: first["listed1"],
      "proxy/deeper/client_secret": first["nested2"],
      domainSettings: expect.arrayContaining([expect.objectContaining({ password: first["list1"] })]) as unknown,
    });
    expect(attributes()["password"]).toBe(before["password"]);
  });

  test("cipher text that is another at every read is no drift, and its secrets can be rotated all the same", async () => {
    tenant.admin.set({ behaviours: { secrets: "changing" } });
    const preview = await project.preview();
    expect(preview.changed).toEqual([]);
    know({ ...first, top2: "rotated-text-of-top2", list2: "rotated-text-of-list2" });
    await project.up();
    expect(patch()).toEqual({
      domainSettings: [
        expect.objectContaining({ domainDN: "DC=one" }),
        { domainDN: "DC=two", password: "rotated-text-of-list2" },
      ] as unknown,
    });
    tenant.admin.set({ behaviours: { secrets: "stable" } });
  });

  test("a secret becomes plain, and a secret again", async () => {
    const now = { ...first, top2: "rotated-text-of-top2", list2: "rotated-text-of-list2" };
    project.setProgram(program("password,client_secret,accesstoken,pass.phrase.of.others"));
    know({ ...now, listed1: "for everybody to see" });
    await project.up();
    const { encrypted, ...rest } = patch();
    expect(rest).toEqual({ licence: "for everybody to see" });
    const listed = String(encrypted).split(",");
    // The names that the connector brings stay beside those that are declared.
    expect(listed).toEqual(expect.arrayContaining(["password", "bearer_token", "pass.phrase.of.others"]));
    expect(listed).not.toContain("licence");
    expect(attributes()["licence"]).toBe("for everybody to see");

    project.setProgram(program());
    know(now);
    await project.up();
    expect(Object.keys(patch()).sort()).toEqual(["encrypted", "licence"]);
    expect(attributes()["licence"]).not.toBe(first["listed1"]);
    const preview = await project.preview();
    expect(preview.changed).toEqual([]);
  });

  test("an error in which the tenant repeats a secret does not", async () => {
    const text = `"rotated-text-of-list1" is too weak for password`;
    tenant.admin.fault({
      operationId: "updateSource",
      kind: "status",
      status: 400,
      body: { detailCode: "400.1", messages: [{ locale: "en-US", localeOrigin: "DEFAULT", text }] },
      times: 10,
    });
    know({ ...first, top2: "rotated-text-of-top2", list2: "rotated-text-of-list2", list1: "rotated-text-of-list1" });
    const up = await project.up({ expect: "failure" });
    expect(up.errors.join("\n")).toContain("is too weak for password");
    tenant.admin.clearFaults();
    await project.destroy();
  });
});
