/**
 * Four kinds of tests, one project each. Sources are compiled by swc on the fly; `ignoreDynamic` keeps
 * `import()` as it is, because got and other ES modules are loaded that way from CommonJS.
 */
const swc = [
  "@swc/jest",
  {
    jsc: { parser: { syntax: "typescript" }, target: "es2023", keepClassNames: true },
    module: { type: "commonjs", ignoreDynamic: true },
  },
];

const project = (name, extra = {}) => ({
  displayName: name,
  testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
  transform: { "^.+\\.ts$": swc },
  testEnvironment: "node",
  modulePathIgnorePatterns: ["<rootDir>/.cache/"],
  moduleNameMapper: {
    "^pulumi-sailpoint$": "<rootDir>/provider/src/index.ts",
    "^pulumi-sailpoint/dynamic$": "<rootDir>/provider/src/dynamic.ts",
    "^pulumi-sailpoint/api$": "<rootDir>/provider/src/api/index.ts",
    "^sailpoint-simulator$": "<rootDir>/simulator/src/index.ts",
  },
  ...extra,
});

module.exports = {
  projects: [
    project("unit"),
    project("contract"),
    project("engine", { globalSetup: "<rootDir>/test/engine/harness/engine.mjs" }),
  ],
  testTimeout: 240_000,
  maxWorkers: 2,
};
