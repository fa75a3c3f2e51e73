/**
 * As much of a language host as an import asks of that for TypeScript. The one that can be built here (tools/) is of a
 * time when it wrote no programs; this has Pulumi's own generator write them: writes-typescript.mjs GENERATOR SCHEMA
 */
import { execFileSync } from "node:child_process";
import { Server, ServerCredentials } from "@grpc/grpc-js";
import grpc from "@pulumi/pulumi/proto/language_grpc_pb.js";
import messages from "@pulumi/pulumi/proto/language_pb.js";

const [generator = "", schema = ""] = process.argv.slice(2);
const unary = Object.entries(grpc.LanguageRuntimeService).filter(([, { responseStream }]) => !responseStream);
const server = new Server();
server.addService(grpc.LanguageRuntimeService, {
  // An empty answer is one to each of them.
  ...Object.fromEntries(unary.map(([name, { responseType: Answer }]) => [name, (_, done) => done(null, new Answer())])),
  generateProgram({ request }, done) {
    const [[, input = ""] = []] = [...request.getSourceMap().entries()];
    const response = new messages.GenerateProgramResponse();
    response.getSourceMap().set("index.ts", execFileSync(generator, [schema, "-"], { input }));
    done(null, response);
  },
});
server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (_, port) => process.stdout.write(`${port}\n`));
