// Made from kinds/attribute-sync-config.ts by `npm run generate`: edit that.
import type * as pulumi from "@pulumi/pulumi";
import { SailPointResource, type Shell } from "./resource";
import type { Source } from "./source";

/** What a program declares of an attribute sync config. */
export interface AttributeSyncConfigArgs {
  /** The source: a Source, or a source's id. Immutable: another one replaces the resource. */
  source: Source | pulumi.Input<string>;
  /** By `name`; others are left alone. */
  attributes: pulumi.Input<
    pulumi.Input<{
      /** The identity attribute. */
      name: pulumi.Input<string>;
      /** Whether it is synchronized. */
      enabled: pulumi.Input<boolean>;
    }>[]
  >;
}

/**
 * Which identity attributes are synchronized to a source. Only the attributes it names are managed, and of them only
 * `enabled`; the source must offer them. Destroying the resource restores what was before. API:
 * `getSourceAttrSyncConfig`, `putSourceAttrSyncConfig`, `getSource`.
 *
 * @example
 * new AttributeSyncConfig("ad-sync", { source: ad, attributes: [{ name: "email", enabled: true }] });
 */
export class AttributeSyncConfig extends SailPointResource<AttributeSyncConfigArgs> {
  protected static override readonly shell: Shell = {
    kind: "AttributeSyncConfig",
    handler: "attributeSyncConfig",
    outputs: ["source", "attributes"],
  };

  declare readonly source: pulumi.Output<string>;
  declare readonly attributes: pulumi.Output<{ name: string; enabled: boolean }[]>;

  /** One that is on the tenant already, read by its id `SOURCE_ID` and not managed. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): AttributeSyncConfig {
    return new AttributeSyncConfig(name, undefined as unknown as AttributeSyncConfigArgs, { ...opts, id });
  }
}
