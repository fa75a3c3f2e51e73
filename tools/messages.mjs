/**
 * Holds docs/guides/troubleshooting.md against the messages of the provider: each message is found there by some words of
 * it, and none is told that nobody says. Messages that begin with "Bug:" are never meant to be seen.
 */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { messagesOf } from "./docs/messages.mjs";
import { script, SetupFailure } from "./setup/failure.mjs";
import { root } from "./setup/places.mjs";

const page = "docs/guides/troubleshooting.md";

await script(async () => {
  const [ours = ""] = readFileSync(join(root, page), "utf8").split("These are Pulumi's own:");
  const parts = ours
    .split(/^## /m)
    .map((part) => ({ ofCommands: part.startsWith("Commands"), told: fragmentsOf(part) }));
  const untold = messagesOf().filter(({ file, text }) => {
    if (text.startsWith("Bug:")) return false;
    const fitting = parts.filter(({ ofCommands }) => !ofCommands || /\/src\/(cli|inventory)\//.test(file));
    return !fitting.some(({ told }) => told.some((fragment) => isIn(text, fragment)));
  });
  const told = parts.flatMap((part) => part.told);
  const sources = readdirSync(join(root, "provider/src"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => join("src", file))
    .concat("plugin/pulumi-resource-sailpoint")
    .map((file) => readFileSync(join(root, "provider", file), "utf8").replaceAll(/["`] \+\s+["`]/g, ""));
  const stale = told.filter((fragment) => !sources.some((text) => isIn(text, fragment)));
  const faults = [
    ...untold.map(({ file, text }) => `${file}: no line tells what to do about "${text}"`),
    ...stale.map((fragment) => `nothing says "${fragment}"`),
  ];
  if (faults.length > 0) throw new SetupFailure(`${page}:\n${faults.map((fault) => `  - ${fault}`).join("\n")}`);
});

/** What stands as code in the first column of the tables. @param {string} part */
function fragmentsOf(part) {
  return [...part.matchAll(/^\| (`.*?) +\|/gm)].flatMap(([, cell = ""]) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, fragment = ""]) => fragment),
  );
}

/** Whether the parts of a fragment, which `…` divides, are in a text in their order. @param {string} text @param {string} fragment */
function isIn(text, fragment) {
  let from = 0;
  for (const part of fragment.split("…").map((words) => words.trim())) {
    const at = text.indexOf(part, from);
    if (at === -1) return false;
    from = at + part.length;
  }
  return true;
}
