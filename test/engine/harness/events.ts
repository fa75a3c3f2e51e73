import { differences } from "./differences";
import type { Change } from "./differences";

export type { Change } from "./differences";

/** One thing the engine planned or did to one resource. Stack and providers are left out. */
export interface Step {
  /** `create`, `update`, `replace`, `create-replacement`, `delete-replaced`, `delete`, `same`, `read`, `refresh` … */
  op: string;
  urn: string;
  type: string;
  name: string;
  /** What changes: of a refresh the outputs, of everything else the inputs, as a preview shows them. */
  changes: Change[];
  /** The properties that force a replacement. */
  replaceKeys: string[];
  old?: ResourceState;
  new?: ResourceState;
  /** `planned` in a preview or when the engine never came to it. */
  state: "planned" | "done" | "failed";
}

export interface ResourceState {
  id: string;
  inputs: Record<string, unknown>;
  outputs: Record<string, unknown>;
}

export interface Diagnostic {
  severity: "info" | "info#err" | "warning" | "error";
  message: string;
  urn?: string;
  /** It stands in the resource's row until the next one. */
  ephemeral?: true;
}

/** What an event log tells, in the order of the engine. */
export interface Events {
  steps: Step[];
  refreshed: Step[];
  diagnostics: Diagnostic[];
  /** The log ends with a summary unless the engine was stopped or failed early. */
  result?: string;
}

/** Reads an event log of the engine. Its debug messages are left out: Pulumi writes secrets into them as plain text. */
export function parseEvents(log: string): Events {
  const events: Events = { steps: [], refreshed: [], diagnostics: [] };
  const open = new Map<string, Step>();
  const refreshing = new Map<string, Step>();
  for (const line of log.split("\n")) {
    if (line === "") continue;
    const event = JSON.parse(line) as EngineEvent;
    if (event.diagnosticEvent && event.diagnosticEvent.severity !== "debug") {
      const { severity, message, urn, ephemeral } = event.diagnosticEvent;
      events.diagnostics.push({ severity, message, ...(urn ? { urn } : {}), ...(ephemeral ? { ephemeral } : {}) });
    }
    if (event.summaryEvent) events.result = event.summaryEvent.result ?? "succeeded";
    for (const [part, state] of [
      [event.resourcePreEvent, "planned"],
      [event.resOutputsEvent, "done"],
      [event.resOpFailedEvent, "failed"],
    ] as const) {
      if (!part || isEngineOwn(part.metadata.type)) continue;
      const { urn } = part.metadata;
      const done = part.planning === true && state === "done" ? "planned" : state;
      const refresh = refreshing.get(urn);
      if (refresh && state !== "planned") {
        // What a refresh found is told under another name: `same`, `update`, or `delete` when the resource is gone.
        delete refresh.new;
        Object.assign(refresh, toStep({ ...part.metadata, op: "refresh" }, done));
        refreshing.delete(urn);
        continue;
      }
      const step = toStep(part.metadata, done);
      const before = open.get(`${step.op} ${urn}`);
      if (before) Object.assign(before, step);
      else if (step.op === "refresh") refreshing.set(urn, step);
      else open.set(`${step.op} ${urn}`, step);
      if (!before) (step.op === "refresh" ? events.refreshed : events.steps).push(step);
    }
  }
  return events;
}

function isEngineOwn(type: string): boolean {
  return type === "pulumi:pulumi:Stack" || type.startsWith("pulumi:providers:");
}

function toStep(metadata: StepMetadata, state: Step["state"]): Step {
  const { op, urn, type, keys } = metadata;
  const old = metadata.old ?? undefined;
  const now = metadata.new ?? undefined;
  const side = op === "refresh" ? "outputs" : "inputs";
  return {
    op,
    urn,
    type,
    name: urn.slice(urn.lastIndexOf("::") + 2),
    changes: old && now ? differences(old[side], now[side]) : [],
    replaceKeys: keys ?? [],
    ...(old ? { old } : {}),
    ...(now ? { new: now } : {}),
    state,
  };
}

interface StepMetadata {
  op: string;
  urn: string;
  type: string;
  keys?: string[] | null;
  old?: ResourceState | null;
  new?: ResourceState | null;
}

interface StepEvent {
  metadata: StepMetadata;
  planning?: boolean;
}

interface EngineEvent {
  resourcePreEvent?: StepEvent;
  resOutputsEvent?: StepEvent;
  resOpFailedEvent?: StepEvent;
  diagnosticEvent?: Omit<Diagnostic, "severity"> & { severity: Diagnostic["severity"] | "debug" };
  summaryEvent?: { result?: string };
}
