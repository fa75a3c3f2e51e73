import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";

/** A proxy that leads every tunnel to one port of this machine, whatever host was asked for. */
export async function startProxy(toPort: number, credentials?: string) {
  const tunnels: string[] = [];
  const server = createServer();
  server.on("connect", (request, socket, head) => {
    socket.on("error", () => socket.destroy());
    const expected = credentials && `Basic ${Buffer.from(credentials).toString("base64")}`;
    if (expected !== undefined && request.headers["proxy-authorization"] !== expected) {
      socket.end("HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n");
      return;
    }
    tunnels.push(request.url ?? "");
    const tenant = connect(toPort, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      tenant.write(head);
      tenant.pipe(socket).pipe(tenant);
    });
    tenant.on("error", () => socket.destroy());
    socket.on("close", () => tenant.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `127.0.0.1:${port}`,
    tunnels,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
