// Made from kinds/source.ts by `npm run generate`: edit that.
import type * as pulumi from "@pulumi/pulumi";
import type { JsonInput, Reference } from "./inputs";
import { SailPointResource, type Shell } from "./resource";

/** What a program declares of a source. */
export interface SourceArgs {
  /**
   * Unique on the tenant, 1 to 128 characters. Renaming breaks transforms and identity profiles that name the source.
   */
  name: pulumi.Input<string>;
  /** What the source is for. */
  description?: pulumi.Input<string | undefined>;
  /** Who owns the source: an identity by `alias`, `name` or `id`. */
  owner: pulumi.Input<Reference<"alias" | "name" | "id">>;
  /** The managed cluster that reaches the system; file-type sources have none. */
  cluster?: pulumi.Input<Reference | undefined>;
  /**
   * The connector's script name, for example `delimited-file` or `active-directory`, with or without the suffix
   * `-angularsc`. Another connector replaces the source, and its accounts go with it. Immutable: another one replaces
   * the resource.
   */
  connector: pulumi.Input<string>;
  /**
   * The connector's class. The vendor may move it on existing sources, which changes nothing here. Immutable: another
   * one replaces the resource.
   */
  connectorClass?: pulumi.Input<string | undefined>;
  /** How the tenant reaches the system, for example `direct` or `file`. Default: by the connector. */
  connectionType?: pulumi.Input<string | undefined>;
  /**
   * Makes a `delimited-file` source whose accounts and schema are loaded as CSV (type `DelimitedFile`). Default: false.
   * Immutable: another one replaces the resource.
   */
  provisionAsCsv?: pulumi.Input<boolean | undefined>;
  /**
   * Features that the source shall have. Those that the tenant adds by itself are left alone; order does not matter.
   */
  features?: pulumi.Input<pulumi.Input<string>[] | undefined>;
  /** The share of accounts, in percent (0 to 100), that one aggregation may delete. */
  deleteThreshold?: pulumi.Input<number | undefined>;
  /**
   * The connector's settings. Keys that are not declared are left alone; nested objects merge by key. Values at keys
   * that hold secrets (`password`, `clientSecret` …, and those that `encrypted` lists) are kept as Pulumi secrets. A
   * value of null is as good as no key.
   */
  connectorAttributes?: pulumi.Input<Record<string, JsonInput> | undefined>;
  /** The governance group that may manage the source. */
  managementWorkgroup?: pulumi.Input<Reference | undefined>;
  /** The rule that correlates accounts with identities. */
  accountCorrelationRule?: pulumi.Input<Reference | undefined>;
  /** The rule that finds an account's manager. */
  managerCorrelationRule?: pulumi.Input<Reference | undefined>;
  /** The rule that runs before an account is provisioned. */
  beforeProvisioningRule?: pulumi.Input<Reference | undefined>;
  /** Which account attribute names the manager, and which identity attribute it matches. */
  managerCorrelationMapping?: pulumi.Input<
    | {
        /** The account attribute. */
        accountAttributeName: pulumi.Input<string>;
        /** The identity attribute. */
        identityAttributeName: pulumi.Input<string>;
      }
    | undefined
  >;
  /** The password policies, first match first. Needs the feature `PASSWORD`. */
  passwordPolicies?: pulumi.Input<pulumi.Input<Reference>[] | undefined>;
  /** Whether credentials come from a credential provider. Default: false. */
  credentialProviderEnabled?: pulumi.Input<boolean | undefined>;
  /** The tenant ignores it. */
  category?: pulumi.Input<string | undefined>;
  /**
   * Files that the connector needs, for example a JDBC driver. Uploaded when a file's content changes. A file that is
   * no longer declared stays on the tenant, since the API cannot remove it.
   */
  connectorFiles?: pulumi.Input<pulumi.Input<pulumi.asset.FileAsset>[] | undefined>;
  /**
   * Takes over a source of this name that is on the tenant already; only what is declared is changed. Without, a source
   * of this name is an error. Destroying the resource deletes the source, also one that was taken over: see the options
   * `protect` and `retainOnDelete`. Default: false.
   */
  adopt?: pulumi.Input<boolean | undefined>;
}

