import { type Row, patch, row } from "./row";

export const policies: Row[] = [
  row(
    "createProvisioningPolicy",
    ({ csv }) => ({
      sourceId: csv,
      body: { name: "Leave", usageType: "DISABLE", fields: [{ name: "id", type: "string", isRequired: false }] },
    }),
    (answer) => {
      expect(answer.usageType).toBe("DISABLE");
    },
  ),
  row(
    "listProvisioningPolicies",
    ({ csv }) => ({ sourceId: csv }),
    (answer) => {
      expect(answer.map(({ usageType }) => usageType)).toContain("DISABLE");
    },
  ),
  row(
    "getProvisioningPolicy",
    ({ csv }) => ({ sourceId: csv, usageType: "DISABLE" }),
    (answer) => {
      expect(answer.fields).toEqual([expect.objectContaining({ name: "id" })]);
    },
  ),
  row(
    "updateProvisioningPolicy",
    ({ csv }) => ({
      sourceId: csv,
      usageType: "DISABLE",
      body: patch({ op: "replace", path: "/description", value: "Who leaves" }),
    }),
    (answer) => {
      expect(answer.description).toBe("Who leaves");
    },
  ),
  row(
    "putProvisioningPolicy",
    ({ csv }) => ({ sourceId: csv, usageType: "DISABLE", body: { name: "Gone", usageType: "DISABLE", fields: [] } }),
    (answer) => {
      expect(answer.fields).toEqual([]);
    },
  ),
  row(
    "updateProvisioningPoliciesInBulk",
    ({ csv }) => ({
      sourceId: csv,
      body: [{ name: "Back", usageType: "DISABLE", fields: [{ name: "name", type: "string" }] }],
    }),
    (answer) => {
      expect(answer).toEqual([expect.objectContaining({ name: "Back", usageType: "DISABLE" })]);
    },
  ),
  row(
    "deleteProvisioningPolicy",
    ({ csv }) => ({ sourceId: csv, usageType: "DISABLE" }),
    (answer) => {
      expect(answer).toBeUndefined();
    },
  ),
];
