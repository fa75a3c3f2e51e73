const { mkdirSync, writeFileSync } = require("node:fs");
const { dirname } = require("node:path");

/** Writes how many tests passed and failed to a file. A test file that cannot be run is a failed test. */
module.exports = class Report {
  /** @param {unknown} _config @param {{ file: string }} options */
  constructor(_config, { file }) {
    this.file = file;
  }

  /** @param {unknown} _contexts @param {{ numPassedTests: number, numFailedTests: number, numRuntimeErrorTestSuites: number }} results */
  onRunComplete(_contexts, results) {
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    mkdirSync(dirname(this.file), { recursive: true });
    writeFileSync(this.file, JSON.stringify({ passed: results.numPassedTests, failed }));
  }
};
