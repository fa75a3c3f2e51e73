/**
 * `npm run mutants`: whether the unit tests of the reconcile, and of what walks a kind's tree of fields, notice when its
 * code says something else. Each rule of the merge decides what is overwritten on a tenant, so a line that no test holds
 * is a line that may lose somebody's work. What survives and why: decisions/mutants.md.
 */
export default {
  mutate: [
    "provider/src/reconcile/**/*.ts",
    "provider/src/kinds/tree/*.ts",
    "provider/src/kinds/imported.ts",
    "provider/src/lifecycle/check.ts",
    "provider/src/inventory/{canonical,secrecy}.ts",
  ],
  testRunner: "mocha",
  mochaOptions: { spec: ["test/mutants/suite.js"], require: ["./test/typescript.js"] },
  coverageAnalysis: "perTest",
  concurrency: 2,
  timeoutMS: 10_000,
  ignoreStatic: true,
  tempDirName: ".cache/stryker",
  reporters: ["clear-text", "progress-append-only", "json"],
  jsonReporter: { fileName: "reports/mutants.json" },
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  ignorePatterns: [
    ".cache",
    "reports",
    "dist",
    "examples",
    "docs",
    "decisions",
    "simulator",
    "test/engine",
    "test/contract",
  ],
  thresholds: { high: 95, low: 90, break: 90 },
};
