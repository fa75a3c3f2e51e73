/** The unit tests of the reconcile, for `npm run mutants`: the tables, without the random cases, which take too long. */
const [unit] = require("../jest.config.js").projects;

module.exports = {
  ...unit,
  rootDir: "..",
  testMatch: ["<rootDir>/test/unit/reconcile/**/*.test.ts"],
  testPathIgnorePatterns: ["properties\\.test\\.ts$"],
  modulePathIgnorePatterns: [],
};
