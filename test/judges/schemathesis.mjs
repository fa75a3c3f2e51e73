import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cloneCache } from "../../tools/setup/places.mjs";
import { run } from "../../tools/setup/run.mjs";
import { creatable, idOf, prefixOf, readDocument, rows } from "./document.mjs";
import { prepare } from "./objects.mjs";

/** @typedef {import("./objects.mjs").Objects} Objects */
/** @typedef {import("./document.mjs").Json} Json */
/** @typedef {{ bin: string, env: Record<string, string>, file: string, examples: number }} Options */

const checks = ["not_a_server_error", "response_schema_conformance", "content_type_conformance", "use_after_free"];
const folder = join(cloneCache, "judges/run");

/**
 * Has schemathesis test every operation that the simulator serves, by an OpenAPI document of the API: first each alone,
 * on objects that exist, with good and bad requests; then in sequences, which create, use and delete. An operation
 * counts as one test, and so do the sequences.
 * @param {Options} options
 */
export async function schemathesis({ bin, env, file, examples }) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const document = readDocument(file);
  const objects = await prepare(env);
  const url = `${env["SAIL_BASE_URL"]}${prefixOf(document)}`;
  const common = ["--url", url, "--checks", checks.join(","), "--max-examples", String(examples), "--seed", "1"];
  const labels = [...rows(document)].map(({ label }) => label);

  const alone = await judge(bin, "alone", document, onExisting(document, objects), [
    ...common,
    "--phases",
    "examples,coverage,fuzzing",
  ]);
  const steps = "\n[phases.stateful]\nmax-steps = 25\n";
  const sequences = await judge(bin, "sequences", creatable(document, objects), `${settingsOf(objects)}${steps}`, [
    ...common,
    "--phases",
    "stateful",
    "--mode",
    "positive",
  ]);
  const verdicts = [
    ...labels.map((label) => alone.cases.get(label) === "passed"),
    sequences.code === 0 && [...sequences.cases.values()].includes("passed"),
  ];
  // A failure that belongs to no operation, such as a document that it cannot read.
  if (alone.code !== 0 && !verdicts.includes(false)) verdicts.push(false);
  const untested = labels.filter((label) => !["passed", "failed"].includes(alone.cases.get(label) ?? ""));
  if (untested.length > 0) process.stdout.write(`Not tested: ${untested.join(", ")}\n`);
  return { passed: verdicts.filter(Boolean).length, failed: verdicts.filter((good) => !good).length };
}

/** @param {string} bin @param {string} name @param {Json} document @param {string} settings @param {string[]} options */
async function judge(bin, name, document, settings, options) {
  writeFileSync(join(folder, `${name}.json`), JSON.stringify(document));
  writeFileSync(join(folder, `${name}.toml`), settings);
  const report = join(folder, `${name}.xml`);
  const output = ["--report", "junit", "--report-junit-path", report, "--output-truncate", "false", "--no-color"];
  const all = [...options, ...output, "--warnings", "off", "--continue-on-failure"];
  const args = ["--config-file", `${name}.toml`, "run", `${name}.json`, ...all];
  const onLine = (/** @type {string} */ line) => process.stdout.write(`${line}\n`);
  const { code } = await run(join(bin, "schemathesis"), args, { cwd: folder, env: process.env, onLine });
  return { code, cases: casesOf(existsSync(report) ? readFileSync(report, "utf8") : "") };
}

/** Settings by which each operation works on an object that exists. @param {Json} document @param {Objects} objects */
function onExisting(document, objects) {
  const texts = [...rows(document)].map(({ path, operation }) => {
    const parameters = Object.entries(existing(path, idOf(operation), objects));
    const lines = parameters.map(([name, value]) => `${text(`path.${name}`)} = ${text(value)}\n`);
    if (lines.length === 0) return "";
    return `\n[[operations]]\ninclude-operation-id = ${text(operation["operationId"])}\n[operations.parameters]\n${lines.join("")}`;
  });
  return `${settingsOf(objects)}${texts.join("")}`;
}

/** @param {string} path @param {string} id @param {Objects} objects @returns {Record<string, string>} */
function existing(path, id, objects) {
  const [, collection = ""] = path.split("/");
  const bySubtype = id.endsWith("Subtype") ? objects.doomed.subtype : objects.subtype;
  if (collection === "source-subtypes") return path.includes("{") ? { subtypeId: bySubtype } : {};
  if (id === "deleteProvisioningPolicyById") return { sourceId: objects.doomed.source, id: objects.doomed.policy };
  if (id.endsWith("PolicyById")) {
    return { sourceId: objects.directory, ...(path.endsWith("{id}") ? { id: objects.policy } : {}) };
  }
  if (collection === "task-status") return { id: objects.task };
  if (collection === "connectors") return path.includes("{") ? { scriptName: "active-directory" } : {};
  if (collection !== "sources") {
    const known = /** @type {Record<string, string>} */ (objects.lookUps)[collection];
    return path.includes("{") && known !== undefined ? { id: known } : {};
  }
  if (id === "deleteSource") return { id: objects.doomed.source };
  if (id === "deleteSourceSchema") return { sourceId: objects.doomed.source, schemaId: objects.doomed.schema };
  const ofFiles = /\/(schemas\/(accounts|entitlements)|load-[a-z-]+)$/.test(path);
  return {
    ...(/\{(id|sourceId)\}/.test(path)
      ? { [path.includes("{id}") ? "id" : "sourceId"]: ofFiles ? objects.file : objects.directory }
      : {}),
    ...(path.includes("{schemaId}") ? { schemaId: objects.schema } : {}),
  };
}

/** @param {Objects} objects */
function settingsOf({ authorization }) {
  const headers = { Authorization: authorization, "X-SailPoint-Experimental": "true" };
  const lines = Object.entries(headers).map(([name, value]) => `${text(name)} = ${text(value)}\n`);
  return `[headers]\n${lines.join("")}`;
}

/** A string of JSON is one of TOML too. @param {string} value */
const text = (value) => JSON.stringify(value);

/** How each test case of a JUnit report ended. @param {string} report */
function casesOf(report) {
  const pattern = /<testcase name="([^"]*)"[^>]*?(?:\/>|>([^]*?)<\/testcase>)/g;
  return new Map(
    [...report.matchAll(pattern)].map(([, name = "", inside = ""]) => [
      name,
      /<(failure|error)\b/.test(inside) ? "failed" : inside.includes("<skipped") ? "skipped" : "passed",
    ]),
  );
}
