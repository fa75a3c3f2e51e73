import { Server, ServerCredentials, type ServiceDefinition, type sendUnaryData, status } from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { CallError } from "./call-error";

/** One call of the protocol: the bytes of a request, and those of its answer. */
export type Unary = (request: Buffer) => Promise<Uint8Array>;
/** The calls that are served, by their names in the protocol: `Check`, `Diff` … */
export type Served = Readonly<Partial<Record<string, Unary>>>;

/** As large as Pulumi's own servers take them. */
const LARGEST_MESSAGE = 400 * 1024 * 1024;
const bytes = (buffer: Buffer): Buffer => buffer;

/**
 * Serves Pulumi's protocol on a port of this machine. What is not served is answered as unimplemented.
 *
 * @param load What does the work, loaded with the first call: the engine waits for the port.
 */
export async function listen(load: () => Promise<Served>): Promise<number> {
  let loaded: Promise<Served> | undefined;
  const served = () => (loaded ??= load());
  const server = new Server({
    "grpc.max_receive_message_length": LARGEST_MESSAGE,
    "grpc.max_send_message_length": LARGEST_MESSAGE,
  });
  const definition = Object.entries(ResourceProviderService);
  const service = Object.fromEntries(
    definition.map(([name, method]) => [
      name,
      { ...method, requestDeserialize: bytes, responseSerialize: (answer: Uint8Array) => Buffer.from(answer) },
    ]),
  ) as ServiceDefinition;
  const handlers = Object.fromEntries(
    definition
      .filter(([, { responseStream }]) => !responseStream)
      .map(([name, { path }]) => [name, handler(served, methodOf(path))]),
  );
  server.addService(service, handlers);
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
      if (error) reject(error);
      else resolve(port);
    });
  });
}

const methodOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

function handler(served: () => Promise<Served>, name: string) {
  const serve = async (request: Buffer): Promise<Uint8Array> => {
    const act = (await served())[name];
    if (act) return act(request);
    throw new CallError(status.UNIMPLEMENTED, `pulumi-sailpoint does not implement ${name}`);
  };
  return ({ request }: { request: Buffer }, callback: sendUnaryData<Uint8Array>): void => {
    serve(request).then(
      (answer) => callback(null, answer),
      (error: unknown) => {
        const { code, details, metadata } = error instanceof CallError ? error : broken(error);
        callback({ code, details, metadata }, null);
      },
    );
  };
}

function broken(error: unknown): CallError {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new CallError(
    status.UNKNOWN,
    `This is a mistake in pulumi-sailpoint; please report it with what follows.\n${stack}`,
  );
}
