/**
 * All tables of the reconcile in one file: each mutant starts jest once, and starting it for each file takes most of the
 * time. The random cases are left out; they take too long to be run for each mutant.
 */
const { readdirSync } = require("node:fs");
const { join } = require("node:path");

const folder = join(__dirname, "../unit/reconcile");
for (const file of readdirSync(folder)) if (file !== "properties.test.ts") require(join(folder, file));
