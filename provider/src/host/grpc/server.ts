import { Server, ServerCredentials, type sendUnaryData, status } from "@grpc/grpc-js";
import { CallError } from "./call-error";
import { Empty, PluginInfo } from "./protocol";

/** One call of the protocol: the bytes of a request, and those of its answer. */
export type Unary = (request: Uint8Array) => Promise<Uint8Array>;
export type Served<Name extends string> = Readonly<Record<Name, Unary>>;

/** The calls that serve resources, and those of a package, by their names in the protocol. */
export const ofResources = ["Configure", "Check", "Diff", "Create", "Read", "Update", "Delete", "Cancel"] as const;
export const ofPackages = [...ofResources, "GetSchema", "GetMapping", "CheckConfig", "Invoke"] as const;
/** All calls of the protocol that are served by none, or by a package only. */
export const others = [
  ...["Handshake", "Parameterize", "DiffConfig", "Call", "Construct", "Attach", "GetMappings"],
  ...["GetSchema", "GetMapping", "CheckConfig", "Invoke"],
];

/** As large as Pulumi's own servers take them. */
const LARGEST_MESSAGE = 400 * 1024 * 1024;
export const SERVICE = "/pulumirpc.ResourceProvider/";
/** Messages are left as they are: who knows them reads and writes them. */
export const bytes = (buffer: Buffer): Buffer => buffer;

/**
 * Serves Pulumi's protocol on a port of this machine. What is not served is answered as unimplemented.
 *
 * @param names What is served.
 * @param version What the engine is told to be served.
 * @param load What does the work, loaded with the first call that needs it: the engine waits for the port, and starts a
 *   second process of a provider only to ask for its version.
 */
export async function listen<Name extends string>(
  names: readonly Name[],
  version: () => string,
  load: () => Promise<Served<Name>>,
): Promise<number> {
  let loaded: Promise<Served<Name>> | undefined;
  const calls: Record<string, Unary> = Object.fromEntries([
    ...others.map((name) => [name, unimplemented(name)] as const),
    ...names.map((name): [string, Unary] => [name, async (request) => (await (loaded ??= load()))[name](request)]),
  ]);
  // Nothing is under way where nothing was asked for.
  const { Cancel = nothing } = calls;
  calls["Cancel"] = (request) => (loaded ? Cancel(request) : nothing());
  calls["GetPluginInfo"] = () => Promise.resolve(PluginInfo.encode({ version: version() }));

  const server = new Server({
    "grpc.max_receive_message_length": LARGEST_MESSAGE,
    "grpc.max_send_message_length": LARGEST_MESSAGE,
  });
  const each = <T>(of: (name: string) => T) => Object.fromEntries(Object.keys(calls).map((name) => [name, of(name)]));
  server.addService(
    each(definition),
    each((name) => handler(calls[name] ?? nothing)),
  );
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
      if (error) reject(error);
      else resolve(port);
    });
  });
}

const unimplemented = (name: string) => () =>
  Promise.reject(new CallError(status.UNIMPLEMENTED, `pulumi-sailpoint does not implement ${name}`));

const nothing = () => Promise.resolve(Empty.encode({}));

const definition = (name: string) => ({
  path: SERVICE + name,
  requestStream: false,
  responseStream: false,
  requestSerialize: bytes,
  requestDeserialize: bytes,
  // The same bytes, as a Buffer, which is all that gRPC takes.
  responseSerialize: ({ buffer, byteOffset, byteLength }: Uint8Array) => Buffer.from(buffer, byteOffset, byteLength),
  responseDeserialize: bytes,
});

function handler(serve: Unary) {
  return ({ request }: { request: Buffer }, callback: sendUnaryData<Uint8Array>): void => {
    Promise.resolve(request)
      .then(serve)
      .then(
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
