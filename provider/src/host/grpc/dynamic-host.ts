import {
  CheckRequest,
  CreateRequest,
  DeleteRequest,
  DiffRequest,
  ReadRequest,
  UpdateRequest,
} from "@pulumi/pulumi/proto/provider_pb";
import type { Message } from "google-protobuf";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PROVIDER, dynamicFace, typeOf } from "./face";
import { foreign } from "./foreign";
import { type Readable, kindsServed, parsed } from "./served";
import type { Served, Unary } from "./server";
import { groundOf } from "./ground";
import { KindService } from "./service";
import { StockHost } from "./stock-host";

/**
 * Serves our kinds as dynamic resources, in place of Pulumi's own host, and hands it those of other packages.
 *
 * @param args Those that the engine started the process with.
 */
export function dynamicHost(args: readonly string[]): Served {
  const stock = new StockHost(args);
  process.on("exit", () => stock.end());
  const service = new KindService(groundOf(dynamicFace, args));
  const { Configure, Cancel, ...rest } = kindsServed(service, versionOfProgram());
  const theirs = foreign(stock);
  return {
    ...rest,
    Configure(bytes) {
      stock.configuration = bytes;
      return Configure(bytes);
    },
    async Cancel(bytes) {
      const [done] = await Promise.all([Cancel(bytes), stock.isRunning ? stock.call("Cancel", bytes) : undefined]);
      return done;
    },
    Check: either(
      CheckRequest,
      (request) => request.getNews(),
      (request) => service.check(request),
      theirs.check,
    ),
    Diff: either(
      DiffRequest,
      (request) => request.getNews(),
      (request) => service.diff(request),
      theirs.diff,
    ),
    Create: either(CreateRequest, propertiesOf, (request) => service.create(request), theirs.create),
    Read: either(ReadRequest, propertiesOf, (request) => service.read(request), theirs.read),
    Update: either(
      UpdateRequest,
      (request) => request.getNews(),
      (request) => service.update(request),
      theirs.update,
    ),
    Delete: either(DeleteRequest, propertiesOf, (request) => service.delete(request), theirs.delete),
  };
}

const propertiesOf = (request: { getProperties(): Struct | undefined }) => request.getProperties();

/** A call about one resource, by whose it is: the properties name who handles it. */
function either<Request extends { getUrn(): string }>(
  type: Readable<Request>,
  about: (request: Request) => Struct | undefined,
  ours: (request: Request) => Message | Promise<Message>,
  theirs: (request: Request) => Promise<Uint8Array>,
): Unary {
  return async (bytes) => {
    const request = parsed(type, bytes);
    const provider = about(request)?.getFieldsMap().get(PROVIDER)?.getStringValue();
    const isOurs = dynamicFace.kindOf(typeOf(request.getUrn()), provider === undefined ? {} : { [PROVIDER]: provider });
    return isOurs ? (await ours(request)).serializeBinary() : theirs(request);
  };
}

/** As Pulumi's own host tells it: the SDK's that the program uses. */
function versionOfProgram(): string {
  const file = createRequire(join(process.cwd(), "index.js")).resolve("@pulumi/pulumi/package.json");
  const { version } = JSON.parse(readFileSync(file, "utf8")) as { version: string };
  return version;
}
