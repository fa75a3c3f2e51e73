// Made from kinds/entitlement-request-config.ts by `npm run generate`: edit that.
import type * as pulumi from "@pulumi/pulumi";
import type { Reference } from "./inputs";
import { SailPointResource, type Shell } from "./resource";
import type { Source } from "./source";

/** One step of an approval. */
export interface ApprovalScheme {
  /** Who approves. */
  approverType: pulumi.Input<"ENTITLEMENT_OWNER" | "SOURCE_OWNER" | "MANAGER" | "GOVERNANCE_GROUP" | "WORKFLOW">;
  /** The governance group, by `{ name }` or its id, or the id of a workflow; only for these two. */
  approverId?: pulumi.Input<Reference | string | undefined>;
}

/** What a program declares of an entitlement request config. */
export interface EntitlementRequestConfigArgs {
  /** The source: a Source, or a source's id. Immutable: another one replaces the resource. */
  source: Source | pulumi.Input<string>;
  /** Requests for access. */
  accessRequestConfig?: pulumi.Input<
    | {
        /** Steps in their order; none: no approval. */
        approvalSchemes?: pulumi.Input<pulumi.Input<ApprovalScheme>[] | undefined>;
        /** Whether who asks must say why. Default: false. */
        requestCommentRequired?: pulumi.Input<boolean | undefined>;
        /** Whether who denies must say why. Default: false. */
        denialCommentRequired?: pulumi.Input<boolean | undefined>;
        /** Whether approvers must sign in again. Default: false. */
        reauthorizationRequired?: pulumi.Input<boolean | undefined>;
        /** Whether a request must say when access ends. Default: false. */
        requireEndDate?: pulumi.Input<boolean | undefined>;
        /** How long access may last. */
        maxPermittedAccessDuration?: pulumi.Input<
          | {
              /** How many of the unit. */
              value: pulumi.Input<number>;
              /** The unit. */
              timeUnit: pulumi.Input<"HOURS" | "DAYS" | "WEEKS" | "MONTHS">;
            }
          | undefined
        >;
      }
    | undefined
  >;
  /** Revocations. */
  revocationRequestConfig?: pulumi.Input<
    | {
        /** Steps in their order; none: no approval. */
        approvalSchemes?: pulumi.Input<pulumi.Input<ApprovalScheme>[] | undefined>;
      }
    | undefined
  >;
}

/**
 * How entitlements of a source are requested and approved. Every source has this configuration: it is taken over, and
 * destroying the resource restores its former content. API: `getSourceEntitlementRequestConfig`,
 * `updateSourceEntitlementRequestConfig`, `getSource`.
 *
 * @example
 * new EntitlementRequestConfig("ad-requests", {
 *   source: ad,
 *   accessRequestConfig: { approvalSchemes: [{ approverType: "MANAGER" }], requestCommentRequired: true },
 * });
 */
export class EntitlementRequestConfig extends SailPointResource<EntitlementRequestConfigArgs> {
  protected static override readonly shell: Shell = {
    kind: "EntitlementRequestConfig",
    handler: "entitlementRequestConfig",
    outputs: ["source", "accessRequestConfig", "revocationRequestConfig"],
  };

  declare readonly source: pulumi.Output<string>;
  declare readonly accessRequestConfig: pulumi.Output<Record<string, unknown> | undefined>;
  declare readonly revocationRequestConfig: pulumi.Output<Record<string, unknown> | undefined>;

  /** One that is on the tenant already, read by its id `SOURCE_ID` and not managed. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): EntitlementRequestConfig {
    return new EntitlementRequestConfig(name, undefined as unknown as EntitlementRequestConfigArgs, { ...opts, id });
  }
}
