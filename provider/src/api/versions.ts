/*
 * The one table of the API's versions. An annual version is a prefix of the path, `/v2025/sources/{id}`. In the
 * per-service form, which SailPoint documents now, each service has a number of its own behind its name,
 * `/sources/v1/{id}`, and `services` chooses that form: it is no number, since one service may mix several.
 */

/** What `sailpoint:apiVersion` and `--api-version` take, what to prefer first. */
export const apiVersions = ["services", "v2026", "v2025", "v2024", "v3", "beta"] as const;
/** A form of the API that this package knows. */
export type ApiVersion = (typeof apiVersions)[number];

/** Where nothing is chosen. */
export const defaultApiVersion = "v2025" satisfies ApiVersion;

/* Since when the API has an operation: it stays in all later versions. */
export const onlyServices = ["services"] as const satisfies readonly ApiVersion[];
export const since2025 = ["v2025", "v2026", ...onlyServices] as const satisfies readonly ApiVersion[];
export const since2024 = ["v2024", ...since2025] as const satisfies readonly ApiVersion[];

/** Those whose operations are known, the oldest first. The others are taken to have every operation of the annual form. */
export const versions = ["v3", ...since2024] as const satisfies readonly ApiVersion[];
/** A form of the API of which it is known which operations it has. */
export type Version = (typeof versions)[number];

/**
 * A path of the annual form as it stands below the base URL in a version: the only place that builds it. Takes a
 * template as well as a filled path with its query, since the service's name is never a parameter.
 *
 * @example
 * pathIn("v2025", "/sources/{id}") // "/v2025/sources/{id}"
 * pathIn("services", "/sources/2c91/schemas?limit=1") // "/sources/v1/2c91/schemas?limit=1"
 */
export function pathIn(apiVersion: string, path: string, number = 1): string {
  if (apiVersion !== "services") return `/${apiVersion}${path}`;
  return path.replace(/^\/[^/?]+/, (service) => `${service}/v${String(number)}`);
}
