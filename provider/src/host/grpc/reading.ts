import { status } from "@grpc/grpc-js";
import { Reader } from "protobufjs/minimal";
import { CallError } from "./call-error";

/** Reads a message of the protocol. Bytes that are none are refused. */
export function reading<T>(bytes: Uint8Array, act: (reader: Reader) => T): T {
  try {
    return act(Reader.create(bytes));
  } catch (error) {
    throw new CallError(status.INVALID_ARGUMENT, `This is no message of Pulumi's protocol: ${String(error)}`);
  }
}
