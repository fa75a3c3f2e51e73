import { type Row, patch, row } from "./row";

export const sources: Row[] = [
  row(
    "createSource",
    ({ owner, cluster }) => ({
      provisionAsCsv: true,
      body: {
        name: "HR Feed",
        connector: "delimited-file",
        owner: { type: "IDENTITY", id: owner },
        cluster: { type: "CLUSTER", id: cluster, name: "sp_connect_proxy_cluster" },
        connectorAttributes: { "group.hasHeader": true, password: "s3cr3t" },
      },
    }),
    (answer, world) => {
      expect(answer).toMatchObject({ name: "HR Feed", type: "DelimitedFile", owner: { name: "SailPoint Services" } });
      expect(JSON.stringify(answer)).not.toContain("s3cr3t");
      world.csv = answer.id;
    },
  ),
  row(
    "listSources",
    () => ({ filters: 'name eq "Corporate Directory"' }),
    (answer, world) => {
      expect(answer).toHaveLength(1);
      world.directory = answer[0]?.id ?? "";
    },
  ),
  row(
    "getSource",
    ({ csv }) => ({ id: csv }),
    (answer) => {
      expect(answer.connectorAttributes).toMatchObject({ "group.hasHeader": true });
    },
  ),
  row(
    "updateSource",
    ({ directory, cluster }) => ({
      id: directory,
      body: patch(
        { op: "test", path: "/name", value: "Corporate Directory" },
        { op: "add", path: "/cluster", value: { type: "CLUSTER", id: cluster, name: "sp_connect_proxy_cluster" } },
      ),
    }),
    (answer) => {
      expect(answer.cluster?.name).toBe("sp_connect_proxy_cluster");
    },
  ),
  row(
    "getSourceConnections",
    ({ directory }) => ({ sourceId: directory }),
    (answer) => {
      expect(answer.identityProfiles).toEqual([expect.objectContaining({ name: "Employees" })]);
    },
  ),
  row(
    "getSourceHealth",
    ({ csv }) => ({ sourceId: csv }),
    (answer) => {
      expect(answer.name).toBe("HR Feed");
    },
  ),
  row(
    "getSourceConfig",
    ({ csv }) => ({ id: csv }),
    (answer) => {
      expect(answer.scriptName).toMatch(/^delimited-file/);
    },
  ),
];
