import { type JsonObject, own } from "../reconcile";
import { singleton } from "./children";
import { type Mistake, flag, list, number, object, reference, word } from "./tree/field";

const OTHERS: ReadonlySet<unknown> = new Set(["GOVERNANCE_GROUP", "WORKFLOW"]);

function approverMistakes({ approverType, approverId }: JsonObject): Mistake[] {
  if (approverType === "WORKFLOW" && own(approverId, "name") !== undefined) {
    return [{ path: ["approverId"], message: "names a workflow, which is found by its id only: give the id" }];
  }
  if (typeof approverType !== "string" || OTHERS.has(approverType) === (approverId !== undefined)) return [];
  const message =
    approverId === undefined ? `is missing: ${approverType} needs one` : `is not for ${approverType}: leave it out`;
  return [{ path: ["approverId"], message }];
}

/** Steps of an approval follow each other. */
const approvalSchemes = list({
  doc: "Steps in their order; none: no approval.",
  of: object({
    named: "ApprovalScheme",
    doc: "One step of an approval.",
    fields: {
      approverType: word({
        doc: "Who approves.",
        required: true,
        what: "type of an approver",
        of: ["ENTITLEMENT_OWNER", "SOURCE_OWNER", "MANAGER", "GOVERNANCE_GROUP", "WORKFLOW"],
      }),
      approverId: reference({
        doc: "The governance group, by `{ name }` or its id, or the id of a workflow; only for these two.",
        to: "workgroup",
        what: "approver",
        asId: true,
      }),
    },
    check: approverMistakes,
  }),
});

export const entitlementRequestConfig = singleton({
  name: "EntitlementRequestConfig",
  what: "an entitlement request config",
  doc:
    "How entitlements of a source are requested and approved. Every source has this configuration: it is taken over, and " +
    "destroying the resource restores its former content.",
  operations: ["getSourceEntitlementRequestConfig", "updateSourceEntitlementRequestConfig"],
  example: `new EntitlementRequestConfig("ad-requests", {
  source: ad,
  accessRequestConfig: { approvalSchemes: [{ approverType: "MANAGER" }], requestCommentRequired: true },
});`,
  fields: {
    accessRequestConfig: object({
      doc: "Requests for access.",
      fields: {
        approvalSchemes,
        requestCommentRequired: flag("Whether who asks must say why."),
        denialCommentRequired: flag("Whether who denies must say why."),
        reauthorizationRequired: flag("Whether approvers must sign in again."),
        requireEndDate: flag("Whether a request must say when access ends."),
        maxPermittedAccessDuration: object({
          doc: "How long access may last.",
          fields: {
            value: number({ doc: "How many of the unit.", required: true, give: "a number of time units", least: 1 }),
            timeUnit: word({
              doc: "The unit.",
              required: true,
              what: "time unit",
              of: ["HOURS", "DAYS", "WEEKS", "MONTHS"],
            }),
          },
        }),
      },
    }),
    revocationRequestConfig: object({ doc: "Revocations.", fields: { approvalSchemes } }),
  },
  notInputs: { id: "it follows from source" },
  needs: "getSourceEntitlementRequestConfig",
  at: "id",
  read: "getSourceEntitlementRequestConfig",
  write: "updateSourceEntitlementRequestConfig",
});
