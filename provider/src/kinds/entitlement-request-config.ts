import { z } from "zod";
import type { ListRule } from "../reconcile";
import { asBody, asObject, asSettings } from "../tenant/wire";
import { ofSource } from "./children";
import type { Kind } from "./kind";
import { singleton } from "./singleton";
import { flag, oneOf, outputOnly, required, whole } from "./validation";

const APPROVERS = ["ENTITLEMENT_OWNER", "SOURCE_OWNER", "MANAGER", "GOVERNANCE_GROUP", "WORKFLOW"] as const;
const NAMED_BY_ID: ReadonlySet<string> = new Set(["GOVERNANCE_GROUP", "WORKFLOW"]);
const TIME_UNITS = ["HOURS", "DAYS", "WEEKS", "MONTHS"] as const;

const approval = z
  .strictObject({ approverType: oneOf("type of an approver", APPROVERS), approverId: required("an id").optional() })
  .superRefine(({ approverType, approverId }, context) => {
    if (NAMED_BY_ID.has(approverType) === (approverId !== undefined)) return;
    context.addIssue({
      code: "custom",
      path: ["approverId"],
      message:
        approverId === undefined ? `is missing: ${approverType} needs one` : `is not for ${approverType}: leave it out`,
    });
  });
const approvalSchemes = z.array(approval).optional();

const inputs = z.strictObject({
  source: required("a Source, or a source's id"),
  accessRequestConfig: z
    .strictObject({
      approvalSchemes,
      requestCommentRequired: flag.optional(),
      denialCommentRequired: flag.optional(),
      reauthorizationRequired: flag.optional(),
      requireEndDate: flag.optional(),
      maxPermittedAccessDuration: z
        .strictObject({ value: whole("a number of time units", 1), timeUnit: oneOf("time unit", TIME_UNITS) })
        .optional(),
    })
    .optional(),
  revocationRequestConfig: z.strictObject({ approvalSchemes }).optional(),
  id: outputOnly("it follows from source"),
});

const value = { is: "value" } as const;
const flagRule = { is: "value", absent: false } as const;
/** Steps of an approval follow each other. */
const schemes: ListRule = { is: "list", of: { is: "object", fields: { approverType: value, approverId: value } } };

/** How entitlements of a source are requested and approved. API: `updateSourceEntitlementRequestConfig`. */
export const entitlementRequestConfig: Kind = {
  ...singleton(
    "EntitlementRequestConfig",
    async ({ client }, id) => asSettings(await client.call("getSourceEntitlementRequestConfig", { id })),
    async ({ client }, id, body) => {
      const operation = "updateSourceEntitlementRequestConfig";
      return asObject(await client.call(operation, { id, body: asBody(operation, body) }));
    },
  ),
  name: "EntitlementRequestConfig",
  inputs,
  needs: "getSourceEntitlementRequestConfig",
  rules: {
    is: "object",
    fields: {
      source: ofSource("an entitlement request config"),
      accessRequestConfig: {
        is: "object",
        fields: {
          approvalSchemes: schemes,
          requestCommentRequired: flagRule,
          denialCommentRequired: flagRule,
          reauthorizationRequired: flagRule,
          requireEndDate: flagRule,
          maxPermittedAccessDuration: { is: "object", fields: { value, timeUnit: value } },
        },
      },
      revocationRequestConfig: { is: "object", fields: { approvalSchemes: schemes } },
    },
  },
};
