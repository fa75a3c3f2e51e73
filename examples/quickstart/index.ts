import * as pulumi from "@pulumi/pulumi";
import { Schema, Source } from "pulumi-sailpoint";

const config = new pulumi.Config();

// The feed of people: a CSV file that an HR system exports every night.
const hr = new Source("hr", {
  name: "HR Feed",
  description: "Everyone who works here, exported by the HR system every night",
  owner: { alias: "slpt.services" },
  connector: "delimited-file",
  provisionAsCsv: true,
  features: ["DIRECT_PERMISSIONS", "NO_RANDOM_ACCESS"],
  deleteThreshold: 10,
  connectorAttributes: {
    "group.hasHeader": true,
    delimiter: ",",
    password: config.requireSecret("hrPassword"), // opens the encrypted export
  },
});

new Schema("hr-account", {
  source: hr,
  name: "account",
  nativeObjectType: "User",
  identityAttribute: "id",
  displayAttribute: "name",
  attributes: [
    { name: "id", type: "STRING", description: "The employee number" },
    { name: "name", type: "STRING" },
    { name: "email", type: "STRING" },
    { name: "hired", type: "DATE" },
    { name: "groups", type: "STRING", isMulti: true, isEntitlement: true },
  ],
});

/** What the tenant calls the source. */
export const hrSourceId = hr.sourceId;
