/**
 * A CSV file of people: its columns are the schema, its rows the accounts.
 *
 * `pulumi up` makes the source, loads people.csv and waits until the tenant has taken it in. Change a row, and the next
 * `pulumi up` loads the file again; change nothing, and it does nothing.
 */
import * as pulumi from "@pulumi/pulumi";
import { Aggregation, CorrelationConfig, Schema, Source, schemaAttributesFromCsv } from "pulumi-sailpoint";

const people = "people.csv";

const hr = new Source("hr", {
  name: "HR File",
  description: "Everyone who works here",
  owner: { alias: "slpt.services" },
  connector: "delimited-file",
  provisionAsCsv: true,
  features: ["NO_RANDOM_ACCESS", "DIRECT_PERMISSIONS"],
  deleteThreshold: 20,
  connectorAttributes: { delimiter: ",", "group.hasHeader": true },
});

const account = new Schema("hr-account", {
  source: hr,
  name: "account",
  nativeObjectType: "User",
  identityAttribute: "id",
  displayAttribute: "name",
  // The header knows names only: what a column is beside a single text is said here.
  attributes: schemaAttributesFromCsv(
    { path: people },
    {
      attributes: {
        id: { description: "The employee number" },
        hired: { type: "DATE" },
        groups: { isMulti: true, isEntitlement: true },
      },
    },
  ),
});

// The first that matches decides which identity an account belongs to.
new CorrelationConfig("hr-correlation", {
  source: hr,
  attributeAssignments: [
    { property: "email", value: "email", ignoreCase: true },
    { property: "displayName", value: "name" },
  ],
});

const loaded = new Aggregation(
  "hr-load",
  { source: hr, csv: new pulumi.asset.FileAsset(people) },
  { dependsOn: account },
);

/** How many accounts were read, created, changed … */
export const counts = loaded.counts;
export const sourceId = hr.sourceId;
