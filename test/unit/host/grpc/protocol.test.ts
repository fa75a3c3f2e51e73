import * as engine from "@pulumi/pulumi/proto/engine_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as provider from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import * as ours from "../../../../provider/src/host/grpc/protocol";
import { ofPackages, others } from "../../../../provider/src/host/grpc/server";
import { marked } from "../../../../provider/src/host/grpc/values";

interface SdkMessage {
  serializeBinary(): Uint8Array;
}
interface SdkClass {
  prototype: SdkMessage;
  deserializeBinary(bytes: Uint8Array): SdkMessage;
}
const { CheckFailure, DetailedDiffEntry, PropertyDiff } = ours;
const properties = marked({ k: "v" });
const failure = CheckFailure.encode({ property: "p", reason: "r" });
const diff = DetailedDiffEntry.encode({ key: "a.b", value: PropertyDiff.encode({ kind: 5, inputDiff: true }) });
const details = ours.Any.encode({ typeUrl: "t/x", value: Buffer.from("v") });

/** A message with something in each of its fields. */
interface Example {
  sdk: SdkClass;
  content: Record<string, unknown>;
}
const messages: Record<string, Example> = {
  ConfigureRequest: { sdk: provider.ConfigureRequest, content: { args: properties, name: "n" } },
  ConfigureResponse: { sdk: provider.ConfigureResponse, content: { acceptSecrets: true, supportsPreview: true } },
  PluginInfo: { sdk: PluginInfo, content: { version: "1.2.3" } },
  CheckRequest: { sdk: provider.CheckRequest, content: { urn: "u", olds: properties, news: properties } },
  CheckFailure: { sdk: provider.CheckFailure, content: { property: "p", reason: "r" } },
  CheckResponse: { sdk: provider.CheckResponse, content: { inputs: properties, failures: [failure, failure] } },
  DiffRequest: {
    sdk: provider.DiffRequest,
    content: {
      id: "i",
      urn: "u",
      olds: properties,
      news: properties,
      ignoreChanges: ["a", "b"],
      oldInputs: properties,
    },
  },
  DiffResponse: {
    sdk: provider.DiffResponse,
    content: {
      ...{ replaces: ["a", "b"], deleteBeforeReplace: true, changes: ours.DiffChanges.some },
      ...{ detailedDiff: [diff], hasDetailedDiff: true },
    },
  },
  PropertyDiff: { sdk: provider.PropertyDiff, content: { kind: 3, inputDiff: true } },
  CreateRequest: { sdk: provider.CreateRequest, content: { urn: "u", properties, timeout: 1.5, preview: true } },
  CreateResponse: { sdk: provider.CreateResponse, content: { id: "i", properties, refreshBeforeUpdate: true } },
  ReadRequest: {
    sdk: provider.ReadRequest,
    content: { id: "i", urn: "u", properties, inputs: properties, timeout: 2.5 },
  },
  ReadResponse: {
    sdk: provider.ReadResponse,
    content: { id: "i", properties, inputs: properties, refreshBeforeUpdate: true },
  },
  UpdateRequest: {
    sdk: provider.UpdateRequest,
    content: { id: "i", urn: "u", olds: properties, news: properties, timeout: 3, preview: true },
  },
  UpdateResponse: { sdk: provider.UpdateResponse, content: { properties, refreshBeforeUpdate: true } },
  DeleteRequest: { sdk: provider.DeleteRequest, content: { id: "i", urn: "u", properties, timeout: 4 } },
  ErrorResourceInitFailed: {
    sdk: provider.ErrorResourceInitFailed,
    content: { id: "i", properties, reasons: ["r", "s"], refreshBeforeUpdate: true },
  },
  Status: { sdk: Status, content: { code: 2, message: "m", details: [details] } },
  Any: { sdk: Any, content: { typeUrl: "t/x", value: Buffer.from("v") } },
  GetSchemaResponse: { sdk: provider.GetSchemaResponse, content: { schema: "{}" } },
  InvokeRequest: { sdk: provider.InvokeRequest, content: { tok: "t", args: properties } },
  InvokeResponse: { sdk: provider.InvokeResponse, content: { return: properties, failures: [failure] } },
  LogRequest: { sdk: engine.LogRequest, content: { severity: 2, message: "m", urn: "u", ephemeral: true } },
};

