// Made from kinds/schedule.ts by `npm run generate`: edit that.
import type * as pulumi from "@pulumi/pulumi";
import { SailPointResource, type Shell } from "./resource";
import type { Source } from "./source";

/** What a program declares of a schedule. */
export interface ScheduleArgs {
  /** The source: a Source, or a source's id. Immutable: another one replaces the resource. */
  source: Source | pulumi.Input<string>;
  /** What is aggregated. Immutable: another one replaces the resource. */
  type: pulumi.Input<"ACCOUNT_AGGREGATION" | "GROUP_AGGREGATION">;
  /**
   * Quartz cron of six or seven fields, in the tenant's time zone: seconds, minutes, hours, day of month, month, day of
   * week (1 to 7 from Sunday), year; exactly one of the two days is `?`.
   */
  cronExpression: pulumi.Input<string>;
}

/**
 * When a source aggregates by itself; at most one schedule of each type. Not in version v3 of the API. One that is
 * there already is taken over, and destroying the resource restores it. API: `createSourceSchedule`,
 * `getSourceSchedules`, `getSourceSchedule`, `updateSourceSchedule`, `deleteSourceSchedule`.
 *
 * @example
 * new Schedule("hr-nightly", { source: hr, type: "ACCOUNT_AGGREGATION", cronExpression: "0 0 3 * * ?" });
 */
export class Schedule extends SailPointResource<ScheduleArgs> {
  protected static override readonly shell: Shell = {
    kind: "Schedule",
    handler: "schedule",
    outputs: ["source", "type", "cronExpression"],
  };

  declare readonly source: pulumi.Output<string>;
  declare readonly type: pulumi.Output<string>;
  declare readonly cronExpression: pulumi.Output<string>;

  /** One that is on the tenant already, read by its id `SOURCE_ID/type` and not managed. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): Schedule {
    return new Schedule(name, undefined as unknown as ScheduleArgs, { ...opts, id });
  }
}
