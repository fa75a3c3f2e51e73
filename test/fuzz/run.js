const { readFileSync } = require("node:fs");
const { transformSync } = require("@swc/core");

// Sources run as they are, without a build, and without a test runner, which would take several times as long.
require.extensions[".ts"] = (module, file) => {
  const { code } = transformSync(readFileSync(file, "utf8"), {
    filename: file,
    jsc: { parser: { syntax: "typescript" }, target: "es2022" },
    module: { type: "commonjs" },
    sourceMaps: "inline",
  });
  module._compile(code, file);
};

const { main } = require("./main.ts");
process.exitCode = main(process.env, (text) => process.stdout.write(`${text}\n`)) ? 0 : 1;
