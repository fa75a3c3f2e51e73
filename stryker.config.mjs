/**
 * `npm run mutants`: whether the unit tests of the reconcile notice when its code says something else. Each rule of the
 * merge decides what is overwritten on a tenant, so a line that no test holds is a line that may lose somebody's work.
 */
export default {
  mutate: ["provider/src/reconcile/**/*.ts"],
  testRunner: "jest",
  jest: { projectType: "custom", configFile: "jest.mutants.config.js", enableFindRelatedTests: false },
  coverageAnalysis: "perTest",
  concurrency: 1,
  timeoutMS: 10_000,
  ignoreStatic: true,
  incremental: true,
  incrementalFile: ".cache/mutants-incremental.json",
  tempDirName: ".cache/stryker",
  reporters: ["clear-text", "progress-append-only", "json"],
  jsonReporter: { fileName: ".cache/mutants.json" },
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  ignorePatterns: [".cache", "dist", "examples", "docs", "decisions", "simulator", "test/engine", "test/contract"],
  thresholds: { high: 95, low: 90, break: 90 },
};
