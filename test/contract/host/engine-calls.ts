import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { RunningTenant } from "sailpoint-simulator";
import { Calls } from "../../../provider/src/host/grpc/calls";
import { pluginFace } from "../../../provider/src/host/grpc/face";
import { kindsServed } from "../../../provider/src/host/grpc/served";
import { KindService } from "../../../provider/src/host/grpc/service";
import { marked, unmarked } from "../../../provider/src/host/grpc/values";
import { journalOnDisk } from "../../../provider/src/host/journal";
import type { JsonObject } from "../../../provider/src/reconcile";
import { UNKNOWN } from "../../../provider/src/reconcile/unknown";
import { Sessions } from "../../../provider/src/tenant/session";
import { settingsFor } from "../../faults/row";

/** The kinds' service as a process of one command has it, called by messages of Pulumi's SDK, and what it told. */
export class EngineCalls {
  readonly infos: string[] = [];
  readonly warnings: string[] = [];
  private readonly served: ReturnType<typeof kindsServed>;

  constructor(
    tenant: RunningTenant,
    settings: Record<string, string> = {},
    { destroys = false, isKilled = false, engine = undefined as string | undefined } = {},
  ) {
    const report = {
      info: (line: string) => void this.infos.push(line),
      warn: (line: string) => void this.warnings.push(line),
      status: () => undefined,
    };
    const service = new KindService({
      face: pluginFace,
      sessions: new Sessions(),
      calls: new Calls(),
      reports: () => report,
      journal: journalOnDisk(() => isKilled, engine),
      destroys,
    });
    this.served = kindsServed(service);
    const args = { ...settingsFor(tenant), settleSeconds: "0", ...settings };
    service.configure({ args: marked(args), name: "default" });
  }

  /** What a preview of a creation does; the id as what hangs on it knows it. */
  async previewCreation(kind: string, inputs: JsonObject, name = "r"): Promise<{ id: string; outputs: JsonObject }> {
    const checked = await this.check(kind, inputs, undefined, name);
    const request = new proto.CreateRequest().setUrn(urnOf(kind, name)).setProperties(checked).setPreview(true);
    return this.created(request);
  }

  async create(kind: string, inputs: JsonObject, name = "r"): Promise<{ id: string; outputs: JsonObject }> {
    const checked = await this.check(kind, inputs, undefined, name);
    return this.created(new proto.CreateRequest().setUrn(urnOf(kind, name)).setProperties(checked));
  }

  /** What a preview of an update tells; what replaces the object. */
  async diff(kind: string, id: string, olds: JsonObject, inputs: JsonObject, name = "r"): Promise<string[]> {
    return (await this.plan(kind, id, olds, inputs, { name })).getReplacesList();
  }

  /** The same; the paths of what changes. */
  async changes(
    kind: string,
    id: string,
    olds: JsonObject,
    inputs: JsonObject,
    options: PlanOptions = {},
  ): Promise<string[]> {
    const paths = (await this.plan(kind, id, olds, inputs, options)).getDetaileddiffMap().keys();
    return [...(paths as unknown as Iterable<string>)];
  }

  /** What the engine asks before it replaces the source that this hangs on. */
  async replacesSource(kind: string, id: string, olds: JsonObject, name = "r"): Promise<void> {
    const news = struct({ ...olds, source: UNKNOWN });
    const request = new proto.DiffRequest().setUrn(urnOf(kind, name)).setId(id).setOlds(struct(olds)).setNews(news);
    await this.served.Diff(request.serializeBinary());
  }

  private async plan(
    kind: string,
    id: string,
    olds: JsonObject,
    inputs: JsonObject,
    { name = "r", ignoreChanges = [] }: PlanOptions,
  ): Promise<proto.DiffResponse> {
    const checked = await this.check(kind, inputs, olds, name);
    const request = new proto.DiffRequest()
      .setUrn(urnOf(kind, name))
      .setId(id)
      .setOlds(struct(olds))
      .setNews(checked)
      .setIgnorechangesList(ignoreChanges);
    return proto.DiffResponse.deserializeBinary(await this.served.Diff(request.serializeBinary()));
  }

  async update(kind: string, id: string, olds: JsonObject, inputs: JsonObject, name = "r"): Promise<JsonObject> {
    const checked = await this.check(kind, inputs, olds, name);
    const request = new proto.UpdateRequest()
      .setUrn(urnOf(kind, name))
      .setId(id)
      .setOlds(struct(olds))
      .setNews(checked);
    const response = await this.served.Update(request.serializeBinary());
    return plain(proto.UpdateResponse.deserializeBinary(response).getProperties());
  }

  async read(kind: string, id: string, state: JsonObject = {}, name = "r"): Promise<JsonObject> {
    const request = new proto.ReadRequest().setUrn(urnOf(kind, name)).setId(id).setProperties(struct(state));
    // A refresh has inputs; an import has nothing.
    const response = await this.served.Read(request.setInputs(struct(state)).serializeBinary());
    return plain(proto.ReadResponse.deserializeBinary(response).getProperties());
  }

  /** What the option `import` of a resource does first. */
  async import(kind: string, id: string, name = "r"): Promise<JsonObject> {
    const request = new proto.ReadRequest().setUrn(urnOf(kind, name)).setId(id);
    const response = await this.served.Read(request.serializeBinary());
    return plain(proto.ReadResponse.deserializeBinary(response).getProperties());
  }

  async delete(kind: string, id: string, state: JsonObject, name = "r"): Promise<void> {
    const request = new proto.DeleteRequest().setUrn(urnOf(kind, name)).setId(id).setProperties(struct(state));
    await this.served.Delete(request.serializeBinary());
  }

  async check(kind: string, inputs: JsonObject, olds: JsonObject | undefined, name: string): Promise<Struct> {
    const request = new proto.CheckRequest().setUrn(urnOf(kind, name)).setNews(struct(inputs));
    if (olds !== undefined) request.setOlds(struct(olds));
    const checked = proto.CheckResponse.deserializeBinary(await this.served.Check(request.serializeBinary()));
    const reasons = checked.getFailuresList().map((failure) => failure.getReason());
    if (reasons.length > 0) throw new Error(reasons.join("\n"));
    return checked.getInputs() ?? new Struct();
  }

  private async created(request: proto.CreateRequest): Promise<{ id: string; outputs: JsonObject }> {
    const response = proto.CreateResponse.deserializeBinary(await this.served.Create(request.serializeBinary()));
    return { id: response.getId(), outputs: plain(response.getProperties()) };
  }
}

interface PlanOptions {
  /** The resource's name in the program. */
  name?: string;
  ignoreChanges?: string[];
}

const urnOf = (kind: string, name: string): string => `urn:pulumi:dev::test::sailpoint:index:${kind}::${name}`;

export const struct = (properties: JsonObject): Struct => Struct.deserializeBinary(marked(properties));
const plain = (properties: Struct | undefined): JsonObject =>
  properties ? unmarked(properties.serializeBinary()) : {};
