import { chmodSync, mkdtempSync, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import type { RunningTenant } from "sailpoint-simulator";
import { bin, run } from "../../contract/cli/support/command";
import { type Project, createProject } from "../harness";

const root = resolve(__dirname, "../../..");

/** A folder inside the repository, from which a project is made. */
export function scratchFolder(): string {
  const parent = join(root, ".cache/exports");
  mkdirSync(parent, { recursive: true });
  return mkdtempSync(join(parent, "e-"));
}

/** Exports a tenant, and makes a project with a stack of what came of it. */
export async function exportedProject(
  tenant: RunningTenant,
  words: string[] = [],
  env: Record<string, string> = {},
): Promise<{ project: Project; folder: string }> {
  const folder = join(scratchFolder(), "project");
  const exported = await run(["export", "--out", folder, ...words], { tenant });
  if (exported.code !== 0) throw new Error(exported.stderr);
  return { project: await projectFrom(folder, tenant, {}, env), folder };
}

/** A project of an exported folder, deployed to a tenant. */
export function projectFrom(
  folder: string,
  tenant: RunningTenant,
  secretConfig: Record<string, string> = {},
  env: Record<string, string> = {},
): Promise<Project> {
  return createProject({
    program: { folder: folder.slice(root.length + 1) },
    env: { ...tenant.env, SAIL_SETTLE_SECONDS: "0", ...env },
    stack: "exported",
    secretConfig,
  });
}

export const writesTo = (tenant: RunningTenant): string[] =>
  tenant
    .requests()
    .filter(({ method }) => method !== "GET")
    .map(({ method, path }) => `${method} ${path}`)
    .filter((line) => !line.includes("/oauth/token"));

export interface Compared {
  different: boolean;
  sources: {
    name: string;
    same: boolean;
    /** Those that could not be compared. */
    secrets: number;
    lastChange?: { by: string; what: string };
    objects: { title: string; differences: { path: string; left?: unknown; right?: unknown }[] }[];
  }[];
  notes: { source: string; title: string; why: string }[];
}

/** `compare stack:…`, as its user runs it in the project's folder. */
export async function comparedWithStack(project: Project): Promise<{ code: number; data: Compared }> {
  // A script is told `--stack NAME`.
  const command = `"${process.execPath}" "${bin}" compare "stack:$2" --json --html page.html`;
  project.write("compare.sh", `#!/bin/sh\nexec ${command}\n`);
  chmodSync(join(project.folder, "compare.sh"), 0o755);
  const { code, stdout } = await project.script("compare.sh", [], { expect: "any" });
  return { code, data: JSON.parse(stdout) as Compared };
}
