import {
  AttributeSyncConfig,
  CorrelationConfig,
  EntitlementRequestConfig,
  NativeChangeDetection,
  ProvisioningPolicy,
  Schedule,
  Schema,
  Source,
  Tenant,
} from "../../provider/src";
import { type Goal, type Json, type Kind } from "../engine-model/goal";
import { programGoals } from "../engine-model/program";

/** What a program declares, as the habits change it. */
export interface Stack {
  sources: Partial<Record<Place, DeclaredSource>>;
  children: Readonly<Record<string, DeclaredChild>>;
}

/** The two sources that there may be. */
export type Place = "alpha" | "beta";
export const PLACES: readonly Place[] = ["alpha", "beta"];
export const NAMES: Readonly<Record<Place, string>> = { alpha: "Alpha", beta: "Beta" };

/** What the program says to the engine alone. */
export interface Options {
  resource: string;
  /** Names that the resource had. */
  aliases: readonly string[];
  protect: boolean;
  retain: boolean;
  ignore: readonly string[];
}

export interface DeclaredSource extends Options {
  args: Json;
}

export interface DeclaredChild extends Options {
  source: Place;
  kind: ChildKind;
  /** What tells it from others of the source. */
  key: string;
  args: Json;
}
export type ChildKind = Exclude<Kind, "source" | "aggregation">;

export const OPTIONS: Omit<Options, "resource"> = { aliases: [], protect: false, retain: false, ignore: [] };

export const childKey = ({ source, kind, key }: Pick<DeclaredChild, "source" | "kind" | "key">): string =>
  `${source}/${kind}/${key}`;

const CLASSES = {
  schema: Schema,
  provisioningPolicy: ProvisioningPolicy,
  schedule: Schedule,
  correlationConfig: CorrelationConfig,
  nativeChangeDetection: NativeChangeDetection,
  attributeSyncConfig: AttributeSyncConfig,
  entitlementRequestConfig: EntitlementRequestConfig,
} as const;

/** What a real program of this stack asks of the engine. */
export function goalsOfStack(stack: Stack, tenant: Settings | undefined): Promise<Goal[]> {
  const { sources, children } = stack;
  return programGoals(() => {
    const provider = tenant && new Tenant("eu", tenant);
    const made = new Map<Place, Source>();
    for (const place of PLACES) {
      const declared = sources[place];
      if (!declared) continue;
      const options = { ...optionsOf(declared), ...(provider === undefined ? {} : { provider }) };
      made.set(place, new Source(declared.resource, declared.args as never, options));
    }
    for (const declared of Object.values(children)) {
      const source = made.get(declared.source);
      if (!source) continue;
      const Class = CLASSES[declared.kind] as unknown as new (name: string, args: object, options: object) => unknown;
      new Class(declared.resource, { ...declared.args, source }, optionsOf(declared));
    }
  });
}

export interface Settings {
  baseUrl: string;
  clientId: string;
  clientSecret: string;
}

const optionsOf = ({ aliases, protect, retain, ignore }: Options) => ({
  aliases: aliases.map((name) => ({ name })),
  protect,
  retainOnDelete: retain,
  ignoreChanges: [...ignore],
});
