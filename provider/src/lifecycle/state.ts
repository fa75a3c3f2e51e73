import type { Declared } from "../kinds/kind";
import type { Json, JsonObject } from "../reconcile";
import type { Session } from "../tenant/session";
import { type Kept, recorded } from "./record";

/** The inputs among a resource's properties. */
export const inputsOf = (kind: Pick<Declared, "fields">, properties: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.keys(kind.fields).flatMap((key): [string, Json][] => {
      const value = Object.hasOwn(properties, key) ? properties[key] : undefined;
      return value === undefined || value === null ? [] : [[key, value]];
    }),
  );

interface Parts {
  kind: Pick<Declared, "outputs">;
  session: Pick<Session, "tenant" | "host">;
  inputs: JsonObject;
  live: JsonObject;
  record: Omit<Kept, "host">;
  /** What the state has had until now, where this is only a look at the object. */
  before?: { kept: Kept; properties: JsonObject };
}

/** The complete properties of a resource. Every input stands under its own key, so that the engine marks secrets again. */
export function stateOf({ kind, session, inputs, live, record, before }: Parts): JsonObject {
  const decided = Object.entries(kind.outputs).flatMap(([name, { type, of }]): [string, Json][] => {
    const value = of?.(live) ?? null;
    return value === null || (type === "flag" && value !== true) ? [] : [[name, value]];
  });
  return {
    ...inputs,
    ...Object.fromEntries(decided),
    tenant: session.tenant,
    ...recorded({ ...record, host: session.host }, before),
  };
}
