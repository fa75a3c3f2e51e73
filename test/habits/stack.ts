import * as pulumi from "@pulumi/pulumi";
import {
  Aggregation,
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
export interface Options extends Address {
  /** Where it was before. */
  aliases: readonly Address[];
  protect: boolean;
  retain: boolean;
  ignore: readonly string[];
  /** `deleteBeforeReplace`, where the program says it. */
  first?: boolean | undefined;
  /** `replaceOnChanges`. */
  anew: readonly string[];
}

/** What makes the URN of a resource: its name, and the component that it is in, if any. */
export interface Address {
  resource: string;
  within: Component | "";
}
export type Component = "team" | "group";
export const COMPONENTS: readonly (Component | "")[] = ["", "team", "group"];

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
export type ChildKind = Exclude<Kind, "source">;

export const OPTIONS: Omit<Options, "resource"> = {
  within: "",
  aliases: [],
  protect: false,
  retain: false,
  ignore: [],
  anew: [],
};

export const childKey = ({ source, kind, key }: Pick<DeclaredChild, "source" | "kind" | "key">): string =>
  `${source}/${kind}/${key}`;

const CLASSES = {
  aggregation: Aggregation,
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
    const components = new Map<string, pulumi.ComponentResource>();
    const component = (name: string): pulumi.ComponentResource => {
      const options = provider === undefined ? {} : { providers: [provider] };
      const made = components.get(name) ?? new pulumi.ComponentResource(`habits:index:${name}`, name, {}, options);
      components.set(name, made);
      return made;
    };
    const optionsOf = (declared: Options) => ({
      ...optionsBut(declared),
      ...(declared.within === "" ? {} : { parent: component(declared.within) }),
      aliases: declared.aliases.map(({ resource, within }) => ({
        name: resource,
        parent: within === "" ? pulumi.rootStackResource : component(within),
      })),
    });
    const made = new Map<Place, Source>();
    for (const place of PLACES) {
      const declared = sources[place];
      if (!declared) continue;
      // What is in a component has its provider from there.
      const own = provider === undefined || declared.within !== "" ? {} : { provider };
      const options = { ...optionsOf(declared), ...own };
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

const optionsBut = ({ protect, retain, ignore, first, anew }: Options) => ({
  protect,
  retainOnDelete: retain,
  ignoreChanges: [...ignore],
  replaceOnChanges: [...anew],
  ...(first === undefined ? {} : { deleteBeforeReplace: first }),
});
