/**
 * Writes docs/commands.md from the commands' own definitions, docs/operations.md from the tables of operations,
 * docs/rights.md from that of rights, and the pages of functions, client and simulator from their docstrings: `npm run docs`. With --check it writes nothing and fails when a file is not what it would write.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import prettier from "prettier";
import { code, table } from "./docs/markdown.mjs";
import { operationsPage } from "./docs/operations.mjs";
import { referencePages } from "./docs/reference.mjs";
import { rightsPage } from "./docs/rights.mjs";
import { script, SetupFailure } from "./setup/failure.mjs";
import { root } from "./setup/places.mjs";

await script(async () => {
  const known = await definitions();
  const pages = {
    "docs/commands.md": document(known),
    "docs/operations.md": await operationsPage((name) =>
      known.specs.some((spec) => spec.name === name) ? commandOf(known.program, name) : undefined,
    ),
    "docs/rights.md": rightsPage(known.rights, known.kinds),
    ...referencePages(),
  };
  for (const [file, text] of Object.entries(pages)) await write(file, text);
});

/** @param {string} file @param {string} page */
async function write(file, page) {
  const path = join(root, file);
  const text = await prettier.format(page, { ...(await prettier.resolveConfig(path)), filepath: path });
  const now = existsSync(path) ? readFileSync(path, "utf8") : "";
  if (now === text) return;
  if (process.argv.includes("--check")) throw new SetupFailure(`${file} is not up to date: npm run docs writes it.`);
  mkdirSync(join(root, "docs"), { recursive: true });
  writeFileSync(path, text);
  process.stdout.write(`Wrote ${file}\n`);
}

/**
 * What is read of commander's definitions:
 * @typedef {{ description: string, argChoices?: string[], defaultValue?: unknown }} Part
 * @typedef {Part & { required: boolean, name(): string }} Argument
 * @typedef {Part & { flags: string, hidden: boolean, mandatory: boolean, long?: string }} Option
 * @typedef {{
 *   name(): string, summary(): string, description(): string,
 *   commands: Command[], options: Option[], registeredArguments: Argument[],
 *   createHelp(): { commandUsage(command: Command): string },
 * }} Command
 * @typedef {{ name: string, details?: string, examples: [string, string][] }} Spec
 * @typedef {{
 *   program: Command, specs: Spec[], exitCodes: { code: number, means: string }[],
 *   rights: import("./docs/rights.mjs").Table, kinds: import("./docs/rights.mjs").Kind[],
 * }} Definitions
 */

/** @returns {Promise<Definitions>} */
async function definitions() {
  /** @param {string} name */
  const load = async (name) => (await import(pathToFileURL(join(root, "provider/dist", `${name}.js`)).href)).default;
  const { createProgram } = await load("cli/program");
  const { commands } = await load("cli/commands");
  const { exitCodes } = await load("cli/exit-codes");
  const { rights } = await load("api/index");
  const { kinds } = await load("kinds/index");
  return {
    program: createProgram(() => Promise.resolve()),
    specs: commands,
    exitCodes: Object.values(exitCodes),
    rights,
    kinds: Object.values(kinds),
  };
}

/** @param {Definitions} definitions */
function document({ program, specs, exitCodes }) {
  const ofApi = specs.filter(({ name }) => name.startsWith("api "));
  const others = specs.filter((spec) => !ofApi.includes(spec));
  return `<!-- Written by \`npm run docs\` from the definitions in provider/src/cli. -->

# Commands

${program.description()} A source is named by its name or its id everywhere; a wrong name suggests the nearest.

\`\`\`sh
npx ${program.name()} list
\`\`\`

Which tenant, the environment of SailPoint's own tools says: \`SAIL_BASE_URL\`, \`SAIL_CLIENT_ID\` and
\`SAIL_CLIENT_SECRET\`. The secret is never an option, because other users of the machine could read it there.

Results are tables for people; long work shows how far it is and how long it has taken, on standard error. Colours are
for terminals only, and \`NO_COLOR\` turns them off there too. With \`--json\`, standard output is exactly one JSON
document, also for a failure: \`{ "error": { "kind", "message", … }, "exitCode" }\`. What \`--help\`, \`help\` and
\`--version\` print is text all the same.

## Options of every command

${optionTable(program)}

## Exit codes

${table(
  ["Code", "Meaning"],
  exitCodes.map(({ code, means }) => [String(code), means]),
)}

## The commands

${table(
  ["Command", "What it does"],
  others.map(({ name }) => [`[${name}](#${name.replaceAll(" ", "-")})`, commandOf(program, name).summary()]),
)}

