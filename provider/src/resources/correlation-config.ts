// Made from kinds/correlation-config.ts by `npm run generate`: edit that.
import type * as pulumi from "@pulumi/pulumi";
import { SailPointResource, type Shell } from "./resource";
import type { Source } from "./source";

/** How one account attribute finds an identity. */
export interface AttributeAssignment {
  /** The identity attribute. */
  property: pulumi.Input<string>;
  /** The account attribute. */
  value: pulumi.Input<string>;
  /** How the two are compared. Default: `EQ`. */
  operation?: pulumi.Input<"EQ" | "" | null | undefined>;
  /** How values are matched where they need not be the whole. */
  matchMode?: pulumi.Input<"ANYWHERE" | "START" | "END" | "" | null | undefined>;
  /** Tenants print it, and no document names it: sent as it is. */
  operationMatchMode?: pulumi.Input<string | null | undefined>;
  /** Whether upper and lower case are the same. Default: false. */
  ignoreCase?: pulumi.Input<boolean | null | undefined>;
  /** Whether the filter is a complex one. Default: false. */
  complex?: pulumi.Input<boolean | null | undefined>;
  /** The assignment as a filter. */
  filterString?: pulumi.Input<string | null | undefined>;
}

/** What a program declares of a correlation config. */
export interface CorrelationConfigArgs {
  /** The source: a Source, or a source's id. Immutable: another one replaces the resource. */
  source: Source | pulumi.Input<string>;
  /** The first that matches wins; the whole list is the program's; `null` is none. What the API adds to one is kept. */
  attributeAssignments: pulumi.Input<pulumi.Input<AttributeAssignment>[] | null>;
}

/**
 * How a source's accounts find their identity. Every source has one: it is taken over, its former content is kept, and
 * destroying the resource restores it. API: `getCorrelationConfig`, `putCorrelationConfig`, `getSource`.
 *
 * @example
 * new CorrelationConfig("hr-correlation", { source: hr, attributeAssignments: [{ property: "email", value: "mail" }] });
 */
export class CorrelationConfig extends SailPointResource<CorrelationConfigArgs> {
  protected static override readonly shell: Shell = {
    kind: "CorrelationConfig",
    handler: "correlationConfig",
    outputs: ["source", "attributeAssignments"],
  };

  declare readonly source: pulumi.Output<string>;
  declare readonly attributeAssignments: pulumi.Output<{ property: string; value: string; [key: string]: unknown }[]>;

  /** One that is on the tenant already, read by its id `SOURCE_ID` and not managed. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): CorrelationConfig {
    return new CorrelationConfig(name, undefined as unknown as CorrelationConfigArgs, { ...opts, id });
  }
}
