import { PROVIDER, dynamicFace, typeOf } from "./face";
import type { foreign } from "./foreign";
import { groundOf } from "./ground";
import {
  CheckRequest,
  CreateRequest,
  DeleteRequest,
  DiffRequest,
  type Message,
  ReadRequest,
  UpdateRequest,
} from "./protocol";
import { kindsServed } from "./served";
import type { Served, Unary, ofResources } from "./server";
import { KindService } from "./service";
import { StockHost } from "./stock-host";
import { textAt } from "./values";

/**
 * Serves our kinds as dynamic resources, in place of Pulumi's own host, and hands it those of other packages.
 *
 * @param args Those that the engine started the process with.
 */
export function dynamicHost(args: readonly string[]): Served<(typeof ofResources)[number]> {
  const stock = new StockHost(args);
  process.on("exit", () => stock.end());
  const ours = kindsServed(new KindService(groundOf(dynamicFace, args)));
  const theirs = (act: keyof Foreign) => async (bytes: Uint8Array) =>
    (await import("./foreign.js")).foreign(stock)[act](bytes);
  return {
    Configure(bytes) {
      stock.configuration = bytes;
      return ours.Configure(bytes);
    },
    async Cancel(bytes) {
      const [done] = await Promise.all([ours.Cancel(bytes), stock.isRunning ? stock.call("Cancel", bytes) : undefined]);
      return done;
    },
    Check: either(CheckRequest, ({ news }) => news, ours.Check, theirs("check")),
    Diff: either(DiffRequest, ({ news }) => news, ours.Diff, theirs("diff")),
    Create: either(CreateRequest, ({ properties }) => properties, ours.Create, theirs("create")),
    Read: either(ReadRequest, ({ properties }) => properties, ours.Read, theirs("read")),
    Update: either(UpdateRequest, ({ news }) => news, ours.Update, theirs("update")),
    Delete: either(DeleteRequest, ({ properties }) => properties, ours.Delete, theirs("delete")),
  };
}

type Foreign = ReturnType<typeof foreign>;

/** A call about one resource, by whose it is: the properties name who handles it. */
function either<Request extends { urn: string }>(
  type: Message<Request>,
  about: (request: Request) => Uint8Array,
  ours: Unary,
  theirs: Unary,
): Unary {
  return (bytes) => {
    const request = type.decode(bytes);
    const provider = textAt(about(request), PROVIDER);
    const isOurs = dynamicFace.kindOf(typeOf(request.urn), provider === undefined ? {} : { [PROVIDER]: provider });
    return isOurs ? ours(bytes) : theirs(bytes);
  };
}
