const { join } = require("node:path");
const { projects, ...rest } = require("../../jest.config.js");

const rootDir = join(__dirname, "../..");

/** Apart from the tests, because it takes long. It prints what it does itself, row by row. */
module.exports = {
  ...rest,
  rootDir,
  projects: [{ ...projects[0], displayName: "fuzz", rootDir, testMatch: ["<rootDir>/test/fuzz/**/*.test.ts"] }],
};
