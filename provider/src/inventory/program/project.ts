import { createHash } from "node:crypto";
import type { Session } from "../../tenant/session";
import { type Inventory, type Note, byText } from "../inventory";
import { serialised } from "../serialised";
import { declaration } from "./declared";
import { printed } from "./expression";
import { formatted } from "./format";
import { slug, slugs } from "./names";
import { readme } from "./readme";
import { sharedReferences } from "./references";
import { type Asked, type SourceProgram, referencesFile, sourceFile } from "./source-file";
import { type Template, beyond, scriptName } from "./templates";

export interface ProjectOptions {
  /** The tenant's address, for the stack's file. */
  baseUrl: string;
  /** The tenant's name: the stack is called after it. */
  tenant: Session["tenant"];
  /** The version of this package that the program asks for. */
  version: string;
  /** What a new source of each connector has anyway, which is left out. None: all is kept. */
  templates?: ReadonlyMap<string, Template> | undefined;
}

/** A file by its path in the project, with slashes. */
export type ProjectFiles = Map<string, string>;

export interface ExportedProject {
  files: ProjectFiles;
  stack: string;
  asked: Asked;
  notes: Note[];
}

/** What `export` remembers in the project: what it read, for compare and restore, and what it wrote. */
export const RECORD = "export.json";

/** A Pulumi project that declares the inventory. The same inventory gives the same bytes. */
export async function projectOf(inventory: Inventory, options: ProjectOptions): Promise<ExportedProject> {
  const { programs, notes } = programsOf(inventory, options.templates);
  const shared = sharedReferences(
    programs.flatMap(({ objects }) => objects.map(({ inputs, entry }) => ({ inputs, fields: entry.kind.fields }))),
  );
  const asked: Asked = { secrets: [], values: [] };
  const keys = new Set<string>();
  const stack = slug(options.tenant) || "tenant";
  const files: ProjectFiles = new Map();
  for (const program of programs) files.set(`sources/${program.resource}.ts`, sourceFile(program, shared, keys, asked));
  if (shared.all.length > 0) files.set("references.ts", referencesFile(shared));
  files.set("index.ts", indexFile(programs));
  files.set("Pulumi.yaml", PROJECT_FILE);
  files.set(`Pulumi.${stack}.yaml`, `config:\n  sailpoint:baseUrl: ${JSON.stringify(options.baseUrl)}\n`);
  files.set("package.json", packageFile(options.version));
  files.set("tsconfig.json", JSON.stringify(TSCONFIG));
  files.set(".gitignore", "node_modules/\n");
  files.set("README.md", readme({ tenant: options.tenant, stack, asked, notes, sources: programs.length }));
  for (const [path, text] of files) files.set(path, await formatted(path, text));
  files.set(RECORD, serialised(inventory, new Map([...files].map(([path, text]) => [path, hashOf(text)]))));
  return { files, stack, asked, notes };
}

/** One source as a file of a program, for looking at. */
export async function printedSource(inventory: Inventory, templates?: ReadonlyMap<string, Template>): Promise<string> {
  const none = sharedReferences([]);
  const texts = programsOf(inventory, templates).programs.map((program) =>
    sourceFile(program, none, new Set(), { secrets: [], values: [] }),
  );
  return formatted("source.ts", texts.join("\n"));
}

export const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");

function programsOf(inventory: Inventory, templates: ReadonlyMap<string, Template> | undefined) {
  const notes = [...inventory.notes];
  const names = slugs(
    inventory.sources.map(({ name }) => name),
    "source",
  );
  const programs = inventory.sources.flatMap((source): SourceProgram[] => {
    const { name } = source;
    const template = templates?.get(scriptName(source.inputs["connector"]));
    const declaredOf = (entry: typeof source | (typeof source.children)[number]) => {
      const { inputs, notes: told } = declaration(name, entry, inventory);
      notes.push(...told);
      return inputs;
    };
    const inputs = declaredOf(source);
    if (inputs === undefined) {
      notes.push({ source: name, title: "all of it", why: "without its source nothing of it can be declared" });
      return [];
    }
    const children = source.children.flatMap((entry) => {
      const declared = declaredOf(entry);
      return declared === undefined ? [] : [{ entry, inputs: declared }];
    });
    const resource = names.get(name) ?? "source";
    return [{ source: name, resource, objects: [{ entry: source, inputs: beyond(inputs, template) }, ...children] }];
  });
  notes.sort(
    (left, right) =>
      byText(left.source, right.source) || byText(left.title, right.title) || byText(left.why, right.why),
  );
  return { programs: programs.sort((left, right) => byText(left.resource, right.resource)), notes };
}

const indexFile = (programs: readonly SourceProgram[]): string =>
  programs.length === 0
    ? "export {};\n"
    : programs.map(({ resource }) => `import ${printed(`./sources/${resource}`)};\n`).join("");

const PROJECT_FILE = `name: sailpoint-sources
description: The sources of a SailPoint Identity Security Cloud tenant
runtime: nodejs
# A plain \`pulumi preview\` shows drift, and a plain \`pulumi up\` repairs it.
options:
  refresh: always
`;

const packageFile = (version: string): string =>
  JSON.stringify({
    name: "sailpoint-sources",
    private: true,
    dependencies: { "@pulumi/pulumi": "^3.248.0", "pulumi-sailpoint": `^${version}` },
    devDependencies: { typescript: "^5.9.0" },
  });

const TSCONFIG = {
  compilerOptions: {
    target: "ES2022",
    module: "Node16",
    moduleResolution: "Node16",
    strict: true,
    skipLibCheck: true,
    noEmit: true,
  },
  include: ["*.ts", "sources/*.ts"],
};
