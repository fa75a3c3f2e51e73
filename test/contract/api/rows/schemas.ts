import { type Row, csvOf, schemaCsv, patch, row } from "./row";

export const schemas: Row[] = [
  row(
    "getSourceSchemas",
    ({ csv }) => ({ sourceId: csv }),
    (answer) => {
      expect(answer.map(({ name }) => name)).toContain("account");
    },
  ),
  row(
    "createSourceSchema",
    ({ csv }) => ({
      sourceId: csv,
      body: {
        name: "role",
        nativeObjectType: "Role",
        identityAttribute: "id",
        attributes: [{ name: "id", type: "STRING" }],
      },
    }),
    (answer, world) => {
      world.schema = answer.id;
    },
  ),
  row(
    "getSourceSchema",
    ({ csv, schema }) => ({ sourceId: csv, schemaId: schema }),
    (answer) => {
      expect(answer).toMatchObject({ name: "role", attributes: [{ name: "id", type: "STRING" }] });
    },
  ),
  row(
    "updateSourceSchema",
    ({ csv, schema }) => ({
      sourceId: csv,
      schemaId: schema,
      body: patch({ op: "add", path: "/attributes/-", value: { name: "title", type: "STRING" } }),
    }),
    (answer) => {
      expect(answer.attributes).toHaveLength(2);
    },
  ),
  row(
    "putSourceSchema",
    ({ csv, schema }) => ({
      sourceId: csv,
      schemaId: schema,
      body: {
        id: schema,
        name: "role",
        nativeObjectType: "Job",
        identityAttribute: "id",
        attributes: [{ name: "id", type: "STRING" }],
      },
    }),
    (answer) => {
      expect(answer).toMatchObject({ nativeObjectType: "Job", attributes: [{ name: "id" }] });
    },
  ),
  row(
    "deleteSourceSchema",
    ({ csv, schema }) => ({ sourceId: csv, schemaId: schema }),
    (answer) => {
      expect(answer).toBeUndefined();
    },
  ),
  row(
    "importAccountsSchema",
    ({ csv }) => ({ id: csv, body: { file: csvOf(schemaCsv) } }),
    (answer) => {
      expect(answer).toMatchObject({ name: "account" });
    },
  ),
  row(
    "getAccountsSchema",
    ({ csv }) => ({ id: csv }),
    (answer) => {
      expect(answer).toContain("e-mail");
    },
  ),
  row(
    "importEntitlementsSchema",
    ({ csv }) => ({ id: csv, schemaName: "group", body: { file: csvOf("id,name,displayName\n1,staff,Staff\n") } }),
    (answer) => {
      expect(answer.name).toBe("group");
    },
  ),
  row(
    "getEntitlementsSchema",
    ({ csv }) => ({ id: csv, schemaName: "group" }),
    (answer) => {
      expect(answer).toContain("displayName");
    },
  ),
];
