import { z } from "zod";
import { operation } from "./define";
import { file, filtered, flag, freeform, jsonPatch, maybe, paged, reference, sorted, text, whole } from "./shapes";
import { taskReference } from "./tasks";

const managerCorrelationMapping = z.looseObject({
  accountAttributeName: maybe(text),
  identityAttributeName: maybe(text),
});

const writable = {
  description: maybe(text),
  owner: maybe(reference),
  cluster: maybe(reference),
  accountCorrelationConfig: maybe(reference),
  accountCorrelationRule: maybe(reference),
  managerCorrelationMapping: maybe(managerCorrelationMapping),
  managerCorrelationRule: maybe(reference),
  beforeProvisioningRule: maybe(reference),
  passwordPolicies: maybe(z.array(reference)),
  features: maybe(z.array(text)),
  type: maybe(text),
  connectorClass: maybe(text),
  connectorAttributes: maybe(freeform),
  deleteThreshold: maybe(whole),
  managementWorkgroup: maybe(reference),
  connectionType: maybe(text),
  credentialProviderEnabled: maybe(flag),
  category: maybe(text),
};

/** A source as the tenant answers it. */
const source = z.looseObject({
  ...writable,
  id: text,
  name: text,
  connector: maybe(text),
  schemas: maybe(z.array(reference)),
  authoritative: maybe(flag),
  healthy: maybe(flag),
  status: maybe(text),
  since: maybe(text),
  connectorId: maybe(text),
  connectorName: maybe(text),
  connectorImplementationId: maybe(text),
  created: maybe(text),
  modified: maybe(text),
});
/** A source as the tenant answers it. */
export type Source = z.infer<typeof source>;

/** A source to create: `name`, `owner` and `connector` are required, and of a `cluster` its `type`, `id` and `name`. */
const newSource = z.looseObject({ ...writable, name: text, owner: reference, connector: text });
/** A source to create: `name`, `owner` and `connector` are required, and of a `cluster` its `type`, `id` and `name`. */
export type NewSource = z.infer<typeof newSource>;

const named = z.looseObject({ id: maybe(text), name: maybe(text) });

/** Who uses a source. A source in use cannot be deleted. */
const sourceConnections = z.looseObject({
  identityProfiles: maybe(z.array(z.looseObject({ id: maybe(text), name: maybe(text), identityCount: maybe(whole) }))),
  credentialProfiles: maybe(z.array(text)),
  sourceAttributes: maybe(z.array(text)),
  mappingProfiles: maybe(z.array(text)),
  dependentCustomTransforms: maybe(z.array(named)),
  dependentApps: maybe(z.array(z.looseObject({ cloudAppId: maybe(text), description: maybe(text) }))),
  missingDependents: maybe(z.array(z.looseObject({ dependencyType: maybe(text), reason: maybe(text) }))),
});
/** Who uses a source. A source in use cannot be deleted. */
export type SourceConnections = z.infer<typeof sourceConnections>;

const sourceHealth = z.looseObject({
  id: maybe(text),
  type: maybe(text),
  name: maybe(text),
  org: maybe(text),
  isAuthoritative: maybe(flag),
  isCluster: maybe(flag),
  hostname: maybe(text),
  pod: maybe(text),
  iqServiceVersion: maybe(text),
  status: maybe(text),
});
/** The health of a source, as the tenant last saw it. */
export type SourceHealth = z.infer<typeof sourceHealth>;

export const sources = {
  listSources: operation({
    method: "GET",
    path: "/sources",
    does: "list the sources",
    query: { ...paged, ...filtered, ...sorted, "for-subadmin": text.optional(), includeIDNSource: flag.optional() },
    answer: z.array(source),
    pageSize: 250,
    sortedBy: "id",
  }),
  createSource: operation({
    method: "POST",
    path: "/sources",
    does: "create the source",
    query: { provisionAsCsv: flag.optional() },
    body: newSource,
    answer: source,
  }),
  getSource: operation({ method: "GET", path: "/sources/{id}", does: "read the source", answer: source }),
  putSource: operation({
    method: "PUT",
    path: "/sources/{id}",
    does: "write the source",
    body: source,
    answer: source,
  }),
  updateSource: operation({
    method: "PATCH",
    path: "/sources/{id}",
    does: "change the source",
    body: jsonPatch,
    answer: source,
  }),
  deleteSource: operation({
    method: "DELETE",
    path: "/sources/{id}",
    does: "delete the source",
    answer: taskReference,
  }),
  getSourceConnections: operation({
    method: "GET",
    path: "/sources/{sourceId}/connections",
    does: "read what uses the source",
    answer: sourceConnections,
  }),
  getSourceHealth: operation({
    method: "GET",
    path: "/sources/{sourceId}/source-health",
    does: "read the health of the source",
    answer: sourceHealth,
  }),
  importConnectorFile: operation({
    method: "POST",
    path: "/sources/{sourceId}/upload-connector-file",
    does: "upload a connector file to the source",
    sends: "multipart",
    body: z.object({ file }),
    answer: source,
    // The same file under the same name replaces itself.
    idempotent: true,
  }),
};