${others.map((spec) => section(program, spec)).join("\n")}
## Every operation

\`${program.name()} api OPERATION --help\` shows an operation's options. A path parameter that names a source takes the
source's name too, and nothing is asked before a write; \`--body\` takes JSON, \`@FILE\`, or \`@-\` for standard input; \`--all\` reads all pages of a collection.

${table(
  ["Operation", "What it does", "API", "Options"],
  ofApi.map(({ name, details }) => {
    const command = commandOf(program, name);
    return [code(name.slice("api ".length)), command.summary(), details ?? "", flagsOf(command).map(code).join(" ")];
  }),
)}
`;
}

/** @param {Command} program @param {Spec} spec */
function section(program, { name, examples }) {
  const command = commandOf(program, name);
  const parts = command.registeredArguments;
  const usage = `${program.name()} ${name} ${
    command
      .createHelp()
      .commandUsage(command)
      .split(name.split(" ").at(-1) ?? "")
      .at(-1)
      ?.trim() ?? ""
  }`;
  const facts = [
    ...parts.map((part) => [code(part.required ? `<${part.name()}>` : `[${part.name()}]`), described(part)]),
    ...optionsOf(command).map((option) => [code(option.flags), described(option)]),
  ];
  return `### ${name}

\`\`\`text
${usage.trim()}
\`\`\`

${sentence(command.description())}

${facts.length === 0 ? "" : table(["Argument or option", "What it is"], facts)}

\`\`\`sh
${examples.map(([line, does]) => `# ${does}\n${program.name()} ${line}`).join("\n")}
\`\`\`
`;
}

/** @param {Command} program @param {string} name */
function commandOf(program, name) {
  let command = program;
  for (const word of name.split(" ")) {
    const next = command.commands.find((one) => one.name() === word);
    if (next === undefined) throw new Error(`There is no command ${name}.`);
    command = next;
  }
  return command;
}

/** @param {Command} command */
function optionsOf(command) {
  return command.options.filter(({ hidden }) => !hidden);
}

/** @param {Command} command */
function flagsOf(command) {
  return optionsOf(command).map(({ flags, mandatory }) => (mandatory ? flags : `[${flags}]`));
}

/** @param {Command} command */
function optionTable(command) {
  const rows = optionsOf(command).map((option) => [code(option.flags), described(option)]);
  return table(["Option", "What it is"], rows);
}

/** @param {Part} part */
function described(part) {
  const choices = part.argChoices === undefined ? "" : `; one of ${part.argChoices.map(code).join(", ")}`;
  // What `--no-…` turns off is on by default, which goes without saying.
  const told = part.defaultValue !== undefined && typeof part.defaultValue !== "boolean";
  const description = part.description.replaceAll("<", "\\<"); // else the site takes a placeholder for an element
  return `${description}${choices}${told ? ` (default: ${code(String(part.defaultValue))})` : ""}`;
}

/** The first line of a description has no capital and no full stop: it stands in lists. @param {string} text */
function sentence(text) {
  const [first = "", ...rest] = text.split("\n\n");
  return [`${first.charAt(0).toUpperCase()}${first.slice(1)}.`, ...rest].join(" ");
}
