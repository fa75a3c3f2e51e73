import { fromIdentity, groups, schema, strings, type Connector } from "./connector";

/**
 * A connector that runs in the vendor's cloud. `spConnectorSpecId` and `idnProxyType` link a source to an instance of it
 * when the source is made; later PATCHes of `sp…` keys are dropped. It rotates its refresh token, and moves its cursor.
 */
export const saasConnector: Connector = {
  scriptName: "people-saas",
  name: "People SaaS",
  type: "People SaaS",
  className: "sailpoint.connector.OpenConnectorAdapter",
  implementation: "people-saas",
  connectionType: "direct",
  features: ["PROVISIONING", "ENABLE", "DISCOVER_SCHEMA", "NO_RANDOM_ACCESS"],
  category: "HR",
  defaults: {
    baseUrl: "",
    idnProxyType: "sp-connect",
    spConnectorSupportsCustomSchemas: true,
    healthCheckTimeout: 30,
    encrypted: "password,client_secret,refresh_token,apiKey",
  },
  writesItself: { token: "refresh_token", cursor: "lastSync" },
  schemas: [
    schema("account", "account", "id", "email", [
      ...strings("id", "email", "firstName", "lastName", "department"),
      groups("roles"),
    ]),
    schema("group", "group", "id", "name", strings("id", "name", "description")),
  ],
  createFields: [fromIdentity("email", "email")],
};
