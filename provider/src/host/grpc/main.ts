import { Socket } from "node:net";
import { type Served, listen } from "./server";

/** Serves our kinds in place of Pulumi's own dynamic host. */
export const serveDynamicHost = (args: readonly string[]): Promise<void> =>
  serve(async () => (await import("./dynamic-host.js")).dynamicHost(args));

/** Serves our kinds and functions as a package of their own. */
export const servePlugin = (args: readonly string[]): Promise<void> =>
  serve(async () => (await import("./plugin.js")).plugin(args));

/** Serves until the engine asks to end, or is gone. The engine reads the port from the first line of output. */
async function serve(load: () => Promise<Served>): Promise<void> {
  const port = await listen(load);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(0));
  // The engine holds the other end for as long as it lives. Looked at by fstatSync, a pipe would stay in what Node.js's
  // realpathSync looks at next, which then follows no links: under pnpm a package would meet the wrong dependency.
  const isHeld = process.stdin instanceof Socket && !process.stdin.isTTY;
  if (isHeld) process.stdin.on("end", () => process.exit(0)).resume();
  process.stdout.write(`${String(port)}\n`);
}
