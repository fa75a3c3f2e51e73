import { type Row, anything, row } from "./row";

export const settings: Row[] = [
  row(
    "putCorrelationConfig",
    ({ csv }) => ({
      id: csv,
      body: { attributeAssignments: [{ property: "email", value: "e-mail", operation: "EQ" }] },
    }),
    (answer) => {
      expect(answer.attributeAssignments).toHaveLength(1);
    },
  ),
  row(
    "getCorrelationConfig",
    ({ csv }) => ({ id: csv }),
    (answer) => {
      expect(answer.attributeAssignments?.[0]).toMatchObject({ property: "email", value: "e-mail" });
    },
  ),
  row(
    "putNativeChangeDetectionConfig",
    ({ directory }) => ({
      sourceId: directory,
      body: { enabled: true, operations: ["ACCOUNT_UPDATED"], allEntitlements: true },
    }),
    (answer) => {
      expect(answer.enabled).toBe(true);
    },
  ),
  row(
    "getNativeChangeDetectionConfig",
    ({ directory }) => ({ sourceId: directory }),
    (answer) => {
      expect(answer.operations).toEqual(["ACCOUNT_UPDATED"]);
    },
  ),
  row(
    "deleteNativeChangeDetectionConfig",
    ({ directory }) => ({ sourceId: directory }),
    (answer) => {
      expect(answer).toBeUndefined();
    },
  ),
  row(
    "getSourceAttrSyncConfig",
    ({ directory }) => ({ id: directory }),
    (answer) => {
      expect(answer.source?.name).toBe("Corporate Directory");
    },
  ),
  row(
    "getSourceEntitlementRequestConfig",
    ({ directory }) => ({ id: directory }),
    (answer) => {
      expect(answer.accessRequestConfig).toEqual(anything);
    },
  ),
  row(
    "updateSourceEntitlementRequestConfig",
    ({ directory }) => ({
      id: directory,
      body: {
        accessRequestConfig: { approvalSchemes: [{ approverType: "SOURCE_OWNER" }], requestCommentRequired: true },
        revocationRequestConfig: { approvalSchemes: [] },
      },
    }),
    (answer) => {
      expect(answer.accessRequestConfig?.requestCommentRequired).toBe(true);
    },
  ),
  row(
    "updatePasswordPolicyHolders",
    ({ directory, policy }) => ({ sourceId: directory, body: [{ policyId: policy, selectors: { identityAttr: [] } }] }),
    (answer) => {
      expect(answer).toEqual([expect.objectContaining({ policyName: "Corporate Password Policy" })]);
    },
  ),
  row(
    "listPasswordPolicyHoldersOnSource",
    ({ directory }) => ({ sourceId: directory }),
    (answer, { policy }) => {
      expect(answer.map(({ policyId }) => policyId)).toEqual([policy]);
    },
  ),
];
