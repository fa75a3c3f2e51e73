/**
 * Kinds of tests, one project each. Sources are compiled by swc on the fly; `ignoreDynamic` keeps `import()` as it
 * is, because got and other ES modules are loaded that way from CommonJS.
 *
 * TEST_BUILT=1 tests the compiled packages instead of their sources; TEST_REPORT=FILE writes the counts to a file.
 */
const { TEST_BUILT, TEST_REPORT } = process.env;

const swc = [
  "@swc/jest",
  {
    jsc: { parser: { syntax: "typescript" }, target: "es2023", keepClassNames: true },
    module: { type: "commonjs", ignoreDynamic: true },
  },
];

const [folder, extension] = TEST_BUILT ? ["dist", "js"] : ["src", "ts"];

const project = (name, extra = {}) => ({
  displayName: name,
  testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
  transform: { "^.+\\.ts$": swc },
  testEnvironment: "node",
  modulePathIgnorePatterns: ["<rootDir>/.cache/", "<rootDir>/templates/"],
  moduleNameMapper: {
    "^pulumi-sailpoint$": `<rootDir>/provider/${folder}/index.${extension}`,
    "^pulumi-sailpoint/dynamic$": `<rootDir>/provider/${folder}/dynamic.${extension}`,
    "^pulumi-sailpoint/api$": `<rootDir>/provider/${folder}/api/index.${extension}`,
    "^sailpoint-simulator$": `<rootDir>/simulator/${folder}/index.${extension}`,
    // Tests that look into a room name its source file; the same room of the compiled package is tested in its stead.
    ...(TEST_BUILT ? { "^(?:\\.\\./)+(provider|simulator)/src/(.*)$": "<rootDir>/$1/dist/$2" } : {}),
  },
  ...extra,
});

const engine = { globalSetup: "<rootDir>/test/engine/harness/engine.mjs" };

module.exports = {
  projects: [
    project("unit"),
    project("contract"),
    project("engine", engine),
    project("packed", engine),
    project("guides", engine),
  ],
  testTimeout: 240_000,
  maxWorkers: 2,
  reporters: ["default", ...(TEST_REPORT ? [["<rootDir>/test/report.js", { file: TEST_REPORT }]] : [])],
};
