import * as pulumi from "@pulumi/pulumi";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const PACKAGE = "pulumi-sailpoint";

/** The folders from which it was found; a program changes its folder rarely, and makes many resources. */
const found = new Set<string>();

/**
 * Pulumi's provider process looks for this package from the program's folder upward. Where only a library of the program
 * depends on it, as a workspace of pnpm keeps apart, it would find nothing, and say no more than that.
 */
export function requireResolvableProvider(): void {
  // A program that runs in a process of its author's own need not be where its provider process is.
  if (/[\\/]cmd[\\/]run[\\/]/.test(require.main?.filename ?? "")) requireResolvable(process.cwd());
}

/** Throws where the package cannot be found from this folder. */
export function requireResolvable(folder: string): void {
  if (found.has(folder)) return;
  const places = createRequire(join(folder, "index.js")).resolve.paths(PACKAGE) ?? [];
  if (!places.some((place) => existsSync(join(place, PACKAGE, "package.json")))) {
    throw new pulumi.RunError(
      `${PACKAGE} cannot be found from ${folder}, where Pulumi's provider process looks for it: a library depends on it, ` +
        `and the program itself must too. Add ${PACKAGE} to the dependencies in the program's own package.json, and install`,
    );
  }
  found.add(folder);
}
