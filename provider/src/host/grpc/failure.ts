import { Metadata, status } from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { ExplainedError, type HalfDoneError } from "../../lifecycle";
import type { JsonObject } from "../../reconcile";
import { ProblemError } from "../../tenant/problem";
import { toldOnce } from "../reported";
import { CallError } from "./call-error";

/** What the engine is told of a problem, once where several resources have the same. A bug stays what it is. */
export function explained(error: unknown, told: (error: unknown) => unknown): unknown {
  if (error instanceof CallError) return error;
  const title = error instanceof ExplainedError ? error.title : "";
  const cause = told(error instanceof ExplainedError ? error.cause : error);
  const isProblem = error instanceof ExplainedError || cause instanceof ProblemError;
  return isProblem && cause instanceof Error ? new CallError(status.UNKNOWN, toldOnce(title, cause)) : cause;
}

/**
 * An object that is there although its creation did not come to its end: the engine keeps it in the state and updates
 * it the next time.
 */
export function halfDone(
  { id, reasons, properties }: HalfDoneError,
  sent: (properties: JsonObject) => Struct,
): CallError {
  const failure = new ErrorResourceInitFailed()
    .setId(id)
    .setProperties(sent(properties))
    .setReasonsList(reasons)
    .setRefreshBeforeUpdate(true);
  const details = new Any();
  details.pack(failure.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const message = reasons.join("\n");
  const told = new Status().setCode(status.UNKNOWN).setMessage(message).setDetailsList([details]);
  const metadata = new Metadata();
  metadata.add("grpc-status-details-bin", Buffer.from(told.serializeBinary()));
  return new CallError(status.UNKNOWN, message, metadata);
}
