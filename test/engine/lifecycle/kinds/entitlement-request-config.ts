import { type Entry, add, move, remove, set, without } from "./entry";

const approver = (approverType: string) => ({ approverType, approverId: null });

export const requests: Entry = {
  kind: "EntitlementRequestConfig",
  declared: (of) => ({
    source: of,
    accessRequestConfig: {
      approvalSchemes: [{ approverType: "MANAGER" }, { approverType: "SOURCE_OWNER" }],
      requestCommentRequired: true,
      maxPermittedAccessDuration: { value: 2, timeUnit: "WEEKS" },
    },
    revocationRequestConfig: { approvalSchemes: [{ approverType: "MANAGER" }] },
  }),
  part: "entitlement-request-config/",
  former: {
    accessRequestConfig: {
      approvalSchemes: [approver("ENTITLEMENT_OWNER")],
      requestCommentRequired: false,
      denialCommentRequired: true,
      reauthorizationRequired: false,
      requireEndDate: false,
      maxPermittedAccessDuration: { value: 6, timeUnit: "MONTHS" },
      formDefinitionId: "a-form",
    },
    revocationRequestConfig: { approvalSchemes: [] },
  },
  others: () => [set("/accessRequestConfig/requireEndDate", true)],
  drift: {
    scalar: {
      edit: () => [set("/accessRequestConfig/requestCommentRequired", false)],
      shows: [{ path: "accessRequestConfig.requestCommentRequired", old: false, new: true }],
    },
    "nested-key": {
      edit: () => [set("/accessRequestConfig/maxPermittedAccessDuration/value", 3)],
      shows: [{ path: "accessRequestConfig.maxPermittedAccessDuration.value", old: 3, new: 2 }],
    },
    "list-element": {
      edit: () => [set("/accessRequestConfig/approvalSchemes/1", approver("ENTITLEMENT_OWNER"))],
      shows: [
        {
          path: "accessRequestConfig.approvalSchemes[1].approverType",
          old: "ENTITLEMENT_OWNER",
          new: "SOURCE_OWNER",
        },
      ],
    },
    order: {
      edit: () => [move("/accessRequestConfig/approvalSchemes/1", "/accessRequestConfig/approvalSchemes/0")],
      shows: [
        { path: "accessRequestConfig.approvalSchemes[0].approverType", old: "SOURCE_OWNER", new: "MANAGER" },
        { path: "accessRequestConfig.approvalSchemes[1].approverType", old: "MANAGER", new: "SOURCE_OWNER" },
      ],
    },
    removed: {
      edit: () => [
        remove("/accessRequestConfig/approvalSchemes/1"),
        set("/accessRequestConfig/maxPermittedAccessDuration", null),
      ],
      shows: [
        { path: "accessRequestConfig.approvalSchemes[1]", new: { approverType: "SOURCE_OWNER" } },
        { path: "accessRequestConfig.maxPermittedAccessDuration", new: { value: 2, timeUnit: "WEEKS" } },
      ],
    },
    "added-to-list": {
      edit: () => [add("/revocationRequestConfig/approvalSchemes/-", approver("SOURCE_OWNER"))],
      shows: [{ path: "revocationRequestConfig.approvalSchemes[1]", old: { approverType: "SOURCE_OWNER" } }],
    },
    "added-by-others": { edit: () => [], shows: [] },
  },
  update: {
    changed: (declared) => ({
      ...declared,
      accessRequestConfig: {
        approvalSchemes: [{ approverType: "SOURCE_OWNER" }],
        requestCommentRequired: true,
        denialCommentRequired: false,
        maxPermittedAccessDuration: { value: 4, timeUnit: "WEEKS" },
      },
    }),
  },
  withdrawn: {
    changed: (declared) => ({ ...without(declared, "revocationRequestConfig"), accessRequestConfig: {} }),
    back: ({ accessRequestConfig, revocationRequestConfig }) => [accessRequestConfig, revocationRequestConfig],
  },
  replace: { changed: (declared, spare) => ({ ...declared, source: spare }), key: "source" },
};
