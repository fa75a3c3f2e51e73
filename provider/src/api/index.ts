/**
 * A typed client for the Sources API of SailPoint Identity Security Cloud.
 *
 * @example
 * import { createClient } from "pulumi-sailpoint/api";
 *
 * const client = createClient({ baseUrl: "https://acme.api.identitynow.com", clientId, clientSecret });
 * for await (const source of client.paginate("listSources")) console.log(source.name);
 * client.close();
 */
export { createClient } from "./client";
export type { CallOptions, Client } from "./client";
export type { CallRecord } from "./pursue";
export type { Bearer } from "./auth";
export { normalizeBaseUrl } from "./options";
export type { ClientOptions } from "./options";
export { apiVersions, defaultApiVersion, pathIn, versions } from "./versions";
export type { ApiVersion, Version } from "./versions";
export { SailPointError, isNotFound } from "./errors";
export type { Cause, ErrorKind } from "./errors";
export type { Notice } from "./notice";
export { createRedactor, hidden } from "./redact";
export type { RedactOptions, Redactor } from "./redact";
export { isSecretKey } from "./secret-keys";
export { documentedRate } from "./limiter";
export type { RateLimit } from "./limiter";
export { taskMessages, taskOutcome } from "./tasks";
export type { AwaitTaskOptions, TaskOutcome } from "./tasks";
export * from "./operations";
