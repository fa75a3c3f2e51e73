/**
 * One program for sandbox and production. What differs is in Pulumi.sandbox.yaml and Pulumi.production.yaml, and only
 * there; that nothing else differs is what makes a change tried in the sandbox worth something.
 *
 *     pulumi up --stack sandbox         # try it
 *     pulumi preview --stack production # what it will change there
 *     pulumi up --stack production
 *
 * Secrets are not in these files: `pulumi config set --secret databasePassword --stack production`, and
 * SAIL_CLIENT_SECRET in the environment of whoever deploys.
 */
import * as pulumi from "@pulumi/pulumi";
import { ProvisioningPolicy, Schema, Source } from "pulumi-sailpoint";

const config = new pulumi.Config();
const isProduction = pulumi.getStack() === "production";

const erp = new Source(
  "erp",
  {
    name: "ERP",
    description: "Accounts of the ERP system's database",
    // Names, never ids: a name is the same on both tenants.
    owner: { alias: config.require("owner") },
    cluster: { name: config.require("cluster") },
    connector: "jdbc",
    deleteThreshold: config.requireNumber("deleteThreshold"),
    connectorAttributes: {
      url: config.require("databaseUrl"),
      user: "isc",
      password: config.requireSecret("databasePassword"),
      driverClass: "com.mysql.cj.jdbc.Driver",
    },
  },
  // Deleting a source deletes its accounts: in production it takes more than a line that went missing.
  { protect: isProduction },
);

new Schema("erp-account", {
  source: erp,
  name: "account",
  nativeObjectType: "account",
  identityAttribute: "login",
  displayAttribute: "login",
  attributes: [
    { name: "login", type: "STRING" },
    { name: "email", type: "STRING" },
    { name: "department", type: "STRING" },
    { name: "roles", type: "STRING", isMulti: true, isEntitlement: true },
  ],
});

new ProvisioningPolicy("erp-create", {
  source: erp,
  usageType: "CREATE",
  name: "Account",
  fields: [
    {
      name: "login",
      type: "string",
      isRequired: true,
      transform: { type: "identityAttribute", attributes: { name: "uid" } },
    },
  ],
});

export const tenant = erp.tenant;
