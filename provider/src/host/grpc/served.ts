import { explained } from "./failure";
import {
  CheckRequest,
  CheckResponse,
  ConfigureRequest,
  ConfigureResponse,
  CreateRequest,
  CreateResponse,
  DeleteRequest,
  DiffRequest,
  DiffResponse,
  Empty,
  type Message,
  ReadRequest,
  ReadResponse,
  UpdateRequest,
  UpdateResponse,
} from "./protocol";
import type { Unary } from "./server";
import type { KindService } from "./service";

/** A call by its messages and by what it does. */
export function unary<Request, Response>(
  request: Message<Request>,
  response: Message<Response>,
  act: (request: Request) => Partial<Response> | Promise<Partial<Response>>,
): Unary {
  return async (bytes) => {
    try {
      return response.encode(await act(request.decode(bytes)));
    } catch (error) {
      throw explained(error);
    }
  };
}

/** The calls that both faces serve alike. */
export const kindsServed = (service: KindService) => ({
  Configure: unary(ConfigureRequest, ConfigureResponse, (request) => service.configure(request)),
  Check: unary(CheckRequest, CheckResponse, (request) => service.check(request)),
  Diff: unary(DiffRequest, DiffResponse, (request) => service.diff(request)),
  Create: unary(CreateRequest, CreateResponse, (request) => service.create(request)),
  Read: unary(ReadRequest, ReadResponse, (request) => service.read(request)),
  Update: unary(UpdateRequest, UpdateResponse, (request) => service.update(request)),
  Delete: unary(DeleteRequest, Empty, (request) => service.delete(request)),
  Cancel: unary(Empty, Empty, () => service.cancel()),
});
