/**
 * What the job in drift.sh watches over: it fails, and shows what, when somebody changed the tenant by hand. drift.yml
 * runs it every morning.
 */
import { Source } from "pulumi-sailpoint";

const payroll = new Source("payroll", {
  name: "Payroll",
  description: "Changed in Git, and nowhere else",
  owner: { alias: "slpt.services" },
  connector: "delimited-file",
  provisionAsCsv: true,
  deleteThreshold: 10,
  connectorAttributes: { delimiter: ";", "group.hasHeader": true },
});

export const sourceId = payroll.sourceId;
