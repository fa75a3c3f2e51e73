/** For `npm run mutants`: the unit tests of the reconcile alone. */
const [unit] = require("./jest.config.js").projects;

module.exports = {
  ...unit,
  testMatch: ["<rootDir>/test/mutants/reconcile.test.js"],
  modulePathIgnorePatterns: [],
};
