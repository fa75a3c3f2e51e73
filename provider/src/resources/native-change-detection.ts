// Made from kinds/native-change-detection.ts by `npm run generate`: edit that.
import type * as pulumi from "@pulumi/pulumi";
import { SailPointResource, type Shell } from "./resource";
import type { Source } from "./source";

/** What a program declares of a native change detection. */
export interface NativeChangeDetectionArgs {
  /** The source: a Source, or a source's id. Immutable: another one replaces the resource. */
  source: Source | pulumi.Input<string>;
  /** Whether changes are told at all. Default: false. */
  enabled?: pulumi.Input<boolean | undefined>;
  /** Which operations are told; others that are set on the tenant are left alone. */
  operations?: pulumi.Input<pulumi.Input<"ACCOUNT_CREATED" | "ACCOUNT_UPDATED" | "ACCOUNT_DELETED">[] | undefined>;
  /** Whether a change of any entitlement attribute is told. Default: false. */
  allEntitlements?: pulumi.Input<boolean | undefined>;
  /** Whether a change of any other account attribute is told. Default: false. */
  allNonEntitlementAttributes?: pulumi.Input<boolean | undefined>;
  /** Which entitlements, unless all. */
  selectedEntitlements?: pulumi.Input<pulumi.Input<string>[] | undefined>;
  /** Which other account attributes, unless all. */
  selectedNonEntitlementAttributes?: pulumi.Input<pulumi.Input<string>[] | undefined>;
}

/**
 * Which changes that were made on the system itself are told. Every source has this configuration: it is taken over,
 * and destroying the resource restores its former content. API: `getNativeChangeDetectionConfig`,
 * `putNativeChangeDetectionConfig`, `deleteNativeChangeDetectionConfig`, `getSource`.
 *
 * @example
 * new NativeChangeDetection("ad-ncd", { source: ad, enabled: true, operations: ["ACCOUNT_UPDATED"], allEntitlements: true });
 */
export class NativeChangeDetection extends SailPointResource<NativeChangeDetectionArgs> {
  protected static override readonly shell: Shell = {
    kind: "NativeChangeDetection",
    handler: "nativeChangeDetection",
    outputs: [
      "source",
      "enabled",
      "operations",
      "allEntitlements",
      "allNonEntitlementAttributes",
      "selectedEntitlements",
      "selectedNonEntitlementAttributes",
    ],
  };

  declare readonly source: pulumi.Output<string>;
  declare readonly enabled: pulumi.Output<boolean | undefined>;
  declare readonly operations: pulumi.Output<string[] | undefined>;
  declare readonly allEntitlements: pulumi.Output<boolean | undefined>;
  declare readonly allNonEntitlementAttributes: pulumi.Output<boolean | undefined>;
  declare readonly selectedEntitlements: pulumi.Output<string[] | undefined>;
  declare readonly selectedNonEntitlementAttributes: pulumi.Output<string[] | undefined>;

  /** One that is on the tenant already, read by its id `SOURCE_ID` and not managed. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): NativeChangeDetection {
    return new NativeChangeDetection(name, undefined as unknown as NativeChangeDetectionArgs, { ...opts, id });
  }
}
