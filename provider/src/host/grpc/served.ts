import {
  ConfigureRequest,
  CheckRequest,
  CreateRequest,
  DeleteRequest,
  DiffRequest,
  ReadRequest,
  UpdateRequest,
} from "@pulumi/pulumi/proto/provider_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { status } from "@grpc/grpc-js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Message } from "google-protobuf";
import { CallError } from "./call-error";
import type { Unary } from "./server";
import type { KindService } from "./service";

/** How a message of the protocol is read. */
export interface Readable<Request> {
  deserializeBinary(bytes: Uint8Array): Request;
}

/** A call by its message and by what it does. A message that cannot be read is refused; nothing is done. */
export function unary<Request>(type: Readable<Request>, act: (request: Request) => Message | Promise<Message>): Unary {
  return async (bytes) => (await act(parsed(type, bytes))).serializeBinary();
}

export function parsed<Request>(type: Readable<Request>, bytes: Uint8Array): Request {
  try {
    return type.deserializeBinary(bytes);
  } catch (error) {
    throw new CallError(status.INVALID_ARGUMENT, `This is no message of Pulumi's protocol: ${String(error)}`);
  }
}

/** The calls that both faces serve alike. */
export const kindsServed = (service: KindService, version: string) => ({
  Configure: unary(ConfigureRequest, (request) => service.configure(request)),
  Check: unary(CheckRequest, (request) => service.check(request)),
  Diff: unary(DiffRequest, (request) => service.diff(request)),
  Create: unary(CreateRequest, (request) => service.create(request)),
  Read: unary(ReadRequest, (request) => service.read(request)),
  Update: unary(UpdateRequest, (request) => service.update(request)),
  Delete: unary(DeleteRequest, (request) => service.delete(request)),
  Cancel: unary(Empty, () => service.cancel()),
  GetPluginInfo: unary(Empty, () => new PluginInfo().setVersion(version)),
});
