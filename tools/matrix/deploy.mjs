import { mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { engineEnvironment } from "../setup/engine.mjs";
import { run } from "../setup/run.mjs";

/** @typedef {import("./cells.mjs").Cell} Cell */

const declared = `
const source = new Source("hr", {
  name: "HR Feed",
  owner: { alias: "slpt.services" },
  connector: "delimited-file",
  connectorAttributes: { delimiter: ",", password: pulumi.secret("what opens the file") },
});
new Schema("hr-account", { source, name: "account", attributes: [{ name: "id", type: "STRING" }] });
`;
const imports = `import * as pulumi from "@pulumi/pulumi";\nimport { Schema, Source } from "pulumi-sailpoint";\n`;
const requires = `const pulumi = require("@pulumi/pulumi");\nconst { Schema, Source } = require("pulumi-sailpoint");\n`;
const typed = `${imports}${declared}export const type: pulumi.Output<string> = source.type;\n`;
const tsconfig = JSON.stringify({
  compilerOptions: {
    ...{ strict: true, target: "ES2022", module: "Node16", moduleResolution: "Node16" },
    ...{ skipLibCheck: true, outDir: "bin", rootDir: "." },
  },
  files: ["index.ts"],
});

/** @type {Record<Cell["program"], { files: Record<string, string>, main: string, compiled?: true }>} */
const programs = {
  TypeScript: { files: { "index.ts": typed, "tsconfig.json": tsconfig }, main: "index.ts" },
  "compiled TypeScript": {
    files: { "index.ts": typed, "tsconfig.json": tsconfig },
    main: "bin/index.js",
    compiled: true,
  },
  CommonJS: { files: { "index.js": `${requires}${declared}exports.type = source.type;\n` }, main: "index.js" },
  "ES module": { files: { "index.js": `${imports}${declared}export const type = source.type;\n` }, main: "index.js" },
};

/**
 * Deploys, previews and destroys a program in a folder where all is installed. Tells what went wrong, if anything.
 * @param {string} folder
 * @param {{ cell: Cell, engine: import("../setup/engine.mjs").Engine, node: string, tsc: string, env: Record<string, string> }} where
 */
export async function deploy(folder, { cell, engine, node, tsc, env }) {
  const { files, main, compiled } = programs[cell.program];
  const state = join(folder, "state");
  mkdirSync(state);
  const typescript = main.endsWith(".ts");
  const project = `name: cell\nmain: ${main}\nruntime:\n  name: nodejs\n  options: { typescript: ${typescript} }\noptions:\n  refresh: always\n`;
  for (const [name, text] of Object.entries({ ...files, "Pulumi.yaml": project }))
    writeFileSync(join(folder, name), text);
  const environment = {
    ...engineEnvironment(engine, { ...process.env, PATH: `${node}${delimiter}${process.env.PATH ?? ""}` }),
    ...env,
    HOME: folder,
    PULUMI_HOME: join(folder, "home"),
    PULUMI_BACKEND_URL: `file://${state}`,
    PULUMI_CONFIG_PASSPHRASE: "of no importance",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    NO_COLOR: "1",
  };
  // The engine starts `node` too: the cell's is the first on PATH.
  environment.PATH = `${node}${delimiter}${environment.PATH}`;
  const commands = [
    ...(compiled ? [[process.execPath, tsc, "--project", folder]] : []),
    [engine.pulumi, "stack", "init", "dev"],
    [engine.pulumi, "up", "--yes", "--skip-preview", "--stack", "dev"],
    [engine.pulumi, "preview", "--expect-no-changes", "--stack", "dev"],
    [engine.pulumi, "destroy", "--yes", "--skip-preview", "--stack", "dev"],
  ];
  for (const [file = "", ...args] of commands) {
    const { code, output } = await run(file, args, { cwd: folder, env: environment, timeoutMs: 300_000 });
    if (code !== 0) return `${file} ${args.join(" ")} ended with exit code ${code}:\n${output}`;
  }
  return undefined;
}
