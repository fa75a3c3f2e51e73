import { SIGNATURE } from "../../kinds/assets";
import type { SharedReferences } from "./references";
import type { Asked, SourceResources } from "./resources";

/** A whole program, in no language yet. */
export interface Program {
  /** What its project is called. */
  name: string;
  sources: readonly SourceResources[];
  shared: SharedReferences;
  asked: Asked;
}

/** A language that a program is exported in. */
export interface Language {
  /** The files of the program by their paths, without those that every project has. */
  files(program: Program): Map<string, string>;
  /** One source, for looking at, and the name of a file that would hold it. */
  shown(program: Program): readonly [path: string, text: string];
  /** What Pulumi.yaml says beside the project's name. */
  settings: string;
  /** What the program needs for working on it. */
  devDependencies: Readonly<Record<string, string>>;
  /** Why a key of the tenant's cannot stand in a program of this language, beyond {@link UNSAYABLE}. */
  unsayable?: (key: string) => string | undefined;
  /** Where sources are found, what becomes of a secret, and which other host it may have, for the README. */
  told: { sources: string; secrets: string; host?: string };
}

/** Keys that mean something to Pulumi, and stand in no program. */
export const UNSAYABLE: ReadonlyMap<string, string> = new Map([
  ["__proto__", "which Pulumi drops"],
  [SIGNATURE, "by which Pulumi marks its own values"],
]);

/** Pulumi.yaml's lines for a provider that came by npm. */
export const providerAt = (name: string, folder: string): string =>
  `plugins:\n  providers:\n    - name: ${name}\n      path: node_modules/pulumi-sailpoint/${folder}\n`;
