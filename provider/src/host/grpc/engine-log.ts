import { type ServiceError, credentials } from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";
import type { Report } from "../../tenant/report";

/** What is told, at the resource it is about. */
export type Reports = (urn: string) => Report;

/** Tells the engine, which shows each line with its resource, and a status in the resource's own row. */
export function engineReports(address: string | undefined): Reports {
  if (address === undefined) return () => spoken;
  const engine = new EngineClient(address, credentials.createInsecure());
  return (urn) => {
    const log = (severity: LogSeverity, message: string, ephemeral = false) => {
      const request = new LogRequest().setUrn(urn).setSeverity(severity).setMessage(message).setEphemeral(ephemeral);
      engine.log(request, (error: ServiceError | null) => {
        if (error) process.stderr.write(`${message}\n`);
      });
    };
    return {
      info: (line) => log(LogSeverity.INFO, line),
      warn: (line) => log(LogSeverity.WARNING, line),
      status: (line) => log(LogSeverity.INFO, line, true),
    };
  };
}

/** Without an engine, as when somebody starts the server by hand. */
const spoken: Report = {
  info: (line) => void process.stderr.write(`${line}\n`),
  warn: (line) => void process.stderr.write(`warning: ${line}\n`),
  status: (line) => void process.stderr.write(`${line}\n`),
};
