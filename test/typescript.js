/**
 * Lets Node run the repository's TypeScript as it is, for programs beside the tests:
 * `node --require ./test/typescript.js test/faults/main.ts`. Types are checked by `npm run types`, not here.
 */
const { transformFileSync } = require("@swc/core");

const options = {
  swcrc: false,
  sourceMaps: "inline",
  jsc: { parser: { syntax: "typescript" }, target: "es2023", keepClassNames: true },
  module: { type: "commonjs", ignoreDynamic: true },
};

require.extensions[".ts"] = (module, file) => {
  module._compile(transformFileSync(file, options).code, file);
};
