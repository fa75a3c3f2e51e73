import { execFile } from "node:child_process";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { type Inventory, byText } from "../inventory/inventory";
import { RECORD, hashOf, isStackFile } from "../inventory/program/project";
import { readTenant } from "../inventory/reading";
import { savedInventory } from "../inventory/saved";
import { stackInventory } from "../inventory/stack";
import { noteUnstable } from "../inventory/unstable";
import { deserialised, isSerialised } from "../inventory/serialised";
import { ProblemError } from "../tenant/problem";
import type { Context } from "./command";
import { CommandError, UsageError } from "./failure";
import { jsonFrom, textFrom } from "./options";

/** One side of a comparison, as it is named on the command line. */
export type SideName =
  { is: "tenant"; env: string | undefined } | { is: "stack"; stack: string } | { is: "file"; path: string };

export const sideSyntax =
  "env:NAME (a tenant; env: for the one of the environment), stack:NAME (what a stack's program declared), or the path of " +
  "an exported folder or a saved file";

export function sideNamed(text: string): SideName {
  const [, kind, name = ""] = /^(env|stack):(.*)$/s.exec(text) ?? [];
  if (kind === "env") return { is: "tenant", env: name === "" ? undefined : name };
  if (kind === "stack" && name === "") throw new UsageError("stack: names no stack: give stack:NAME.");
  return kind === "stack" ? { is: "stack", stack: name } : { is: "file", path: text };
}

/** Both sides. */
export async function sidesOf(context: Context, left: SideName, right: SideName): Promise<[Inventory, Inventory]> {
  if (right.is === "tenant" && left.is !== "tenant") return besideTenant(context, left, right.env);
  if (left.is === "tenant" && right.is !== "tenant") {
    const [other, tenant] = await besideTenant(context, right, left.env);
    return [tenant, other];
  }
  return [await inventoryOf(context, left), await inventoryOf(context, right)];
}

type Kept = Exclude<SideName, { is: "tenant" }>;

/** One side and a tenant, of which only those sources are read that the other side says something of. */
async function besideTenant(context: Context, side: Kept, env: string | undefined): Promise<[Inventory, Inventory]> {
  if (side.is === "file") {
    const kept = await fileSide(side.path);
    const names = new Set(kept.sources.map(({ name }) => name));
    const isSaid = (source: Record<string, unknown>) => names.has(String(source["name"]));
    return [kept, await readSide(context, env, kept.excerpt === true ? isSaid : undefined)];
  }
  const exported = await stackExport(side.stack, context.signal);
  const ids = new Map<string, string>();
  const names = new Set((await stackInventory(exported, side.stack, () => undefined)).sources.map(({ name }) => name));
  const live = await readSide(context, env, (source) => {
    ids.set(String(source["id"]), String(source["name"]));
    return names.has(String(source["name"])) || names.has(String(source["id"]));
  });
  const declared = await stackInventory(exported, titleOfStack(side.stack), (id) => ids.get(id));
  await noteUnstable(await context.session(env), declared, live);
  return [declared, live];
}

const titleOfStack = (stack: string): string => `stack ${stack}`;

function inventoryOf(context: Context, side: SideName): Promise<Inventory> {
  if (side.is === "tenant") return readSide(context, side.env);
  if (side.is === "file") return fileSide(side.path);
  return stackExport(side.stack, context.signal).then((exported) =>
    stackInventory(exported, titleOfStack(side.stack), () => undefined),
  );
}

async function readSide(
  context: Context,
  env: string | undefined,
  which?: (source: Record<string, unknown>) => boolean,
): Promise<Inventory> {
  const opened = await context.session(env);
  return context.progress.during(`Reading the sources of ${opened.tenant}`, (tell) =>
    readTenant(opened, {
      ...(which === undefined ? {} : { which }),
      onProgress: (done, of) => {
        tell(`${String(done)} of ${String(of)}`);
      },
    }),
  );
}

/** What a folder that was exported, or a file, holds. */
export async function fileSide(path: string): Promise<Inventory> {
  if (!(await isFolder(path))) return inventoryIn(await jsonFrom(path), path);
  const record = join(path, RECORD);
  const saved = await jsonFrom(record);
  if (!isSerialised(saved)) throw new UsageError(`${record} is not what \`pulumi-sailpoint export\` wrote.`);
  const { inventory, files } = deserialised(saved, `folder ${path}`);
  const changed: string[] = [];
  for (const [name, hash] of files) {
    if (isStackFile(name)) continue; // declares nothing
    const text = await textFrom(join(path, name)).catch((error: unknown) => {
      if (error instanceof UsageError) return undefined; // it is gone
      throw error;
    });
    if (text === undefined || hashOf(text) !== hash) changed.push(name);
  }
  if (changed.length > 0) {
    inventory.notes.push({
      source: path,
      title: changed.sort(byText).join(", "),
      why: "was changed since the export; what is compared is what was exported. stack:NAME compares a program as it was deployed",
    });
  }
  return inventory;
}

/** The sources in a file's content. */
export async function inventoryIn(content: unknown, path: string): Promise<Inventory> {
  try {
    return await savedInventory(content, path === "-" ? "standard input" : `file ${path}`);
  } catch (error) {
    if (error instanceof ProblemError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}

async function isFolder(path: string): Promise<boolean> {
  if (path === "-") return false;
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return false;
    throw error;
  }
}

/** The state of a stack, its secrets encrypted, by the Pulumi CLI in the folder where the command runs. */
function stackExport(stack: string, signal: AbortSignal): Promise<unknown> {
  const words = ["stack", "export", "--stack", stack, "--non-interactive"];
  return new Promise((resolve, reject) => {
    execFile("pulumi", words, { signal, maxBuffer: 1024 ** 3 }, (error, stdout, stderr) => {
      if (signal.aborted) reject(new CommandError("interrupted", "nothing was compared."));
      else if (error && "code" in error && error.code === "ENOENT") {
        reject(new UsageError("stack:NAME needs the Pulumi CLI, and there is no `pulumi` on the PATH."));
      } else if (error) {
        const why = stderr.trim().replace(/^error: /, "");
        reject(
          new UsageError(`The state of the stack ${stack} cannot be read (\`pulumi ${words.join(" ")}\`): ${why}`),
        );
      } else resolve(JSON.parse(stdout));
    });
  });
}
