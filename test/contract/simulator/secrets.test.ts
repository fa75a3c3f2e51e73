import { tenantFor, type Caller, type Json } from "./support";

const pathOf = (source: Json) => `/sources/${String(source["id"])}`;
const attributesOf = (source: Json) => source["connectorAttributes"] as Json;

const connectorAttributes = {
  encrypted: "password,apiKey, deep.token",
  password: "plain-one",
  apiKey: "plain-two",
  deep: { token: "plain-three", other: "shown" },
  domainSettings: [
    { domain: "a", password: "plain-four" },
    { domain: "b", password: "plain-five" },
  ],
  token: "shown",
};

const withSecrets = (caller: Caller) => caller.createSource({ connectorAttributes });

const set = (caller: Caller, source: Json, key: string, value: unknown) =>
  caller.patch(pathOf(source), [{ op: "add", path: `/connectorAttributes/${key}`, value }]);

const sealed: unknown = expect.stringMatching(/^1:ACP:/);

/** The cipher text of a source that this tenant has. */
const ownOf = async (caller: Caller) => attributesOf(await withSecrets(caller))["password"];

describe("secrets", () => {
  it.each(["stable", "changing", "masked"] as const)("never come back in plain text: %s", async (secrets) => {
    const caller = await tenantFor({ behaviours: { secrets } });
    const source = await withSecrets(caller);
    expect(JSON.stringify([source, (await caller.get("/sources")).list])).not.toContain("plain-");
    expect(attributesOf(source)).toMatchObject({ token: "shown", deep: { other: "shown" } });
    expect(JSON.stringify(caller.tenant.admin.state())).not.toContain("plain-");
  });

  it("come back as the same cipher text at every read", async () => {
    const caller = await tenantFor();
    const source = await withSecrets(caller);
    expect(attributesOf(source)["password"]).toMatch(/^1:ACP:/);
    expect(attributesOf((await caller.get(pathOf(source))).body)).toEqual(attributesOf(source));
  });

  it("come back as another cipher text at every read, on some tenants", async () => {
    const caller = await tenantFor({ behaviours: { secrets: "changing" } });
    const source = await withSecrets(caller);
    const reads = [await caller.get(pathOf(source)), await caller.get(pathOf(source))].map(({ body }) =>
      attributesOf(body),
    );
    expect(reads[0]?.["password"]).not.toBe(reads[1]?.["password"]);
    expect(reads[0]?.["domainSettings"]).not.toEqual(reads[1]?.["domainSettings"]);
    expect(reads[0]?.["token"]).toBe(reads[1]?.["token"]);
  });

  it("come back as asterisks, on others", async () => {
    const source = await withSecrets(await tenantFor({ behaviours: { secrets: "masked" } }));
    expect(attributesOf(source)).toMatchObject({
      password: "********",
      deep: { token: "********" },
      domainSettings: [{ password: "********" }, { password: "********" }],
    });
  });

  it.each(["stable", "changing", "masked"] as const)("stay when sent back as they were read: %s", async (secrets) => {
    const caller = await tenantFor({ behaviours: { secrets } });
    const source = await withSecrets(caller);
    const stored = () =>
      JSON.stringify(attributesOf(caller.tenant.admin.state()["sources"]?.[String(source["id"])] as Json));
    const before = stored();
    const read = (await caller.get(pathOf(source))).body;
    expect((await caller.put(pathOf(source), read)).status).toBe(200);
    expect((await set(caller, source, "password", attributesOf(read)["password"])).status).toBe(200);
    expect(stored()).toBe(before);
  });

  it("change their cipher text when they are set anew, by the API or behind its back", async () => {
    const caller = await tenantFor();
    const source = await withSecrets(caller);
    const [first] = [attributesOf(source)["password"]];
    const second = attributesOf((await set(caller, source, "password", "plain-new")).body)["password"];
    caller.tenant.admin.edit(pathOf(source), [
      { op: "replace", path: "/connectorAttributes/password", value: "plain-newer" },
    ]);
    const third = attributesOf((await caller.get(pathOf(source))).body)["password"];
    expect(new Set([first, second, third]).size).toBe(3);
    expect(String(third)).toMatch(/^1:ACP:/);
  });

  it.each([
    ["delimited-file", "scpPrivateKey"],
    ["web-services", "custom_auth_token_info"],
    ["active-directory", "IQServicePassword"],
    ["people-saas", "refresh_token"],
  ])("are what the connector's own list names: %s, %s", async (connector, key) => {
    const caller = await tenantFor();
    const sent = { connectorAttributes: { [key]: "plain-six", licence: "shown", password: "plain-seven" } };
    const attributes = attributesOf(await caller.createSource({ connector, ...sent }));
    expect([attributes[key], attributes["password"]]).toEqual([sealed, sealed]);
    expect(attributes["licence"]).toBe("shown");
  });

  it("stand in plain text where the list does not name them: shorter lists, and headers", async () => {
    const caller = await tenantFor();
    const header = { Authorization: "Bearer shown" };
    const source = await caller.createSource({
      connector: "web-services",
      connectorAttributes: { accesstoken: "plain-six", connectionParameters: [{ header, password: "plain-seven" }] },
    });
    expect(attributesOf(source)).toMatchObject({
      accesstoken: sealed,
      connectionParameters: [{ header, password: sealed }],
    });
    await set(caller, source, "encrypted", "password");
    const later = attributesOf((await set(caller, source, "accesstoken", "in plain sight")).body);
    expect([later["accesstoken"], later["encrypted"]]).toEqual(["in plain sight", "password"]);
  });

  it.each(["a", "b"])("of another source cannot be opened, be it of this tenant or of another: %s", async (tenant) => {
    const caller = await tenantFor({ tenant: "a" });
    const to = await caller.createSource({
      name: "Other",
      connectorAttributes: { ...connectorAttributes, password: "plain-own" },
    });
    const taken = await set(caller, to, "password", await ownOf(tenant === "a" ? caller : await tenantFor({ tenant })));
    expect(taken.status).toBe(200);
    expect(caller.tenant.admin.secrets(String(to["id"]))).toMatchObject({
      "/connectorAttributes/password": null,
      "/connectorAttributes/apiKey": "plain-two",
      "/connectorAttributes/domainSettings/1/password": "plain-five",
    });
  });

  it("are whatever text was sent, a text that stands for a secret too", async () => {
    const caller = await tenantFor();
    const source = await withSecrets(caller);
    await set(caller, source, "password", "[secret changed on the tenant]");
    const found = caller.tenant.admin.secrets(String(source["id"]));
    expect(found["/connectorAttributes/password"]).toBe("[secret changed on the tenant]");
    expect(() => caller.tenant.admin.secrets("nothing")).toThrow("There is no source nothing.");
  });

  it("follow the list in encrypted when it grows", async () => {
    const caller = await tenantFor();
    const source = await withSecrets(caller);
    const reply = await set(caller, source, "encrypted", "password,token");
    expect(attributesOf(reply.body)["token"]).toMatch(/^1:ACP:/);
  });
});
