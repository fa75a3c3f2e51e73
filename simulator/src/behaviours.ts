/**
 * What real tenants do that is unproven, or differs from tenant to tenant. Each switch has the default that is most
 * likely; a test turns it to see that a client survives the other way.
 */
export interface Behaviours {
  /** Connectors come back with the suffix `-angularsc`, whatever was sent. Default true. */
  angularSuffix: boolean;
  /** How a secret comes back: the same cipher text each time, another one at every read, or `********`. Default "stable". */
  secrets: "stable" | "changing" | "masked";
  /** What `cluster` of a file-type source reads: null whatever was sent, or what was sent. Default "null". */
  clusterOfFileSources: "null" | "kept";
  /** The answer to a second source of the same name. Default 400. */
  duplicateSourceName: 400 | 409;
  /** The answer to the POST of a schema whose name exists. Default 400. */
  duplicateSchema: 400 | 409;
  /** The answer to the POST of a provisioning policy whose usage type exists. Default 400. */
  duplicatePolicy: 400 | 409;
  /** The answer to the POST of a schedule whose type exists: refused, or the old one is replaced. Default 400. */
  duplicateSchedule: 400 | 409 | "replaced";
  /** `value: null` in a JSON Patch: stored as null, taken as a removal, or refused. Default "set". */
  patchNull: "set" | "remove" | "refuse";
  /** GET of the correlation config of a source that nobody configured. Default "empty". */
  freshCorrelation: "template" | "empty" | "null" | "404";
  /** How the server names a correlation config. Default "source-first". */
  correlationName: "source-first" | "name-first";
  /** Cron expressions come back as sent, or with blanks collapsed and in capitals. Default "kept". */
  cronExpression: "kept" | "normalised";
  /** `identityAttribute` of a schema, once null, can be given a value later. Default true. */
  identityAttributeSettable: boolean;
  /** `configuration` of a schema that has none reads `{}`, null or is absent. Default "empty" (`{}`). */
  emptyConfiguration: "empty" | "null" | "absent";
  /** The booleans of a schema's attributes in the answers to POST and PUT are all false. Default false. */
  unreliableSchemaAnswers: boolean;
  /** `name` of a provisioning policy reads as sent, null, or empty. Default "kept". */
  policyName: "kept" | "null" | "empty";
  /** Form of `Retry-After`. Default "seconds". */
  retryAfter: "seconds" | "date";
  /** Milliseconds for which a source can still be read after its deletion task ended. Default 0. */
  lingerAfterDeletionMs: number;
  /** Milliseconds between a task's `completed` and its `completionStatus`. Default 0. */
  completionStatusLagMs: number;
  /** Answers carry fields that no document names. Default true. */
  undocumentedFields: boolean;
  /**
   * The list of connector rules also holds the tenant's cloud rules (Correlation, ManagerCorrelation,
   * BeforeProvisioning …), whose types the API's document does not know. Default false.
   */
  cloudRulesListed: boolean;
  /** `/connector-rules/{id}` knows cloud rules too. Sources may refer to them either way. Default false. */
  cloudRulesById: boolean;
  /**
   * A write that touches connector attributes of the server's own, beside its health, which is always refused: what was
   * written there is dropped without a word, or the write is refused. Default "dropped".
   */
  ownedAttributes: "dropped" | "refused";
  /** Connectors that can do so write a rotated token and a cursor into their source with every test and aggregation. Default false. */
  connectorWritesItself: boolean;
  /** Pages of a list come one member short of their limit while more follow: a member that nobody may see counts. Default false. */
  shortPages: boolean;
  /** Lists that no sorter orders come in the order of their storage, or in another one. Default "kept". */
  listOrder: "kept" | "shuffled";
  /** What a client with fewer rights is answered for a source that it does not see. Default 404. */
  unseenSource: 404 | 403;
  /**
   * Usage types, comma-separated, whose path answers 404 although the list has their policy. CREATE_MACHINE_ACCOUNT is
   * always one: its policies have a path by id only. Default "".
   */
  policiesWithoutPath: string;
  /** How the type of a policy's field comes back that was sent as null or `""`: as sent, or as `string`. Default "kept". */
  blankFieldType: "kept" | "string";
  /** Attributes of schemas carry `isManaged`, as exports do. Default false. */
  managedAttributes: boolean;
  /** The tenant knows the per-service form (`/sources/v1`); else the gateway answers 404. Default true. */
  services: boolean;
  /**
   * What answers with `X-Deprecated: true`: a comma list of versions (`v3`), operations (`listSources`) and both
   * (`services:listProvisioningPolicies`). Default "".
   */
  deprecated: string;
  /** Audit events tell the source's id among their attributes, beside its name. Default false. */
  eventSourceId: boolean;
  /** Milliseconds until an audit event can be found. Default 0. */
  eventsLagMs: number;
  /** How `connector_files` names an uploaded file: by its bare name, or in a folder of the source. Default "plain". */
  connectorFileNames: "plain" | "folder";
  /** `name` in the answer to the deletion of a source: null, or left out as the API's document has it. Default "null". */
  deletionName: "null" | "absent";
  /** The answer to an aggregation whose multipart body has no parts. Default 500. */
  emptyMultipart: 500 | 400;
  /** `owner` of sources reads null. Default false. */
  ownerNull: boolean;
  /** A source can be deleted while a task of its own runs on it. Default false. */
  deleteWhileBusy: boolean;
}

export const defaultBehaviours: Behaviours = {
  angularSuffix: true,
  secrets: "stable",
  clusterOfFileSources: "null",
  duplicateSourceName: 400,
  duplicateSchema: 400,
  duplicatePolicy: 400,
  duplicateSchedule: 400,
  patchNull: "set",
  freshCorrelation: "empty",
  correlationName: "source-first",
  cronExpression: "kept",
  identityAttributeSettable: true,
  emptyConfiguration: "empty",
  unreliableSchemaAnswers: false,
  policyName: "kept",
  retryAfter: "seconds",
  lingerAfterDeletionMs: 0,
  completionStatusLagMs: 0,
  undocumentedFields: true,
  cloudRulesListed: false,
  cloudRulesById: false,
  ownedAttributes: "dropped",
  connectorWritesItself: false,
  shortPages: false,
  listOrder: "kept",
  unseenSource: 404,
  policiesWithoutPath: "",
  blankFieldType: "kept",
  managedAttributes: false,
  connectorFileNames: "plain",
  services: true,
  eventSourceId: false,
  eventsLagMs: 0,
  deprecated: "",
  deletionName: "null",
  emptyMultipart: 500,
  ownerNull: false,
  deleteWhileBusy: false,
};
