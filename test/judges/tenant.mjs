import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import "../../tools/setup/interruption.mjs";
import { root } from "../../tools/setup/places.mjs";

/** @typedef {{ env: Record<string, string>, stop(): Promise<void> }} Tenant */

/**
 * What tenants do and the API's document does not allow: null as the name of a task, a fault of the server where a
 * multipart body is empty, and fields of a policy without a type.
 */
const asDocumented = ["deletionName=absent", "emptyMultipart=400", "blankFieldType=string"];

/** Starts a tenant of this machine; `env` is what its clients need. It ends with this process at the latest. */
export async function startTenant() {
  const args = ["--rate-limit", "off", "--token-life", "36000", "--deletion", "0", "--aggregation", "0"];
  const behaviours = asDocumented.flatMap((behaviour) => ["--behaviour", behaviour]);
  const child = spawn(process.execPath, [join(root, "simulator/dist/main.js"), ...args, ...behaviours], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const kill = () => child.kill();
  process.on("exit", kill);
  const ended = once(child, "exit");
  /** @type {Record<string, string>} */
  const env = {};
  for await (const line of createInterface({ input: child.stdout })) {
    const [, name, value] = /^export (\w+)=(.*)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) env[name] = value;
    if (Object.keys(env).length === 3) break;
  }
  if (Object.keys(env).length < 3) throw new Error("The tenant ended before it answered.");
  const stop = async () => {
    process.off("exit", kill);
    if (child.exitCode === null && child.signalCode === null) {
      kill();
      await ended;
    }
  };
  return /** @type {Tenant} */ ({ env, stop });
}
