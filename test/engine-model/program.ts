import * as pulumi from "@pulumi/pulumi";
import { getMonitor } from "@pulumi/pulumi/runtime/settings";
import type * as resources from "@pulumi/pulumi/proto/resource_pb";
import { type Goal, type Json, type Kind } from "./goal";
import { type Marks, unwrapped } from "./marks";

const DYNAMIC = "pulumi-nodejs:dynamic/sailpoint:";
const PROVIDER = "pulumi:providers:pulumi-nodejs";
const STACK = "pulumi:pulumi:Stack";

/**
 * Runs a real program, with the real classes, and returns what it asks of the engine, in the order in which it does.
 * Ids that are not known yet stand in it as references.
 */
export async function programGoals(program: () => void): Promise<Goal[]> {
  const recorder = new Recorder();
  await pulumi.runtime.setMocks(NO_MOCKS, "habits", "dev", false);
  const monitor = getMonitor();
  if (monitor === undefined) throw new Error("The SDK has no monitor to put the recorder in the place of");
  // The mocks are told only a part of what a program asks for.
  Object.assign(monitor, recorder.monitor);
  program();
  await pulumi.runtime.disconnect();
  return recorder.goals;
}

const NO_MOCKS: pulumi.runtime.Mocks = { newResource: () => ({ id: "", state: {} }), call: () => ({}) };

type Answer<T> = (error: unknown, response?: T) => void;

/** What the SDK takes for the engine. It answers at once, with texts in place of the ids that nobody knows yet. */
class Recorder {
  readonly goals: Goal[] = [];
  private readonly providers = new Map<string, Record<string, string>>();

  readonly monitor = {
    registerResource: (request: resources.RegisterResourceRequest, answer: Answer<unknown>): void => {
      this.register(request, answer);
    },
    registerResourceOutputs: (_request: unknown, answer: Answer<unknown>): void => {
      answer(null, {});
    },
  };

  private register(request: resources.RegisterResourceRequest, answer: Answer<unknown>): void {
    const urn = urnOf(request.getType(), request.getName(), request.getParent());
    const sent = request.getObject()?.toJavaScript() ?? {};
    const { plain, marks } = unwrapped(sent) as { plain: Json; marks: Marks };
    if (request.getType() === PROVIDER) {
      const settings = Object.entries(plain).map(([key, value]) => [key.replace("sailpoint:", ""), String(value)]);
      this.providers.set(urn, Object.fromEntries(settings) as Record<string, string>);
    } else if (request.getCustom()) {
      this.goals.push(this.goalOf(request, urn, plain, marks));
    }
    answer(null, response({ urn, id: placeholder(urn), object: sent }));
  }

  private goalOf(request: resources.RegisterResourceRequest, urn: string, plain: Json, marks: Marks): Goal {
    const { __provider: _provider, ...args } = plain;
    const provider = this.providers.get(request.getProvider().split("::").slice(0, 4).join("::"));
    const before = request.getDeletebeforereplacedefined() ? request.getDeletebeforereplace() : undefined;
    return {
      name: request.getName(),
      kind: kindOf(request.getType()),
      urn,
      args: withIds(args) as Json,
      marks,
      ...(provider === undefined ? {} : { provider }),
      dependsOn: request.getDependenciesList().filter((other) => !this.providers.has(other)),
      ...(request.getDeletedwith() === "" ? {} : { deletedWith: request.getDeletedwith() }),
      aliases: request.getAliasesList().map((alias) => {
        const spec = alias.getSpec();
        const parent = spec?.getNoparent() ? "" : (spec?.getParenturn() ?? "") || request.getParent();
        return urnOf(request.getType(), (spec?.getName() ?? "") || request.getName(), parent);
      }),
      ignoreChanges: request.getIgnorechangesList(),
      replaceOnChanges: request.getReplaceonchangesList(),
      protect: request.getProtect() ?? false,
      retainOnDelete: request.getRetainondelete() ?? false,
      ...(before === undefined ? {} : { deleteBeforeReplace: before }),
    };
  }
}

/** Components stand in the types of what is in them; the stack itself does not. */
function urnOf(type: string, name: string, parent: string): string {
  const [, , around = ""] = parent.split("::");
  const qualified = around === "" || around === STACK ? type : `${around}$${type}`;
  return `urn:pulumi:dev::habits::${qualified}::${name}`;
}

function kindOf(type: string): Kind {
  const name = type.replace(DYNAMIC, "");
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}` as Kind;
}

const placeholder = (name: string): string => `«${name}»`;
const PLACEHOLDER = /^«(.*)»$/;

function withIds(value: unknown): unknown {
  if (typeof value === "string") {
    const [, ref] = PLACEHOLDER.exec(value) ?? [];
    return ref === undefined ? value : { ref };
  }
  if (Array.isArray(value)) return value.map(withIds);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withIds(member)]));
}

function response({ urn, id, object }: { urn: string; id: string; object: object }): unknown {
  return {
    getUrn: () => urn,
    getId: () => id,
    getObject: () => ({ toJavaScript: () => object }),
    getPropertydependenciesMap: () => new Map(),
    getResult: () => 0,
    getStable: () => false,
    getStablesList: () => [],
  };
}
