import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { SetupFailure } from "../setup/failure.mjs";
import { root } from "../setup/places.mjs";
import { doors } from "./doors.mjs";
import { code, table } from "./markdown.mjs";

/**
 * @typedef {{ name(): string, options: { long?: string }[] }} Command
 * @typedef {(name: string) => Command | undefined} FindCommand
 * @typedef {{ id: string, path: string }} Served
 * @typedef {{
 *   method: string, path: string, number: number, versions: readonly string[], experimentalIn: readonly string[],
 * }} Called
 * @typedef {(version: string, path: string, number?: number) => string} PathIn
 * @typedef {{ path: string, text: string }} File
 */

/**
 * docs/operations.md: where every operation lies in each form of the API; and for those of the Sources API, how a user
 * reaches it, and which tests drive it. Taken from the tables and the files themselves; an empty cell is a failure.
 * @param {FindCommand} command
 */
export async function operationsPage(command) {
  const { operations: served } = /** @type {{ operations: Served[] }} */ (await load("simulator/dist/operations.js"));
  const api = /** @type {{ operations: Record<string, Called>, versions: readonly string[], pathIn: PathIn }} */ (
    await load("provider/dist/api/index.js")
  );
  const called = api.operations;
  const listed = [...Object.keys(called), ...served.map(({ id }) => id)].filter((id) => {
    const { path } = called[id] ?? served.find((row) => row.id === id) ?? { path: "" };
    return path.startsWith("/sources");
  });
  const world = {
    command,
    sources: filesBelow("provider/src"),
    tests: filesBelow("test/contract", "test/engine"),
  };
  const rows = [...new Set([...Object.keys(doors), ...listed])].map((id) => ({
    id,
    simulator: served.some((row) => row.id === id) ? "yes" : "",
    door: doorCell(id, world),
    test: testCell(id, world),
  }));
  const empty = rows.flatMap((row) =>
    Object.entries(row).flatMap(([column, cell]) => (cell === "" ? [`${row.id}: ${column}`] : [])),
  );
  if (empty.length > 0) throw new SetupFailure(`Empty cells in the table of operations:\n  ${empty.join("\n  ")}`);
  return `<!-- Written by \`npm run docs\` from the tables of operations, tools/docs/doors.mjs and the tests. -->

# Operations

Every operation is reached by the typed client, \`client.call("getSource", { id })\`, and by
\`pulumi-sailpoint api OPERATION\` ([commands](commands.md#every-operation)).

## Where each lies

Below the base URL, in an annual version (\`VERSION\`: one of those named; all: v3 to v2026) and in the per-service form
(\`apiVersion: services\`; see [versions](configuration.md#versions-of-the-api)). A version that an operation is not in
refuses it before anything is sent. Where SailPoint calls an operation experimental, it wants a header: the client sends
it in every version, since it is harmless elsewhere.

${table(
  ["Operation", "", "Annual", "in", "Per service", "Header wanted by"],
  Object.entries(called).map(([id, operation]) => [code(id), operation.method, ...placeCells(operation, api)]),
)}

## The ${rows.length} operations of the Sources API

${table(
  ["Operation", "Simulator", "Doors", "Tests"],
  rows.map(({ id, simulator, door, test }) => [code(id), simulator, door, test]),
)}
`;
}

/**
 * Annual path and versions, path of the per-service form, and where the header is wanted; a dash where there is none.
 * @param {Called} operation @param {{ versions: readonly string[], pathIn: PathIn }} api
 */
function placeCells({ path, number, versions, experimentalIn }, { versions: all, pathIn }) {
  const annual = versions.filter((version) => version !== "services");
  const isIn = annual.length === all.length - 1 ? "all" : annual.join(", ");
  const some = annual.length > 0;
  return [
    some ? code(pathIn("VERSION", path)) : "–",
    some ? isIn : "–",
    versions.includes("services") ? code(pathIn("services", path, number)) : "–",
    experimentalIn.length === 0 ? "–" : experimentalIn.join(", "),
  ];
}

/** @param {string} id @param {{ command: FindCommand, sources: File[] }} world */
function doorCell(id, { command, sources }) {
  return (doors[id] ?? [])
    .map((door) => {
      const [kind = "", name = ""] = split(door);
      const entry = kind === "command" ? entryOfCommand(name, command, sources) : entryInProgram(kind, name, sources);
      if (entry === undefined) throw new SetupFailure(`tools/docs/doors.mjs: there is no ${door} (${id}).`);
      if (entry !== "every operation" && !reaches(entry, id, sources)) {
        throw new SetupFailure(`tools/docs/doors.mjs: the ${door} (${entry}) never calls ${id}.`);
      }
      return `${kind} ${code(name)}`;
    })
    .join(", ");
}

