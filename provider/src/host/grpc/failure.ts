import { Metadata, status } from "@grpc/grpc-js";
import { SailPointError } from "../../api/errors";
import { ExplainedError, type HalfDoneError } from "../../lifecycle";
import type { JsonObject } from "../../reconcile";
import { ProblemError } from "../../tenant/problem";
import { toldOnce } from "../reported";
import { CallError } from "./call-error";
import { Any, ErrorResourceInitFailed, Status } from "./protocol";

/** What the engine is told of a problem, once where several resources have the same. A bug stays what it is. */
export function explained(error: unknown, told: (error: unknown) => unknown = (same) => same): unknown {
  if (error instanceof CallError) return error;
  const title = error instanceof ExplainedError ? error.title : "";
  const cause = told(error instanceof ExplainedError ? error.cause : error);
  const isProblem = error instanceof ExplainedError || cause instanceof ProblemError || cause instanceof SailPointError;
  return isProblem && cause instanceof Error ? new CallError(status.UNKNOWN, toldOnce(title, cause)) : cause;
}

/**
 * An object that is there although its creation did not come to its end: the engine keeps it in the state and updates
 * it the next time.
 */
export function halfDone(
  { id, reasons, properties }: HalfDoneError,
  sent: (properties: JsonObject) => Uint8Array,
): CallError {
  const value = ErrorResourceInitFailed.encode({
    id,
    properties: sent(properties),
    reasons,
    refreshBeforeUpdate: true,
  });
  const details = [Any.encode({ typeUrl: "type.googleapis.com/pulumirpc.ErrorResourceInitFailed", value })];
  const message = reasons.join("\n");
  const metadata = new Metadata();
  metadata.add("grpc-status-details-bin", Buffer.from(Status.encode({ code: status.UNKNOWN, message, details })));
  return new CallError(status.UNKNOWN, message, metadata);
}

/**
 * The engine takes another id for another object: it would import what the resource is already, and delete what the
 * resource has been, which is the same.
 */
export const importedAlready = (named: string, id: string): CallError =>
  new CallError(
    status.ALREADY_EXISTS,
    `${JSON.stringify(named)} is imported already. Take the option import out of the program, or write the id in it: ` +
      `import: ${JSON.stringify(id)}. Nothing was changed`,
  );
