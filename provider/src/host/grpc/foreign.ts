import { Metadata } from "@grpc/grpc-js";
import {
  type CheckRequest,
  CheckResponse,
  type CreateRequest,
  CreateResponse,
  type DeleteRequest,
  type DiffRequest,
  ErrorResourceInitFailed,
  type ReadRequest,
  ReadResponse,
  type UpdateRequest,
  UpdateResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { annotated, withoutSecrets } from "./annotate";
import { CallError } from "./call-error";
import type { StockHost } from "./stock-host";

/**
 * Dynamic resources of other packages, which go to Pulumi's own host. The engine deals with that host as with one that
 * knows neither secrets nor previews; since it deals with us as with one that knows both, we do here what it would do.
 */
export const foreign = (stock: StockHost) => ({
  check: async (request: CheckRequest): Promise<Uint8Array> => {
    const news = request.getNews();
    request.setOlds(withoutSecrets(request.getOlds())).setNews(withoutSecrets(news));
    const response = CheckResponse.deserializeBinary(await stock.call("Check", request.serializeBinary()));
    return response.setInputs(annotated(response.getInputs(), news)).serializeBinary();
  },
  diff: (request: DiffRequest): Promise<Uint8Array> => {
    request
      .setOlds(withoutSecrets(request.getOlds()))
      .setNews(withoutSecrets(request.getNews()))
      .setOldInputs(withoutSecrets(request.getOldInputs()));
    return stock.call("Diff", request.serializeBinary());
  },
  create: async (request: CreateRequest): Promise<Uint8Array> => {
    const properties = request.getProperties();
    if (request.getPreview()) return new CreateResponse().setProperties(properties).serializeBinary();
    request.setProperties(withoutSecrets(properties));
    const answer = await stock.call("Create", request.serializeBinary()).catch(annotatedFailure(properties));
    const response = CreateResponse.deserializeBinary(answer);
    return response.setProperties(annotated(response.getProperties(), properties)).serializeBinary();
  },
  read: async (request: ReadRequest): Promise<Uint8Array> => {
    const [properties, inputs] = [request.getProperties(), request.getInputs()];
    request.setProperties(withoutSecrets(properties)).setInputs(withoutSecrets(inputs));
    const answer = await stock.call("Read", request.serializeBinary()).catch(annotatedFailure(properties));
    const response = ReadResponse.deserializeBinary(answer);
    return response
      .setProperties(annotated(response.getProperties(), properties))
      .setInputs(annotated(response.getInputs(), inputs))
      .serializeBinary();
  },
  update: async (request: UpdateRequest): Promise<Uint8Array> => {
    const news = request.getNews();
    if (request.getPreview()) return new UpdateResponse().setProperties(news).serializeBinary();
    request
      .setOlds(withoutSecrets(request.getOlds()))
      .setNews(withoutSecrets(news))
      .setOldInputs(withoutSecrets(request.getOldInputs()));
    const answer = await stock.call("Update", request.serializeBinary()).catch(annotatedFailure(news));
    const response = UpdateResponse.deserializeBinary(answer);
    return response.setProperties(annotated(response.getProperties(), news)).serializeBinary();
  },
  delete: (request: DeleteRequest): Promise<Uint8Array> => {
    request.setProperties(withoutSecrets(request.getProperties())).setOldInputs(withoutSecrets(request.getOldInputs()));
    return stock.call("Delete", request.serializeBinary());
  },
});

const DETAILS = "grpc-status-details-bin";

/** An object that is there although its creation failed comes with the failure: its secrets stay secrets, too. */
const annotatedFailure =
  (secrets: Struct | undefined) =>
  (error: unknown): never => {
    const [packed] = error instanceof CallError ? error.metadata.get(DETAILS) : [];
    if (!(error instanceof CallError) || !(packed instanceof Uint8Array)) throw error;
    const told = Status.deserializeBinary(packed);
    const details = told.getDetailsList().map((detail) => {
      const failed = detail.unpack((bytes) => ErrorResourceInitFailed.deserializeBinary(bytes), FAILED);
      if (!failed) return detail;
      const again = new Any();
      again.pack(failed.setProperties(annotated(failed.getProperties(), secrets)).serializeBinary(), FAILED);
      return again;
    });
    const metadata = new Metadata();
    metadata.add(DETAILS, Buffer.from(told.setDetailsList(details).serializeBinary()));
    throw new CallError(error.code, error.details, metadata);
  };
const FAILED = "pulumirpc.ErrorResourceInitFailed";
