import { join } from "node:path";
import ts from "typescript";
import { root } from "../setup/places.mjs";
import { publicNames } from "./public-names.mjs";

/** @typedef {{ file: string, code: string }} Fragment */

/** What fragments take for granted: a line of each, by the name that they use. */
const assumed = {
  config: "const config: pulumi.Config",
  hr: "const hr: Source",
  ad: "const ad: Source",
  account: "const account: Schema",
  baseUrl: "const baseUrl: string",
  clientId: "const clientId: string",
  clientSecret: "const clientSecret: string",
  id: "const id: string",
  client: "const client: Client",
  connectorAttributes: "let connectorAttributes: Record<string, pulumi.Input<string>>",
};

/** Where a name comes from that a fragment does not import itself, the first that has it. */
const packages = {
  "pulumi-sailpoint": () => publicNames("provider", "src/index.ts"),
  "pulumi-sailpoint/api": () => publicNames("provider", "src/api/index.ts"),
  "sailpoint-simulator": () => publicNames("simulator", "src/index.ts"),
};

/**
 * Compiles fragments of TypeScript with the packages as they are. A fragment that leaves something out (`…`) is not for
 * the compiler. @param {readonly Fragment[]} all @returns {string[]} what is wrong, each with its page
 */
export function compileFragments(all) {
  const fragments = all.filter(({ code }) => !code.includes("…"));
  const exported = Object.entries(packages).map(
    ([name, names]) => /** @type {const} */ ([name, new Set(names().map((one) => one.name))]),
  );
  const files = new Map(
    fragments.map((fragment, i) => [join(root, "test", `fragment-${i}.ts`), whole(fragment, exported)]),
  );
  const { config } = ts.readConfigFile(join(root, "test/tsconfig.json"), (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, join(root, "test"));
  const own = { ...options, noEmit: true, composite: false, incremental: false, noUnusedLocals: false };
  const host = ts.createCompilerHost(own);
  const { readFile, fileExists, getSourceFile } = host;
  host.readFile = (path) => files.get(path) ?? readFile(path);
  host.fileExists = (path) => files.has(path) || fileExists(path);
  host.getSourceFile = (path, ...rest) => {
    const text = files.get(path);
    return text === undefined ? getSourceFile(path, ...rest) : ts.createSourceFile(path, text, ts.ScriptTarget.ESNext);
  };
  const program = ts.createProgram([...files.keys()], own, host);
  return [...files.keys()].flatMap((path, i) => {
    const source = program.getSourceFile(path);
    const [first] = source
      ? [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]
      : [];
    if (first === undefined) return [];
    const fault = ts.flattenDiagnosticMessageText(first.messageText, "\n");
    return [`${fragments[i]?.file ?? ""}: ${fault}\n${fragments[i]?.code ?? ""}`];
  });
}

/** The fragment with what it takes for granted before it. @param {Fragment} fragment @param {readonly (readonly [string, Set<string>])[]} exported */
function whole({ file, code }, exported) {
  const words = new Set(code.match(/[A-Za-z_$][\w$]*/g));
  const own = new Set(
    [...code.matchAll(/\b(?:const|let|class|function|interface|type)\s+(\w+)/g)].map(([, name]) => name),
  );
  for (const [, names = ""] of code.matchAll(/import (?:\* as (?:\w+)|\{[^}]*\})/g)) own.add(names);
  for (const [, list = ""] of code.matchAll(/(?:import|const) \{([^}]*)\}/g))
    for (const name of list.match(/\w+/g) ?? []) own.add(name);
  const lines = [];
  if (!/import \* as pulumi/.test(code)) lines.push('import * as pulumi from "@pulumi/pulumi";');
  const given = Object.entries(assumed).filter(([name]) => words.has(name) && !own.has(name));
  for (const name of given.flatMap(([, line]) => line.match(/\b[A-Z]\w+/g) ?? [])) words.add(name);
  const order = /client|api/.test(file)
    ? [...exported].sort(([a], [b]) => Number(b.endsWith("api")) - Number(a.endsWith("api")))
    : exported;
  /** @type {Set<string>} */
  const taken = new Set();
  for (const [from, names] of file.includes("simulator") ? [...order].reverse() : order) {
    const used = [...names].filter((name) => words.has(name) && !own.has(name) && !taken.has(name));
    for (const name of used) taken.add(name);
    if (used.length > 0) lines.push(`import { ${used.join(", ")} } from "${from}";`);
  }
  lines.push(...given.map(([, line]) => `declare ${line};`));
  return `${lines.join("\n")}\n${code}\nexport {};\n`;
}
