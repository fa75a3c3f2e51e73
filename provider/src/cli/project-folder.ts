import { createHash, randomUUID } from "node:crypto";
import { mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { parseDocument } from "yaml";
import { slugs } from "../inventory/program/names";
import { type ExportedProject, RECORD, type ProjectFiles, isStackFile } from "../inventory/program/project";
import { type Origin, type Saved, deserialised, isSerialised } from "../inventory/serialised";
import { makeFolder } from "../tenant/make-folder";
import { UsageError } from "./failure";
import { jsonFrom } from "./options";

export interface Written {
  written: string[];
  removed: string[];
}

type Recorded = Pick<Saved, "files" | "origin">;
const NOTHING: Recorded = { files: new Map() };

/**
 * Puts a project into a folder. A new folder appears whole or not at all. One that is there stays the same folder: in it
 * a file is written over, or removed, only where it is as an export wrote it; `force` writes over all the same, and
 * removes nothing of others.
 */
export async function putProject(
  folder: string,
  { files, origin }: Pick<ExportedProject, "files" | "origin">,
  force: boolean,
): Promise<Written> {
  const path = resolve(folder);
  const content = await contentOf(path);
  const { files: recorded, origin: former = origin } =
    content?.includes(RECORD) === true ? await recordIn(path) : NOTHING;
  if (former.host !== origin.host && !force) {
    throw new UsageError(
      `The folder ${folder} holds an export of ${told(former)}, and this is one of ${told(origin)}.\nNothing was written. ` +
        "--force puts this one in its place; or choose another folder.",
    );
  }
  const plan = await planFor(path, files, recorded);
  if (plan.foreign.length > 0 && !force) {
    throw new UsageError(
      `These files in ${folder} were changed since they were exported, or are not of an export:\n  ` +
        `${plan.foreign.sort().join("\n  ")}\nNothing was written. --force writes over them; or choose another folder.`,
    );
  }
  // Beside the folder, so that the last step is one renaming on the same disk.
  makeFolder(dirname(path));
  const scratch = join(dirname(path), `.${basename(path)}-${randomUUID()}`);
  await mkdir(scratch);
  try {
    for (const name of plan.write) await put(join(scratch, name), files.get(name) ?? "");
    if (content === undefined) await rename(scratch, path);
    else {
      for (const name of plan.write) {
        makeFolder(dirname(join(path, name)));
        await rename(join(scratch, name), join(path, name));
      }
      for (const name of plan.remove) await rm(join(path, name), { force: true });
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  return { written: plan.write.filter((name) => name !== RECORD), removed: plan.remove };
}

/**
 * What a folder's project is called: as it is already, else after the folder. Pulumi tells stacks by the project's name,
 * so two exports of one name would share theirs, and each `pulumi up` would delete what the other one has.
 */
export async function projectName(folder: string | undefined): Promise<string> {
  if (folder === undefined) return NAMELESS;
  const path = resolve(folder);
  const there: unknown = parseDocument((await textOf(join(path, "Pulumi.yaml"))) ?? "").get("name");
  if (typeof there === "string" && PROJECT_NAME.test(there)) return there;
  const base = basename(path);
  return slugs([base], NAMELESS).get(base) ?? NAMELESS;
}

const NAMELESS = "sailpoint-sources";

/** What Pulumi takes for one. */
const PROJECT_NAME = /^[\w.-]{1,100}$/;

/** Nothing where there is no such folder. */
async function contentOf(path: string): Promise<string[] | undefined> {
  try {
    return await readdir(path);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

const told = ({ title, host }: Origin): string => `${title} (${host})`;

/** What an earlier export wrote. */
async function recordIn(path: string): Promise<Recorded> {
  const file = join(path, RECORD);
  const saved = await jsonFrom(file);
  if (!isSerialised(saved)) throw new UsageError(`${file} is not what an export wrote: choose another folder.`);
  return deserialised(saved, file);
}

interface Plan {
  write: string[];
  remove: string[];
  /** Files that somebody else would lose. */
  foreign: string[];
}

async function planFor(path: string, files: ProjectFiles, recorded: ReadonlyMap<string, string>): Promise<Plan> {
  const plan: Plan = { write: [], remove: [], foreign: [] };
  for (const [name, text] of files) {
    const now = await textOf(join(path, name));
    const isOurs = now === undefined || name === RECORD || hashOf(now) === recorded.get(name);
    const stays = isStackFile(name) ? baseUrlIn(now) === baseUrlIn(text) : isPackageFile(name, recorded) && !isOurs;
    if (now === text || stays) continue;
    plan.write.push(name);
    if (!isOurs) plan.foreign.push(name);
  }
  for (const [name, hash] of recorded) {
    if (files.has(name)) continue;
    const now = await textOf(join(path, name));
    // What somebody changed of a source that is gone by now is theirs.
    if (now !== undefined && hashOf(now) === hash) plan.remove.push(name);
  }
  // The record comes last: until it is there, an interrupted export is seen as one.
  plan.write.sort((left, right) => Number(left === RECORD) - Number(right === RECORD));
  return plan;
}

/** Pulumi keeps its own in the file of a stack: the salt of its secrets, what was configured. It stays. */
const baseUrlIn = (text = ""): unknown => parseDocument(text).getIn(["config", "sailpoint:baseUrl"]);

/** npm keeps its own in the package file that an export has written: what was installed since. It stays. */
const isPackageFile = (name: string, recorded: ReadonlyMap<string, string>): boolean =>
  name === "package.json" && recorded.has(name);

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR")) {
      return undefined;
    }
    throw error;
  }
}

async function put(path: string, text: string): Promise<void> {
  makeFolder(dirname(path));
  await writeFile(path, text);
}

const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");
