import * as pulumi from "@pulumi/pulumi";
import { Schema, Source } from "pulumi-sailpoint";

const config = new pulumi.Config();

// The feed of people: a CSV file, loaded by hand or by `pulumi-sailpoint aggregate "People" people.csv`.
const people = new Source("people", {
  name: "People",
  description: "Everyone who works here",
  owner: { alias: config.require("owner") },
  connector: "delimited-file",
  provisionAsCsv: true,
  deleteThreshold: 10,
  connectorAttributes: { delimiter: ",", "group.hasHeader": true },
});

new Schema("people-account", {
  source: people,
  name: "account",
  nativeObjectType: "User",
  identityAttribute: "id",
  displayAttribute: "name",
  attributes: [
    { name: "id", type: "STRING" },
    { name: "name", type: "STRING" },
    { name: "email", type: "STRING" },
  ],
});

/** What the tenant calls the source. */
export const sourceId = people.sourceId;