const described = Object.entries(ours).flatMap(([name, value]) =>
  "decode" in value ? [[name, value as unknown as ours.Message<object>] as const] : [],
);

describe.each(described)("%s", (name, message) => {
  // Nothing is in the one; the SDK has no class for the other.
  if (name === "Empty" || name === "DetailedDiffEntry") return;
  const { sdk, content }: Partial<Example> & { content: Example["content"] } = messages[name] ?? { content: {} };

  test("each of its fields is tried", () => {
    expect(Object.keys(content).sort()).toEqual(Object.keys(message.decode(Buffer.alloc(0))).sort());
  });

  test.each(Object.keys(content))("%s is where Pulumi's SDK has it, both ways", (field) => {
    const one = { [field]: content[field] };
    const read = sdk?.deserializeBinary(message.encode(one));
    expect(valueIn(read, field)).toEqual(content[field]);
    expect(message.decode(read?.serializeBinary() ?? Buffer.alloc(0))).toEqual({
      ...message.decode(Buffer.alloc(0)),
      ...one,
    });
  });
});

/** A field of a message of the SDK, whose accessors spell it in their own way. */
function valueIn(message: object | undefined, field: string): unknown {
  const wanted = new RegExp(`^get${field}(list|map|_asu8)?$`, "i");
  const names = Object.getOwnPropertyNames(Object.getPrototypeOf(message)).filter((name) => wanted.test(name));
  const getter = names.find((name) => name.endsWith("_asU8")) ?? names[0] ?? "";
  return inBytes((message as Record<string, () => unknown>)[getter]?.call(message));
}

function inBytes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inBytes);
  if (value instanceof Uint8Array) return Buffer.from(value);
  if (typeof value !== "object" || value === null) return value;
  if ("serializeBinary" in value && "toObject" in value && !("getLength" in value)) {
    return Buffer.from((value as SdkMessage).serializeBinary());
  }
  // A map of messages, as its entries.
  const entries = [...(value as Map<string, SdkMessage>).entries()];
  return entries.map(([key, entry]) => Buffer.from(DetailedDiffEntry.encode({ key, value: entry.serializeBinary() })));
}

test("numbers that stand for words are the SDK's", () => {
  expect(ours.DiffChanges).toEqual({
    none: provider.DiffResponse.DiffChanges.DIFF_NONE,
    some: provider.DiffResponse.DiffChanges.DIFF_SOME,
  });
  const { ADD, ADD_REPLACE, DELETE, DELETE_REPLACE, UPDATE, UPDATE_REPLACE } = provider.PropertyDiff.Kind;
  expect(ours.PropertyDiffKind).toEqual({
    added: { changes: ADD, replaces: ADD_REPLACE },
    removed: { changes: DELETE, replaces: DELETE_REPLACE },
    modified: { changes: UPDATE, replaces: UPDATE_REPLACE },
  });
  const { INFO, WARNING } = engine.LogSeverity;
  expect(ours.LogSeverity).toEqual({ info: INFO, warning: WARNING });
});

test("each call of the protocol is served, or said not to be", () => {
  const calls = Object.values(ResourceProviderService).filter(({ responseStream }) => !responseStream);
  const known = calls.map(({ path }) => path.split("/").at(-1));
  expect(known.sort()).toEqual([...new Set([...ofPackages, ...others, "GetPluginInfo"])].sort());
});

test("what is not described is left out, whatever its type on the wire", () => {
  const request = new provider.CheckRequest().setUrn("u").setName("n").setType("t").setRandomseed("AAAA");
  const later = Buffer.concat([request.serializeBinary(), Buffer.from([0x90, 0x03, 0x01, 0x9d, 0x03, 1, 2, 3, 4])]);
  expect(ours.CheckRequest.decode(later).urn).toBe("u");
});

test("properties of which there is nothing are none", () => {
  const request = new provider.CheckRequest().setUrn("u").setNews(new Struct());
  expect(ours.CheckRequest.decode(request.serializeBinary()).olds).toHaveLength(0);
});
