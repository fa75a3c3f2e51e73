/**
 * SailPoint Identity Security Cloud sources as code.
 */
export {
  type ClusterResult,
  type ConnectorResult,
  type FunctionOptions,
  type IdentityResult,
  type SourceResult,
  getCluster,
  getClusterOutput,
  getConnector,
  getConnectorOutput,
  getIdentity,
  getIdentityOutput,
  getSource,
  getSourceOutput,
  getSources,
  getSourcesOutput,
} from "./resources/functions";
export * from "./resources";
export type { Deep, JsonInput, Reference } from "./resources/inputs";
export { type CsvOptions, type CsvText, schemaAttributesFromCsv } from "./resources/schema-attributes-from-csv";
export { Tenant, type TenantArgs } from "./resources/tenant";
