import { createHash } from "node:crypto";
import type { Session } from "../../tenant/session";
import type { Inventory, Note } from "../inventory";
import { type Origin, serialised } from "../serialised";
import { formatted } from "./format";
import type { Language } from "./language";
import { slug } from "./names";
import { type ProgramOptions, programOf } from "./program";
import { readme } from "./readme";
import type { Asked } from "./resources";
import { typescript } from "./typescript";
import { printedYaml, yaml } from "./yaml";

const LANGUAGES = { typescript, yaml } as const satisfies Record<string, Language>;

export type LanguageName = keyof typeof LANGUAGES;
export const languageNames = Object.keys(LANGUAGES) as LanguageName[];

export interface PrintOptions extends Omit<ProgramOptions, "language"> {
  language: LanguageName;
}

export interface ProjectOptions extends PrintOptions {
  /** The tenant's address, for the stack's file. */
  baseUrl: string;
  /** The tenant's name: the stack is called after it. */
  tenant: Session["tenant"];
  /** The version of this package that the program asks for. */
  version: string;
}

/** A file by its path in the project, with slashes. */
export type ProjectFiles = Map<string, string>;

export interface ExportedProject {
  files: ProjectFiles;
  origin: Origin;
  stack: string;
  asked: Asked;
  notes: Note[];
}

/** What `export` remembers in the project: what it read, for compare and restore, and what it wrote. */
export const RECORD = "export.json";

export const isStackFile = (path: string): boolean => /^Pulumi\..+\.yaml$/.test(path);

/** A Pulumi project that declares the inventory. The same inventory gives the same bytes. */
export async function projectOf(inventory: Inventory, options: ProjectOptions): Promise<ExportedProject> {
  const { name, tenant, baseUrl, version, imports } = options;
  const language = LANGUAGES[options.language];
  const { program, notes } = programOf(inventory, { ...options, language });
  const { asked, sources } = program;
  const stack = slug(tenant) || "tenant";
  const files: ProjectFiles = new Map([
    ...language.files(program),
    ["Pulumi.yaml", printedYaml({ name, description: DESCRIPTION }) + language.settings],
    [`Pulumi.${stack}.yaml`, `config:\n  sailpoint:baseUrl: ${JSON.stringify(baseUrl)}\n`],
    ["package.json", packageFile(version, language)],
    [".gitignore", "node_modules/\n"],
    ["README.md", readme({ name, tenant, stack, asked, notes, sources: sources.length, imports, told: language.told })],
  ]);
  for (const [path, text] of files) files.set(path, await formatted(path, text));
  const { host } = new URL(baseUrl);
  files.set(RECORD, serialised(inventory, host, new Map([...files].map(([path, text]) => [path, hashOf(text)]))));
  return { files, origin: { title: inventory.title, host }, stack, asked, notes };
}

/** One source as a program, for looking at. */
export async function printedSource(inventory: Inventory, options: PrintOptions): Promise<string> {
  const language = LANGUAGES[options.language];
  const { program } = programOf(inventory, { ...options, language }, false);
  return formatted(...language.shown(program));
}

export const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");

const DESCRIPTION = "The sources of a SailPoint Identity Security Cloud tenant";

const packageFile = (version: string, { devDependencies }: Language): string =>
  JSON.stringify({
    private: true,
    dependencies: { "@pulumi/pulumi": "^3.248.0", "pulumi-sailpoint": `^${version}` },
    ...(Object.keys(devDependencies).length === 0 ? {} : { devDependencies }),
  });
