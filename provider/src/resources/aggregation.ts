// Made from kinds/aggregation.ts by `npm run generate`: edit that.
import type * as pulumi from "@pulumi/pulumi";
import type { JsonInput } from "./inputs";
import { SailPointResource, type Shell } from "./resource";
import type { Source } from "./source";

/** What a program declares of an aggregation. */
export interface AggregationArgs {
  /** The source: a Source, or a source's id. Immutable: another one replaces the resource. */
  source: Source | pulumi.Input<string>;
  /** What is aggregated. Default: `accounts`. Immutable: another one replaces the resource. */
  of?: pulumi.Input<"accounts" | "entitlements" | "uncorrelatedAccounts" | undefined>;
  /**
   * The rows, as CSV; for Delimited File sources, and for uncorrelated accounts. Only a hash of them is kept in the
   * state of a file. The same rows are not loaded again.
   */
  csv?: pulumi.Input<pulumi.asset.FileAsset | pulumi.asset.StringAsset | undefined>;
  /** Anything: a change of it aggregates again. */
  triggers?: pulumi.Input<Record<string, JsonInput> | undefined>;
  /** Reads every account, also those that did not change. Default: false. */
  disableOptimization?: pulumi.Input<boolean | undefined>;
  /** How long to wait for the tenant, in minutes. Default: 60. */
  timeoutMinutes?: pulumi.Input<number | undefined>;
}

/**
 * An aggregation that runs when the resource is created, and again when its rows, `triggers` or other inputs change.
 * The deployment waits until the tenant's task has ended, and fails with the task's messages when the task does.
 * Destroying the resource does nothing: what was aggregated stays. It waits for its source and for nothing else: name
 * the source's Schema in `dependsOn`, since accounts that are loaded before it lack the attributes that it declares.
 * API: `importAccounts`, `importEntitlements`, `importUncorrelatedAccounts`, `getTaskStatus`, `getSource`.
 *
 * @example
 * const loaded = new Aggregation(
 *   "hr-load",
 *   { source: hr, csv: new pulumi.asset.FileAsset("people.csv") },
 *   { dependsOn: account },
 * );
 * export const people = loaded.counts;
 */
export class Aggregation extends SailPointResource<AggregationArgs> {
  protected static override readonly shell: Shell = {
    kind: "Aggregation",
    handler: "aggregation",
    outputs: [
      "source",
      "of",
      "csv",
      "triggers",
      "disableOptimization",
      "timeoutMinutes",
      "taskId",
      "status",
      "completed",
      "counts",
      "messages",
    ],
  };

  declare readonly source: pulumi.Output<string>;
  declare readonly of: pulumi.Output<string | undefined>;
  declare readonly csv: pulumi.Output<pulumi.asset.Asset | undefined>;
  declare readonly triggers: pulumi.Output<Record<string, unknown> | undefined>;
  declare readonly disableOptimization: pulumi.Output<boolean | undefined>;
  declare readonly timeoutMinutes: pulumi.Output<number | undefined>;

  /** The tenant's task. */
  declare readonly taskId: pulumi.Output<string>;
  /** How it ended: `SUCCESS` or `WARNING`. */
  declare readonly status: pulumi.Output<string>;
  /** When it ended, as an ISO 8601 time. */
  declare readonly completed: pulumi.Output<string>;
  /** The numbers that the task left, for example `total`, `created`, `updated`, `deleted`. */
  declare readonly counts: pulumi.Output<Record<string, number>>;
  /** What the tenant said. */
  declare readonly messages: pulumi.Output<string[]>;
}
