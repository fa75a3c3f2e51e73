import { connectors } from "./connector";
import type { AnswerOf, ParametersOf } from "./define";
import { lookups } from "./lookups";
import { provisioning } from "./provisioning";
import { schemas } from "./schemas";
import { settings } from "./configurations";
import { searches } from "./search";
import { sources } from "./sources";
import { tasks } from "./tasks";

/** Every operation of the API that this package knows, by its operationId. */
export const operations = {
  ...sources,
  ...schemas,
  ...provisioning,
  ...settings,
  ...connectors,
  ...tasks,
  ...lookups,
  ...searches,
};

type Operations = typeof operations;
/** The name of an operation: its operationId in SailPoint's documents. */
export type OperationId = keyof Operations;

/** What `call(id, …)` takes: path and query parameters by name, the body as `body`. */
export type Parameters<Id extends OperationId> = ParametersOf<Operations[Id]>;
/** What `call(id, …)` answers. */
export type Answer<Id extends OperationId> = AnswerOf<Operations[Id]>;

/** The operations that answer a collection in pages. */
export type CollectionId = {
  [Id in OperationId]: Operations[Id] extends { pageSize: number } ? Id : never;
}[OperationId];
/** One item of a collection. */
export type Item<Id extends CollectionId> = Answer<Id> extends (infer One)[] ? One : never;

export type { Definition, Method, Operation } from "./define";

export type {
  AttributeAssignment,
  AttributeSyncConfig,
  CorrelationConfig,
  EntitlementRequestConfig,
} from "./configurations";
export type { NativeChangeDetectionConfig, PasswordPolicyHolder, Schedule } from "./configurations";
export type { Connector, ConnectorDetail, ConnectorStatus, ResourceObject, ResourceObjects } from "./connector";
export type { Account, ConnectorRule, Identity, IdentityProfile, ManagedCluster, PasswordPolicy } from "./lookups";
export type { PublicIdentity, SourceSubtype, Transform, Workgroup } from "./lookups";
export type { NewSchema, Schema, SchemaAttribute } from "./schemas";
export type { AuditEvent, Search } from "./search";
export type { NewSource, Source, SourceConnections, SourceHealth } from "./sources";
export type { PatchOperation, Reference, UploadFile } from "./shapes";
export type { PolicyField, ProvisioningPolicy, ProvisioningPolicyById } from "./provisioning";
export type { LoadEntitlementsTask, LoadTask, SyncJob, TaskReference, TaskStatus } from "./tasks";
export { rights } from "./rights";
export type { Rights, UserLevel } from "./rights";
