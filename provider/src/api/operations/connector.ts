import { z } from "zod";
import { since2024 } from "../versions";
import { operation } from "./define";
import { filtered, flag, freeform, maybe, paged, text, whole } from "./shapes";

/** What a test or a ping found. A failed test is an answer (`status: "FAILURE"`), not an error. */
const connectorStatus = z.looseObject({
  id: maybe(text),
  name: maybe(text),
  status: maybe(text),
  elapsedMillis: maybe(whole),
  details: maybe(freeform),
});
/** What came of a test of a source's connection or settings. */
export type ConnectorStatus = z.infer<typeof connectorStatus>;

const resourceObject = z.looseObject({
  identity: maybe(text),
  name: maybe(text),
  objectType: maybe(text),
  attributes: maybe(freeform),
});
/** An object as the connector reads it from the system. */
export type ResourceObject = z.infer<typeof resourceObject>;

const resourceObjects = z.looseObject({
  id: maybe(text),
  name: maybe(text),
  objectCount: maybe(whole),
  elapsedMillis: maybe(whole),
  resourceObjects: maybe(z.array(resourceObject)),
});
/** Objects as the connector reads them from the system. */
export type ResourceObjects = z.infer<typeof resourceObjects>;

/** A kind of connector. Sources name it by `scriptName`. */
const connector = z.looseObject({
  name: maybe(text),
  type: maybe(text),
  scriptName: maybe(text),
  className: maybe(text),
  features: maybe(z.array(text)),
  directConnect: maybe(flag),
  connectorMetadata: maybe(freeform),
  status: maybe(text),
});
/** A connector that the tenant offers. */
export type Connector = z.infer<typeof connector>;

/** A connector with its form and its templates. */
const connectorDetail = z.looseObject({
  name: maybe(text),
  type: maybe(text),
  className: maybe(text),
  scriptName: maybe(text),
  applicationXml: maybe(text),
  correlationConfigXml: maybe(text),
  sourceConfigXml: maybe(text),
  sourceConfig: maybe(text),
  sourceConfigFrom: maybe(text),
  s3Location: maybe(text),
  uploadedFiles: maybe(z.array(text)),
  fileUpload: maybe(flag),
  directConnect: maybe(flag),
  translationProperties: maybe(freeform),
  connectorMetadata: maybe(freeform),
  status: maybe(text),
});
/** A connector with its template and form. */
export type ConnectorDetail = z.infer<typeof connectorDetail>;

// The checks change nothing on the tenant, although they are POSTs: they may be repeated, also read-only.
const check = { method: "POST", versions: since2024, idempotent: true, writes: false, slow: true } as const;

export const connectors = {
  testSourceConnection: operation({
    ...check,
    path: "/sources/{sourceId}/connector/check-connection",
    does: "test the connection of the source",
    answer: connectorStatus,
  }),
  testSourceConfiguration: operation({
    ...check,
    path: "/sources/{sourceId}/connector/test-configuration",
    does: "test the configuration of the source",
    answer: connectorStatus,
  }),
  pingCluster: operation({
    ...check,
    path: "/sources/{sourceId}/connector/ping-cluster",
    does: "ping the cluster of the source",
    answer: connectorStatus,
  }),
  searchResourceObjects: operation({
    ...check,
    path: "/sources/{sourceId}/connector/peek-resource-objects",
    does: "peek at the objects of the source",
    body: z.looseObject({ objectType: text.optional(), maxCount: whole.optional() }),
    answer: resourceObjects,
  }),
  getSourceConfig: operation({
    method: "GET",
    path: "/sources/{id}/connectors/source-config",
    does: "read the form of the source's connector",
    versions: since2024,
    query: { locale: text.optional() },
    answer: connectorDetail,
  }),
  getConnectorList: operation({
    method: "GET",
    path: "/connectors",
    does: "list the connectors",
    query: { ...paged, ...filtered, locale: text.optional() },
    answer: z.array(connector),
    pageSize: 250,
  }),
  getConnector: operation({
    method: "GET",
    path: "/connectors/{scriptName}",
    does: "read the connector",
    query: { locale: text.optional() },
    answer: connectorDetail,
  }),
};
