// A program of its own that reads one source: NODE_EXTRA_CA_CERTS is read when Node starts.
const { join } = require("node:path");
const { transformFileSync } = require("@swc/core");

require.extensions[".ts"] = (module, file) => {
  const { code } = transformFileSync(file, {
    jsc: { parser: { syntax: "typescript" }, target: "es2023" },
    module: { type: "commonjs", ignoreDynamic: true },
  });
  module._compile(code, file);
};
const { createClient } = require(join(__dirname, "../../../../provider/src/api/index.ts"));

const client = createClient({ baseUrl: process.argv[2], clientId: "id", clientSecret: "secret" });
client
  .call("getSource", { id: "1" })
  .then(
    (answer) => console.log(JSON.stringify(answer)),
    (error) => console.log(error.message),
  )
  .finally(() => client.close());
