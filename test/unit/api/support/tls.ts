import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:https";
import { type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generate } from "selfsigned";
import { json, tokenOf } from "./server";

/** A certificate for this host that nobody trusts, and the file that it lies in. */
export async function certificateFor(host: string) {
  const name = host === "127.0.0.1" ? { type: 7 as const, ip: host } : { type: 2 as const, value: host };
  const { private: key, cert } = await generate([{ name: "commonName", value: host }], {
    keyType: "ec",
    extensions: [
      { name: "basicConstraints", cA: true },
      { name: "subjectAltName", altNames: [name] },
    ],
  });
  const directory = mkdtempSync(join(tmpdir(), "certificate-"));
  const file = join(directory, "ca.pem");
  writeFileSync(file, cert);
  return { key, cert, file, close: () => rmSync(directory, { recursive: true }) };
}

/** A tenant behind TLS that knows one source. */
export async function serveTls({ key, cert }: { key: string; cert: string }) {
  let requests = 0;
  const server = createServer({ key, cert }, (request, response) => {
    requests += 1;
    if (request.url === "/oauth/token") json(response, 200, { access_token: tokenOf(1), expires_in: 749 });
    else json(response, 200, { id: "1", name: "HR" });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    requests: () => requests,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
