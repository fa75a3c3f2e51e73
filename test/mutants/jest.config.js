/** For `npm run mutants`. */
const [unit] = require("../../jest.config.js").projects;

module.exports = {
  ...unit,
  rootDir: "../..",
  testMatch: ["<rootDir>/test/mutants/reconcile.test.js"],
  modulePathIgnorePatterns: [],
};
