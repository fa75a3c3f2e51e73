/**
 * The unit tests of what is mutated, under mocha: it keeps one process and its modules for all mutants, so that one takes
 * milliseconds, where jest starts anew for each. What the tests use of jest are its own packages.
 */
const { readdirSync } = require("node:fs");
const { join } = require("node:path");
const { expect } = require("expect");
const { bind } = require("jest-each");

// What `require("mocha")` gives are others than its globals.
const { describe, it } = globalThis;
Object.assign(globalThis, { expect, test: it });
for (const declare of [it, describe]) declare.each = bind(declare, false);

// Of the random cases a few: what the tables leave open, they find soon.
process.env.SAMPLE_RUNS = "100";

const unit = join(__dirname, "../unit");
const all = (room) => readdirSync(join(unit, room)).map((file) => `${room}/${file}`);
const walkers = ["inventory/canonical.test.ts", "inventory/secrecy.test.ts", "lifecycle/check.test.ts"];
for (const file of [...all("reconcile"), ...all("kinds"), ...walkers]) {
  if (file.endsWith(".test.ts")) describe(file, () => void require(join(unit, file)));
}
