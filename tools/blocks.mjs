/**
 * Holds the code blocks of all pages to their language: what a reader copies is read by its shell, and TypeScript is
 * compiled with the packages. `…` stands for what a fragment leaves out, which is only read. Guides and README are run
 * besides.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { parseDocument } from "yaml";
import { blocksOf } from "./docs/blocks.mjs";
import { compileFragments } from "./docs/compiled.mjs";
import { script, SetupFailure } from "./setup/failure.mjs";
import { root } from "./setup/places.mjs";
import { tracked } from "./setup/tracked.mjs";

/** @type {Record<string, (code: string) => string | undefined>} */
const readers = {
  ts: program,
  js: program,
  json: (code) => yaml(code),
  yaml,
  sh: (code) => {
    const { status, stderr } = spawnSync("bash", ["-n"], { input: code, encoding: "utf8" });
    return status === 0 ? undefined : stderr.trim();
  },
};

await script(async () => {
  const files = tracked("*.md");
  const blocks = files.flatMap((file) =>
    blocksOf(readFileSync(join(root, file), "utf8")).map((block) => ({ ...block, file })),
  );
  const unread = blocks.flatMap((block) => {
    const fault = faultOf(block);
    return fault === undefined ? [] : [`${block.file}: ${fault}\n${block.code}`];
  });
  const faults = [...unread, ...compileFragments(blocks.filter(({ language }) => language === "ts"))];
  if (faults.length > 0) throw new SetupFailure(`Code blocks that cannot be read:\n\n${faults.join("\n")}`);
});

/** @param {import("./docs/blocks.mjs").Block} block */
function faultOf({ language, code }) {
  return readers[language]?.(code);
}

/** @param {string} code */
function program(code) {
  const { diagnostics = [] } = ts.transpileModule(code.replaceAll("…", ""), {
    reportDiagnostics: true,
    compilerOptions: { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext },
  });
  const [first] = diagnostics;
  return first === undefined ? undefined : ts.flattenDiagnosticMessageText(first.messageText, "\n");
}

/** JSON is YAML. @param {string} code */
function yaml(code) {
  return parseDocument(code.replaceAll("…", "")).errors[0]?.message;
}
