import { Metadata } from "@grpc/grpc-js";
import {
  CheckRequest,
  CheckResponse,
  CreateRequest,
  CreateResponse,
  DeleteRequest,
  DiffRequest,
  ErrorResourceInitFailed,
  ReadRequest,
  ReadResponse,
  UpdateRequest,
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
  check: async (bytes: Uint8Array): Promise<Uint8Array> => {
    const request = CheckRequest.deserializeBinary(bytes);
    const news = request.getNews();
    request.setOlds(withoutSecrets(request.getOlds())).setNews(withoutSecrets(news));
    const response = CheckResponse.deserializeBinary(await stock.call("Check", request.serializeBinary()));
    return response.setInputs(annotated(response.getInputs(), news)).serializeBinary();
  },
  diff: (bytes: Uint8Array): Promise<Uint8Array> => {
    const request = DiffRequest.deserializeBinary(bytes);
    request
      .setOlds(withoutSecrets(request.getOlds()))
      .setNews(withoutSecrets(request.getNews()))
      .setOldInputs(withoutSecrets(request.getOldInputs()));
    return stock.call("Diff", request.serializeBinary());
  },
  create: async (bytes: Uint8Array): Promise<Uint8Array> => {
    const request = CreateRequest.deserializeBinary(bytes);
    const properties = request.getProperties();
    if (request.getPreview()) return new CreateResponse().setProperties(properties).serializeBinary();
    request.setProperties(withoutSecrets(properties));
    const answer = await stock.call("Create", request.serializeBinary()).catch(annotatedFailure(properties));
    const response = CreateResponse.deserializeBinary(answer);
    return response.setProperties(annotated(response.getProperties(), properties)).serializeBinary();
  },
  read: async (bytes: Uint8Array): Promise<Uint8Array> => {
    const request = ReadRequest.deserializeBinary(bytes);
    const [properties, inputs] = [request.getProperties(), request.getInputs()];
    request.setProperties(withoutSecrets(properties)).setInputs(withoutSecrets(inputs));
    const answer = await stock.call("Read", request.serializeBinary()).catch(annotatedFailure(properties));
    const response = ReadResponse.deserializeBinary(answer);
    return response
      .setProperties(annotated(response.getProperties(), properties))
      .setInputs(annotated(response.getInputs(), inputs))
      .serializeBinary();
  },
  update: async (bytes: Uint8Array): Promise<Uint8Array> => {
    const request = UpdateRequest.deserializeBinary(bytes);
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
  delete: (bytes: Uint8Array): Promise<Uint8Array> => {
    const request = DeleteRequest.deserializeBinary(bytes);
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
