/**
 * A system behind a REST API. What the connector calls, and how it reads the answers, are nested settings; its
 * credentials are secrets, which are kept encrypted in the state and never shown:
 *
 *     pulumi config set --secret clientSecret
 *     pulumi config set --secret apiKey
 */
import * as pulumi from "@pulumi/pulumi";
import { ProvisioningPolicy, Schema, Source } from "pulumi-sailpoint";

const config = new pulumi.Config();
const apiKey = config.requireSecret("apiKey");

const tickets = new Source("tickets", {
  name: "Ticket System",
  description: "Accounts of the ticket system, by its REST API",
  owner: { name: "Amelia Chen" },
  cluster: { name: "sp_connect_proxy_cluster" },
  connector: "web-services",
  features: ["PROVISIONING", "ENABLE", "SEARCH"],
  deleteThreshold: 10,
  managementWorkgroup: { name: "Source Managers" },
  connectorAttributes: {
    genericWebServiceBaseUrl: "https://tickets.example.com/api/v2",
    authenticationMethod: "OAuth2Login",
    grant_type: "CLIENT_CREDENTIALS",
    token_url: "https://tickets.example.com/oauth/token",
    client_id: "identity-security-cloud",
    client_secret: config.requireSecret("clientSecret"),
    timeoutInSeconds: 30,
    connectionParameters: [
      {
        uniqueNameForEndPoint: "Accounts",
        operationType: "Account Aggregation",
        httpMethodType: "GET",
        contextUrl: "/users?limit=100",
        rootPath: "$.users[*]",
        // Any secret in here makes Pulumi show changes of the whole list as [secret].
        header: { Accept: "application/json", "X-Api-Key": apiKey },
        resMappingObj: { id: "id", userName: "login", email: "mail", status: "state" },
        responseCode: ["200"],
      },
      {
        uniqueNameForEndPoint: "New account",
        operationType: "Create Account",
        httpMethodType: "POST",
        contextUrl: "/users",
        body: { bodyFormat: "raw", jsonBody: '{"login": "$plan.userName$", "mail": "$plan.email$"}' },
        header: { "Content-Type": "application/json", "X-Api-Key": apiKey },
        responseCode: ["201"],
      },
    ],
  },
});

new Schema("tickets-account", {
  source: tickets,
  name: "account",
  nativeObjectType: "account",
  identityAttribute: "id",
  displayAttribute: "userName",
  attributes: [
    { name: "id", type: "STRING" },
    { name: "userName", type: "STRING" },
    { name: "email", type: "STRING" },
    { name: "status", type: "STRING" },
    { name: "roles", type: "STRING", isMulti: true, isEntitlement: true },
  ],
});

// The tenant made one with the source: it is taken over, and given back by `pulumi destroy`.
new ProvisioningPolicy("tickets-create", {
  source: tickets,
  usageType: "CREATE",
  name: "Account",
  fields: [
    {
      name: "userName",
      type: "string",
      isRequired: true,
      transform: { type: "identityAttribute", attributes: { name: "uid" } },
    },
    {
      name: "email",
      type: "string",
      transform: { type: "lower", attributes: { input: { type: "identityAttribute", attributes: { name: "email" } } } },
    },
  ],
});

export const sourceId = tickets.sourceId;
