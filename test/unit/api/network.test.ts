import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { proxyFor } from "../../../provider/src/api/proxy";
import { closing } from "./support/closing";
import { failureOf } from "./support/failures";
import { startProxy } from "./support/proxy";
import { clientOf, json, serve } from "./support/server";
import { certificateFor, serveTls } from "./support/tls";

const opened = closing();

/** Reads a source in a process of its own and gives what that printed. */
async function readElsewhere(baseUrl: string, environment: Record<string, string>): Promise<string> {
  const script = join(__dirname, "support/run-client.js");
  const { PATH = "" } = process.env;
  const { stdout } = await promisify(execFile)(process.execPath, [script, baseUrl], { env: { PATH, ...environment } });
  return stdout.trim();
}

describe("a tenant with a certificate of its own", () => {
  test("is not trusted, and the error says what to do", async () => {
    const tenant = opened(await serveTls(opened(await certificateFor("127.0.0.1"))));
    const baseUrl = `https://127.0.0.1:${tenant.port}`;
    const error = await failureOf(opened(clientOf({ baseUrl })).tenant());
    expect(error.kind).toBe("configuration");
    expect(error.message).toMatch(
      /^Cannot sign in: cannot reach https\S+ .*: its certificate is not trusted \(DEPTH_ZERO_SELF_SIGNED_CERT\)/,
    );
    expect(error.message).toContain("NODE_EXTRA_CA_CERTS");
    expect(tenant.requests()).toBe(0);
  });

  test("is trusted through NODE_EXTRA_CA_CERTS", async () => {
    const certificate = opened(await certificateFor("127.0.0.1"));
    const tenant = opened(await serveTls(certificate));
    const answer = await readElsewhere(`https://127.0.0.1:${tenant.port}`, { NODE_EXTRA_CA_CERTS: certificate.file });
    expect(JSON.parse(answer)).toEqual({ id: "1", name: "HR" });
  });

  test("for another host is not trusted", async () => {
    const certificate = opened(await certificateFor("other.example"));
    const tenant = opened(await serveTls(certificate));
    const answer = await readElsewhere(`https://127.0.0.1:${tenant.port}`, { NODE_EXTRA_CA_CERTS: certificate.file });
    expect(answer).toContain("its certificate is not trusted (ERR_TLS_CERT_ALTNAME_INVALID)");
  });
});

describe("a proxy", () => {
  // Nobody knows this host: only through the proxy can it be reached.
  const baseUrl = "https://acme.api.example";

  async function behindProxy(credentials?: string) {
    const certificate = opened(await certificateFor("acme.api.example"));
    const tenant = opened(await serveTls(certificate));
    const proxy = opened(await startProxy(tenant.port, credentials));
    return { proxy, NODE_EXTRA_CA_CERTS: certificate.file };
  }

  test("from HTTPS_PROXY leads to the tenant, over one tunnel", async () => {
    const { proxy, NODE_EXTRA_CA_CERTS } = await behindProxy();
    const answer = await readElsewhere(baseUrl, { HTTPS_PROXY: `http://${proxy.address}`, NODE_EXTRA_CA_CERTS });
    expect(JSON.parse(answer)).toEqual({ id: "1", name: "HR" });
    expect(proxy.tunnels).toEqual(["acme.api.example:443"]);
  });

  test("with a user and a password", async () => {
    const { proxy, NODE_EXTRA_CA_CERTS } = await behindProxy("me:p@ss");
    const answer = await readElsewhere(baseUrl, {
      https_proxy: `http://me:p%40ss@${proxy.address}`,
      NODE_EXTRA_CA_CERTS,
    });
    expect(JSON.parse(answer)).toEqual({ id: "1", name: "HR" });
  });

  test("that asks for a password says so, without telling it", async () => {
    const { proxy, NODE_EXTRA_CA_CERTS } = await behindProxy("me:p@ss");
    const HTTPS_PROXY = `http://me:wrong-one@${proxy.address}`;
    const answer = await readElsewhere(baseUrl, { HTTPS_PROXY, NODE_EXTRA_CA_CERTS });
    expect(answer).toContain("the proxy asks for a user and a password. Check HTTPS_PROXY and NO_PROXY.");
    expect(answer).not.toContain("wrong-one");
  });

  test.each([
    [{}, undefined],
    [{ HTTPS_PROXY: "http://proxy:3128" }, "http://proxy:3128"],
    [{ https_proxy: "proxy:3128", HTTPS_PROXY: "http://other" }, "http://proxy:3128"],
    [{ HTTPS_PROXY: "" }, undefined],
    [{ HTTP_PROXY: "http://proxy:3128" }, undefined],
    [{ ALL_PROXY: "http://proxy:3128" }, "http://proxy:3128"],
    [{ HTTPS_PROXY: "http://proxy", NO_PROXY: "acme.api.example" }, undefined],
    [{ HTTPS_PROXY: "http://proxy", no_proxy: "a.b, .api.example" }, undefined],
    [{ HTTPS_PROXY: "http://proxy", NO_PROXY: "*.example" }, undefined],
    [{ HTTPS_PROXY: "http://proxy", NO_PROXY: "*" }, undefined],
    [{ HTTPS_PROXY: "http://proxy", NO_PROXY: "api.example:443" }, undefined],
    [{ HTTPS_PROXY: "http://proxy", NO_PROXY: "api.example:8443" }, "http://proxy"],
    [{ HTTPS_PROXY: "http://proxy", NO_PROXY: "me.api.example,pi.example" }, "http://proxy"],
  ])("from %j is %j", (environment, proxy) => {
    expect(proxyFor(baseUrl, environment)).toBe(proxy);
  });

  test.each(["socks5://proxy:1080", "http://"])("%s is refused before anything is sent", (ALL_PROXY) => {
    expect(() => proxyFor(baseUrl, { ALL_PROXY })).toThrow("is not the address of an HTTP proxy. It should read like");
  });

  test("is never between us and this machine", () => {
    const environment = { HTTPS_PROXY: "http://proxy", HTTP_PROXY: "http://proxy" };
    for (const host of ["http://127.0.0.1:8080", "http://localhost:8080", "https://localhost", "http://[::1]:80"]) {
      expect(proxyFor(host, environment)).toBeUndefined();
    }
  });
});

test("an answer may take longer than an idle connection is kept", async () => {
  const server = opened(
    await serve((_, response) => {
      setTimeout(() => json(response, 200, { id: "1", name: "HR" }), 5_000);
    }),
  );
  const client = opened(clientOf(server));
  expect(await client.call("getSource", { id: "1" })).toEqual({ id: "1", name: "HR" });
  expect(server.seen).toHaveLength(1);
});

test("a connection that has been idle for long is not used for the next write", async () => {
  const server = opened(await serve((_, response) => json(response, 200, { id: "1", name: "HR" })));
  const client = opened(clientOf(server));
  await client.call("updateSource", { id: "1", body: [] });
  await new Promise((resolve) => setTimeout(resolve, 6_000));
  await client.call("updateSource", { id: "1", body: [] });
  expect(server.seen.map(({ connection }) => connection)).toEqual([1, 2]);
});
