import { Metadata, type status } from "@grpc/grpc-js";

/** A failure as the protocol carries it. */
export class CallError extends Error {
  constructor(
    readonly code: status,
    readonly details: string,
    readonly metadata = new Metadata(),
  ) {
    super(details);
  }
}
