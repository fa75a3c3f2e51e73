import { Client, credentials } from "@grpc/grpc-js";
import type { Report } from "../../tenant/report";
import { LogRequest, LogSeverity } from "./protocol";
import { bytes } from "./server";

/** What is told, at the resource it is about. */
export type Reports = (urn: string) => Report;

/** Tells the engine, which shows each line with its resource, and a status in the resource's own row. */
export function engineReports(address: string | undefined): Reports {
  if (address === undefined) return () => spoken;
  const engine = new Client(address, credentials.createInsecure());
  return (urn) => {
    const log = (severity: number, message: string, ephemeral = false) => {
      const request = Buffer.from(LogRequest.encode({ urn, severity, message, ephemeral }));
      engine.makeUnaryRequest("/pulumirpc.Engine/Log", bytes, bytes, request, (error) => {
        if (error) process.stderr.write(`${message}\n`);
      });
    };
    return {
      info: (line) => log(LogSeverity.info, line),
      warn: (line) => log(LogSeverity.warning, line),
      status: (line) => log(LogSeverity.info, line, true),
    };
  };
}

/** Without an engine, as when somebody starts the server by hand. */
const spoken: Report = {
  info: (line) => void process.stderr.write(`${line}\n`),
  warn: (line) => void process.stderr.write(`warning: ${line}\n`),
  status: (line) => void process.stderr.write(`${line}\n`),
};
