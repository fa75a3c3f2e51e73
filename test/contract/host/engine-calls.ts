import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { RunningTenant } from "sailpoint-simulator";
import { Calls } from "../../../provider/src/host/grpc/calls";
import { pluginFace } from "../../../provider/src/host/grpc/face";
import { KindService } from "../../../provider/src/host/grpc/service";
import { marked, unmarked } from "../../../provider/src/host/grpc/values";
import { journalOnDisk } from "../../../provider/src/host/journal";
import type { JsonObject } from "../../../provider/src/reconcile";
import { Sessions } from "../../../provider/src/tenant/session";
import { settingsFor } from "../../faults/row";

/** The kinds' service as a process of one command has it, and what it told. */
export class EngineCalls {
  readonly infos: string[] = [];
  readonly warnings: string[] = [];
  private readonly service: KindService;

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
    this.service = new KindService({
      face: pluginFace,
      sessions: new Sessions(),
      calls: new Calls(),
      reports: () => report,
      journal: journalOnDisk(() => isKilled, engine),
      destroys,
    });
    const args = marked({ ...settingsFor(tenant), settleSeconds: "0", ...settings });
    this.service.configure(new proto.ConfigureRequest().setArgs(args).setName("default"));
  }

  /** What a preview of a creation does; the id as what hangs on it knows it. */
  async previewCreation(kind: string, inputs: JsonObject, name = "r"): Promise<{ id: string; outputs: JsonObject }> {
    const checked = await this.check(kind, inputs, undefined, name);
    const request = new proto.CreateRequest().setUrn(urnOf(kind, name)).setProperties(checked).setPreview(true);
    return answered(await this.service.create(request));
  }

  async create(kind: string, inputs: JsonObject, name = "r"): Promise<{ id: string; outputs: JsonObject }> {
    const checked = await this.check(kind, inputs, undefined, name);
    return answered(
      await this.service.create(new proto.CreateRequest().setUrn(urnOf(kind, name)).setProperties(checked)),
    );
  }

  /** What a preview of an update tells; what replaces the object. */
  async diff(kind: string, id: string, olds: JsonObject, inputs: JsonObject, name = "r"): Promise<string[]> {
    const checked = await this.check(kind, inputs, olds, name);
    const request = new proto.DiffRequest().setUrn(urnOf(kind, name)).setId(id).setOlds(marked(olds)).setNews(checked);
    return (await this.service.diff(request)).getReplacesList();
  }

  async update(kind: string, id: string, olds: JsonObject, inputs: JsonObject, name = "r"): Promise<JsonObject> {
    const checked = await this.check(kind, inputs, olds, name);
    const request = new proto.UpdateRequest()
      .setUrn(urnOf(kind, name))
      .setId(id)
      .setOlds(marked(olds))
      .setNews(checked);
    return unmarked((await this.service.update(request)).getProperties());
  }

  async read(kind: string, id: string, state: JsonObject = {}, name = "r"): Promise<JsonObject> {
    const properties = marked(state);
    const request = new proto.ReadRequest().setUrn(urnOf(kind, name)).setId(id).setProperties(properties);
    return unmarked((await this.service.read(request.setInputs(new Struct()))).getProperties());
  }

  async delete(kind: string, id: string, state: JsonObject, name = "r"): Promise<void> {
    await this.service.delete(
      new proto.DeleteRequest().setUrn(urnOf(kind, name)).setId(id).setProperties(marked(state)),
    );
  }

  private async check(kind: string, inputs: JsonObject, olds: JsonObject | undefined, name: string): Promise<Struct> {
    const request = new proto.CheckRequest().setUrn(urnOf(kind, name)).setNews(marked(inputs));
    const checked = await this.service.check(olds === undefined ? request : request.setOlds(marked(olds)));
    const reasons = checked.getFailuresList().map((failure) => failure.getReason());
    if (reasons.length > 0) throw new Error(reasons.join("\n"));
    return checked.getInputs() ?? new Struct();
  }
}

const urnOf = (kind: string, name: string): string => `urn:pulumi:dev::test::sailpoint:index:${kind}::${name}`;

const answered = (response: proto.CreateResponse) => ({
  id: response.getId(),
  outputs: unmarked(response.getProperties()),
});