/** @param {string} kind @param {string} name @param {File[]} sources */
function entryInProgram(kind, name, sources) {
  const faces = ["provider/src/index.ts", "provider/src/resources/index.ts"];
  const isExported = sources.some(({ path, text }) => faces.includes(path) && new RegExp(`\\b${name}\\b`).test(text));
  if (!isExported) return undefined;
  if (kind === "function") return "provider/src/resources/functions.ts";
  const file = `provider/src/kinds/${name.replace(/(?!^)[A-Z]/g, "-$&").toLowerCase()}.ts`;
  return sources.some(({ path }) => path === file) ? file : undefined;
}

/** @param {string} name with its options @param {FindCommand} command @param {File[]} sources */
function entryOfCommand(name, command, sources) {
  const words = name.split(" ").filter((word) => !word.startsWith("--"));
  const found = command(words.join(" "));
  const known = new Set(found?.options.map(({ long }) => long));
  if (found === undefined || !name.split(" ").every((word) => words.includes(word) || known.has(word))) {
    return undefined;
  }
  if (words[0] === "api") return "every operation";
  return sources.find(
    ({ path, text }) => path.startsWith("provider/src/cli/") && text.includes(`name: "${words.join(" ")}"`),
  )?.path;
}

/** Whether a file, or one that it imports, names an operation. @param {string} entry @param {string} id @param {File[]} sources */
function reaches(entry, id, sources) {
  const waiting = [entry];
  const seen = new Set(waiting);
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const { text = "" } = sources.find((file) => file.path === path) ?? {};
    if (text.includes(`"${id}"`)) return true;
    for (const [, specifier = ""] of text.matchAll(/from "(\.[^"]*)"/g)) {
      const module = join(dirname(path), specifier);
      const next = [`${module}.ts`, `${module}/index.ts`].find((file) => sources.some((known) => known.path === file));
      if (next === undefined || seen.has(next) || next.startsWith("provider/src/api/")) continue;
      seen.add(next);
      waiting.push(next);
    }
  }
  return false;
}

/**
 * The test that drives the operation by the client, and those of its doors; empty where one is missing.
 * @param {string} id @param {{ tests: File[] }} world
 */
function testCell(id, { tests }) {
  const endToEnd = /^test\/contract\/api\/(operations\.test|rows\/.*)\.ts$/;
  const byClient = tests.find(({ path, text }) => endToEnd.test(path) && text.includes(`"${id}"`));
  const byDoors = (doors[id] ?? [])
    .filter((door) => !door.startsWith("command api "))
    .map((door) => testOfDoor(door, tests));
  const found = [byClient, ...byDoors];
  if (found.includes(undefined)) return "";
  const paths = new Set(found.map((file) => file?.path ?? ""));
  return [...paths].map((path) => `[${path.replace(/^test\//, "")}](../${path})`).join(", ");
}

/** @param {string} door @param {File[]} tests */
function testOfDoor(door, tests) {
  const [kind, name = ""] = split(door);
  const isNamed = {
    command: (/** @type {string} */ text) => name.split(" ").every((word) => text.includes(`"${word}"`)),
    function: (/** @type {string} */ text) => new RegExp(`\\b${name}(Output)?\\(`).test(text),
    resource: (/** @type {string} */ text) => new RegExp(`kind: "${name}"|new (\\w+\\.)?${name}\\(`).test(text),
  }[kind ?? ""];
  const folder = kind === "command" ? "test/contract/cli/" : "test/engine/";
  const fitting = tests.filter(({ path, text }) => path.startsWith(folder) && isNamed?.(text));
  return fitting.find(({ path }) => path.endsWith("/lifecycle/entries.ts")) ?? fitting[0];
}

/** @param {string} door */
function split(door) {
  const space = door.indexOf(" ");
  return [door.slice(0, space), door.slice(space + 1)];
}

/** @param {string[]} folders @returns {File[]} */
function filesBelow(...folders) {
  return folders
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((name) => join(folder, name)),
    )
    .filter((path) => path.endsWith(".ts"))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
}

/** A compiled module. @param {string} path @returns {Promise<unknown>} */
async function load(path) {
  return (await import(pathToFileURL(join(root, path)).href)).default;
}
