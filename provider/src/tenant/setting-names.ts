import { apiVersions, defaultApiVersion } from "../api/versions";

/** A setting of the provider, as people meet it. */
export interface Setting {
  readonly doc: string;
  readonly type: "text" | "flag" | "number";
  /** The environment variables that say it, too. */
  readonly environment?: readonly string[];
  readonly secret?: true;
  /** The words that it takes. */
  readonly of?: readonly string[];
}

/** Every setting of the provider: keys of `sailpoint:` in a stack's configuration, and inputs of a provider. */
export const SETTINGS = {
  baseUrl: {
    doc: "The address of the tenant's API, `https://TENANT.api.identitynow.com`.",
    type: "text",
    environment: ["SAIL_BASE_URL"],
  },
  clientId: {
    doc: "The id of a personal access token or an API client.",
    type: "text",
    environment: ["SAIL_CLIENT_ID"],
  },
  clientSecret: {
    doc:
      "Its secret. The environment wins, so that a rotated secret reaches refresh and destroy: `SAIL_CLIENT_SECRET`, " +
      "or `SAIL_CLIENT_SECRET_NAME` for a provider of that name.",
    type: "text",
    environment: ["SAIL_CLIENT_SECRET"],
    secret: true,
  },
  apiVersion: {
    doc: `The version of the API. Default: \`${defaultApiVersion}\`.`,
    type: "text",
    of: apiVersions,
  },
  readOnly: { doc: "Refuses every write before it is sent. Default: false.", type: "flag" },
  settleSeconds: {
    doc: "How long the tenant may answer the old state after a write, in seconds. Default: 10.",
    type: "number",
    environment: ["SAIL_SETTLE_SECONDS"],
  },
  timeoutSeconds: {
    doc: "How long one call may take in all, with its repetitions, in seconds.",
    type: "number",
    environment: ["SAIL_TIMEOUT_SECONDS"],
  },
  requestsPer10Seconds: {
    doc: "How many requests the tenant takes in 10 seconds, or `unlimited`. Default: 100.",
    type: "text",
    environment: ["SAIL_REQUESTS_PER_10_SECONDS"],
  },
} as const satisfies Record<string, Setting>;
