import { readFileSync } from "node:fs";
import { Socket } from "node:net";
import { packageVersion } from "../../api/package-version";
import { listen, ofPackages, ofResources } from "./server";

/** Serves our kinds in place of Pulumi's own dynamic host. */
export const serveDynamicHost = (args: readonly string[]): Promise<void> =>
  serve(listen(ofResources, versionOfProgram, async () => (await import("./dynamic-host.js")).dynamicHost(args)));

/** Serves our kinds and functions as a package of their own. */
export const servePlugin = (args: readonly string[]): Promise<void> =>
  serve(listen(ofPackages, packageVersion, async () => (await import("./plugin.js")).plugin(args)));

/** Serves until the engine asks to end, or is gone. The engine reads the port from the first line of output. */
async function serve(listening: Promise<number>): Promise<void> {
  const port = await listening;
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(0));
  // The engine holds the other end for as long as it lives. Looked at by fstatSync, a pipe would stay in what Node.js's
  // realpathSync looks at next, which then follows no links: under pnpm a package would meet the wrong dependency.
  const isHeld = process.stdin instanceof Socket && !process.stdin.isTTY;
  if (isHeld) process.stdin.on("end", () => process.exit(0)).resume();
  process.stdout.write(`${String(port)}\n`);
}

/** What Pulumi's own host tells of itself: the version of the SDK that the program uses. */
function versionOfProgram(): string {
  // A program without a folder of its own (Automation API) runs by the SDK that is beside us.
  const file = require.resolve("@pulumi/pulumi/package.json", { paths: [process.cwd(), __dirname] });
  const { version } = JSON.parse(readFileSync(file, "utf8")) as { version: string };
  return version;
}