/**
 * A source: one system that holds accounts. API: `createSource`, `listSources`, `getSource`, `updateSource`,
 * `deleteSource`, `getTaskStatus`, `getSourceConnections`, `listPasswordPolicyHoldersOnSource`,
 * `updatePasswordPolicyHolders`, `importConnectorFile`.
 *
 * @example
 * const hr = new Source("hr", {
 *   name: "HR Feed",
 *   owner: { alias: "slpt.services" },
 *   connector: "delimited-file",
 *   provisionAsCsv: true,
 *   connectorAttributes: { "group.hasHeader": true },
 * });
 */
export class Source extends SailPointResource<SourceArgs> {
  protected static override readonly shell: Shell = {
    kind: "Source",
    handler: "source",
    outputs: [
      "name",
      "description",
      "owner",
      "cluster",
      "connector",
      "connectorClass",
      "connectionType",
      "provisionAsCsv",
      "features",
      "deleteThreshold",
      "connectorAttributes",
      "managementWorkgroup",
      "accountCorrelationRule",
      "managerCorrelationRule",
      "beforeProvisioningRule",
      "managerCorrelationMapping",
      "passwordPolicies",
      "credentialProviderEnabled",
      "category",
      "connectorFiles",
      "adopt",
      "type",
      "connectorId",
      "authoritative",
      "created",
      "schemas",
    ],
    flags: ["authoritative"],
    secrets: ["connectorAttributes"],
  };

  declare readonly name: pulumi.Output<string>;
  declare readonly description: pulumi.Output<string | undefined>;
  declare readonly owner: pulumi.Output<Reference<"alias" | "name" | "id">>;
  declare readonly cluster: pulumi.Output<Reference | undefined>;
  declare readonly connector: pulumi.Output<string>;
  declare readonly connectorClass: pulumi.Output<string | undefined>;
  declare readonly connectionType: pulumi.Output<string | undefined>;
  declare readonly provisionAsCsv: pulumi.Output<boolean | undefined>;
  declare readonly features: pulumi.Output<string[] | undefined>;
  declare readonly deleteThreshold: pulumi.Output<number | undefined>;
  declare readonly connectorAttributes: pulumi.Output<Record<string, unknown> | undefined>;
  declare readonly managementWorkgroup: pulumi.Output<Reference | undefined>;
  declare readonly accountCorrelationRule: pulumi.Output<Reference | undefined>;
  declare readonly managerCorrelationRule: pulumi.Output<Reference | undefined>;
  declare readonly beforeProvisioningRule: pulumi.Output<Reference | undefined>;
  declare readonly managerCorrelationMapping: pulumi.Output<
    { accountAttributeName: string; identityAttributeName: string } | undefined
  >;
  declare readonly passwordPolicies: pulumi.Output<Reference[] | undefined>;
  declare readonly credentialProviderEnabled: pulumi.Output<boolean | undefined>;
  declare readonly category: pulumi.Output<string | undefined>;
  declare readonly connectorFiles: pulumi.Output<pulumi.asset.Asset[] | undefined>;
  declare readonly adopt: pulumi.Output<boolean | undefined>;

  /** The tenant's id of the source. */
  get sourceId(): pulumi.Output<string> {
    return this.id;
  }

  /** The source's type as the tenant names it, for example `DelimitedFile`. */
  declare readonly type: pulumi.Output<string>;
  /** The tenant's id of the connector. */
  declare readonly connectorId: pulumi.Output<string>;
  /** Whether an identity profile makes identities of the source's accounts. */
  declare readonly authoritative: pulumi.Output<boolean>;
  /** When the source was created, as an ISO 8601 time. */
  declare readonly created: pulumi.Output<string>;
  /** The tenant's ids of the schemas that the source has, by the schemas' names. */
  declare readonly schemas: pulumi.Output<Record<string, string>>;

  /** One that is on the tenant already, read by its id `SOURCE_ID` and not managed. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): Source {
    return new Source(name, undefined as unknown as SourceArgs, { ...opts, id });
  }
}
