import { type Row, row } from "./row";

export const connector: Row[] = [
  row(
    "importConnectorFile",
    ({ csv }) => ({ sourceId: csv, body: { file: { name: "driver.jar", content: new Uint8Array([80, 75, 3, 4]) } } }),
    (answer) => {
      expect(answer.connectorAttributes?.["connector_files"]).toContain("driver.jar");
    },
  ),
  row(
    "testSourceConnection",
    ({ directory }) => ({ sourceId: directory }),
    (answer) => {
      expect(answer.status).toBe("SUCCESS");
    },
  ),
  row(
    "testSourceConfiguration",
    ({ directory }) => ({ sourceId: directory }),
    (answer) => {
      expect(answer.status).toBe("SUCCESS");
    },
  ),
  row(
    "pingCluster",
    ({ directory }) => ({ sourceId: directory }),
    (answer) => {
      expect(answer.status).toBe("SUCCESS");
    },
  ),
  row(
    "searchResourceObjects",
    ({ directory }) => ({ sourceId: directory, body: { objectType: "account", maxCount: 3 } }),
    (answer) => {
      expect(answer.resourceObjects?.length).toBeGreaterThan(0);
    },
  ),
];
