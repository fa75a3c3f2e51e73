import { join } from "node:path";
import { pathToFileURL } from "node:url";
import "./outside-jest"; // before the harness, which looks for jest when it is loaded
import { createProject, createTenant } from "../engine/harness";

/** The harness of the engine tests, and the engine that it drives. */
export async function prepare() {
  const url = pathToFileURL(join(__dirname, "../engine/harness/engine.mjs")).href;
  const { default: findEngine } = (await import(url)) as { default: () => Promise<void> };
  await findEngine();
  return { createProject, createTenant };
}
