import { type Expression, Said, visible } from "./expression";
import { type Language, type Program, providerAt } from "./language";
import { identifier } from "./names";
import type { SharedReferences } from "./references";
import type { Resource, SourceResources } from "./resources";

/** One file for each source, the shared references as constants of another. */
export const typescript: Language = {
  files: ({ sources, shared }) =>
    new Map([
      ...sources.map((source): [string, string] => [`sources/${source.resource}.ts`, sourceFile(source, shared)]),
      ...(shared.all.length === 0 ? [] : [["references.ts", referencesFile(shared)] as const]),
      ["index.ts", indexFile(sources)],
      ["tsconfig.json", JSON.stringify(TSCONFIG)],
    ]),
  shown: ({ sources, shared }: Program) => ["source.ts", sources.map((one) => sourceFile(one, shared)).join("\n")],
  settings: `runtime: nodejs\n# A plain \`pulumi preview\` shows drift, and a plain \`pulumi up\` repairs it.\n${providerAt("pulumi-nodejs", "host")}`,
  devDependencies: { typescript: "^5.9.0" },
  told: {
    sources: "one file each in `sources/`",
    secrets:
      "Each is read from the configuration: as long as it was never set, it is not declared,\n" +
      "and the tenant keeps the one that it has. Once set, it is managed, and taking it out of the configuration is a change.",
    host: "For Pulumi's own, write `options: { refresh: always }` in the place of `plugins`.",
  },
};

function sourceFile({ resource, all, references, asks }: SourceResources, shared: SharedReferences): string {
  const variable = variableOf(resource, shared);
  const [source, ...children] = all;
  const statements = [
    `export const ${variable} = ${creation(source, variable)};`,
    ...children.map((child) => `${creation(child, variable)};`),
  ];
  const classes = [...new Set(all.map(({ kind }) => kind.name))].sort();
  return [
    ...(asks ? [`import * as pulumi from "@pulumi/pulumi";`] : []),
    `import { ${classes.join(", ")} } from "pulumi-sailpoint";`,
    ...(references.size === 0 ? [] : [`import { ${[...references].sort().join(", ")} } from "../references";`]),
    "",
    ...(asks ? ["const config = new pulumi.Config();", ""] : []),
    statements.join("\n\n"),
    "",
  ].join("\n");
}

function creation({ name, kind, properties, imported, isProtected }: Resource, source: string): string {
  const words = [text(name), printed(properties, source)];
  const options = {
    ...(isProtected ? { protect: true } : {}),
    ...(imported === undefined ? {} : { import: imported }),
  };
  if (Object.keys(options).length > 0) words.push(printed(options));
  return `new ${kind.name}(${words.join(", ")})`;
}

/** A variable that no import of the same file has. */
function variableOf(resource: string, shared: SharedReferences): string {
  const name = identifier(resource);
  return name === "config" || shared.all.some(([constant]) => constant === name) ? `${name}Source` : name;
}

/** The file of what several sources refer to. */
const referencesFile = ({ all }: SharedReferences): string =>
  [
    "/** Objects of the tenant that several sources refer to, by names that are the same on every tenant. */",
    "",
    ...all.map(([name, reference]) => `export const ${name} = ${printed(reference)};`),
    "",
  ].join("\n");

const indexFile = (sources: readonly SourceResources[]): string =>
  sources.length === 0
    ? "export {};\n"
    : sources.map(({ resource }) => `import ${text(`./sources/${resource}`)};\n`).join("");

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

/** As TypeScript; `source` is the variable of the source. How it is broken into lines is Prettier's. */
export function printed(expression: Expression, source = ""): string {
  if (expression instanceof Said) return wordsOf(expression, source);
  if (typeof expression === "string") return text(expression);
  if (Array.isArray(expression)) return `[${expression.map((member) => printed(member, source)).join(", ")}]`;
  if (expression === null || typeof expression !== "object") return JSON.stringify(expression);
  const members = Object.entries(expression).map(([key, value]) => `${keyText(key)}: ${printed(value, source)}`);
  if (members.length === 0) return "{}";
  // Prettier leaves an object on several lines that begins on a line of its own; others it breaks where they are too long.
  return Object.values(expression).every(isSmall) ? `{ ${members.join(", ")} }` : `{\n${members.join(",\n")},\n}`;
}

function wordsOf({ is, name }: Said, source: string): string {
  switch (is) {
    case "reference":
      return name;
    case "secret":
      return `config.getSecret(${text(name)})`;
    case "value":
      return `config.require(${text(name)})`;
    case "source":
      return source;
  }
}

const isSmall = (value: Expression): boolean =>
  typeof value !== "object" ||
  value === null ||
  value instanceof Said ||
  (!Array.isArray(value) && Object.keys(value).length === 1 && Object.values(value).every(isSmall));

/** JSON's escapes are TypeScript's. */
const text = (value: string): string => visible(JSON.stringify(value));

/** `__proto__: …` would set what the object inherits. */
const keyText = (key: string): string =>
  key === "__proto__" ? `["__proto__"]` : /^[A-Za-z_$][\w$]*$/.test(key) ? key : text(key);
