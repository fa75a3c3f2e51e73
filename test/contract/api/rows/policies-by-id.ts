import { type Row, patch, row } from "./row";

/** In the per-service form alone. */
export const policiesById: Row[] = [
  row(
    "listSourceSubtypes",
    ({ csv }) => ({ filters: `source.id eq "${csv}"`, sorters: "technicalName" }),
    (answer) => {
      expect(answer).toEqual([]);
    },
  ),
  row(
    "createProvisioningPolicyById",
    ({ csv }) => ({
      sourceId: csv,
      useDefaultFields: false,
      body: { name: "Leave", usageType: "DISABLE", fields: [{ name: "id", type: "string" }] },
    }),
    (answer, world) => {
      expect(answer).toMatchObject({ usageType: "DISABLE", fields: [{ name: "id" }] });
      world.policyById = answer.id;
    },
  ),
  row(
    "listProvisioningPoliciesById",
    ({ csv }) => ({ sourceId: csv, filters: 'usageType eq "DISABLE"' }),
    (answer, { policyById }) => {
      expect(answer.map(({ id }) => id)).toEqual([policyById]);
    },
  ),
  row(
    "getProvisioningPolicyById",
    ({ csv, policyById }) => ({ sourceId: csv, id: policyById }),
    (answer, { policyById }) => {
      expect(answer).toMatchObject({ id: policyById, name: "Leave" });
    },
  ),
  row(
    "updateProvisioningPolicyById",
    ({ csv, policyById }) => ({
      sourceId: csv,
      id: policyById,
      body: patch({ op: "add", path: "/description", value: "Who leaves" }),
    }),
    (answer) => {
      expect(answer.description).toBe("Who leaves");
    },
  ),
  row(
    "putProvisioningPolicyById",
    ({ csv, policyById }) => ({
      sourceId: csv,
      id: policyById,
      body: { id: policyById, name: "Gone", usageType: "DISABLE", fields: [] },
    }),
    (answer) => {
      expect(answer).toMatchObject({ name: "Gone", fields: [] });
    },
  ),
  row(
    "deleteProvisioningPolicyById",
    ({ csv, policyById }) => ({ sourceId: csv, id: policyById }),
    (answer) => {
      expect(answer).toBeUndefined();
    },
  ),
];
