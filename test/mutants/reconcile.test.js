/**
 * All tests of the reconcile in one file: each mutant starts jest once, and starting it for each file takes most of the
 * time. Of the random cases a few: what the tables leave open, they find soon.
 */
const { readdirSync } = require("node:fs");
const { join } = require("node:path");

process.env.SAMPLE_RUNS = "100";
const folder = join(__dirname, "../unit/reconcile");
for (const file of readdirSync(folder)) require(join(folder, file));
