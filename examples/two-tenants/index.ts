/**
 * Two tenants in one program. Each is a provider of its own, with its own address and credentials:
 *
 *     pulumi config set euBaseUrl https://acme-eu.api.identitynow.com
 *     pulumi config set euClientId …
 *     pulumi config set --secret euClientSecret   # and the same for us
 *
 * In the environment, SAIL_CLIENT_SECRET_EU and SAIL_CLIENT_SECRET_US win over the configuration: set them after a
 * secret was rotated. SAIL_BASE_URL and its like are not read for a named tenant.
 */
import * as pulumi from "@pulumi/pulumi";
import { Schedule, Schema, Source, Tenant } from "pulumi-sailpoint";

const config = new pulumi.Config();

const tenant = (name: string) =>
  new Tenant(name, {
    baseUrl: config.require(`${name}BaseUrl`),
    clientId: config.require(`${name}ClientId`),
    clientSecret: config.requireSecret(`${name}ClientSecret`),
  });

/** The same on every tenant: names stand for ids, which differ. */
function directory(region: string, provider: Tenant, cronExpression: string): Source {
  const source = new Source(
    `${region}-directory`,
    {
      name: "Regional Directory",
      description: `People of the region ${region}`,
      owner: { alias: "slpt.services" },
      cluster: { name: "sp_connect_proxy_cluster" },
      connector: "open-ldap",
      connectorAttributes: { host: `ldap.${region}.example.com`, port: 636, useSSL: true },
    },
    { provider },
  );
  // What hangs on a source goes to the source's tenant.
  new Schema(`${region}-account`, {
    source,
    name: "account",
    attributes: [
      { name: "dn", type: "STRING" },
      { name: "cn", type: "STRING" },
      { name: "costCenter", type: "STRING" },
    ],
  });
  new Schedule(`${region}-nightly`, { source, type: "ACCOUNT_AGGREGATION", cronExpression });
  return source;
}

const eu = directory("eu", tenant("eu"), "0 0 1 * * ?");
const us = directory("us", tenant("us"), "0 0 7 * * ?");

/** Where each of them is. */
export const tenants = [eu.tenant, us.tenant];
export const sourceIds = [eu.sourceId, us.sourceId];
