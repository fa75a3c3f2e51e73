import { SailPointError } from "./errors";
import type { RateLimit } from "./limiter";
import type { Notice } from "./notice";
import { apiVersions, defaultApiVersion } from "./versions";

/** Which tenant, as whom, and how patiently. */
export interface ClientOptions {
  /** `https://{tenant}.api.identitynow.com`. */
  baseUrl: string;
  clientId: string;
  clientSecret: string;
  /** `services` for the per-service form, or an annual version. Default `v2025`. */
  apiVersion?: string | undefined;
  /** Refuse every write before it is sent. Default false. */
  readOnly?: boolean | undefined;
  /** How long one call may take in all, with its repetitions, from when it is its turn. Default 3 minutes. */
  deadlineMs?: number | undefined;
  /** How long one attempt may take. Default 60 seconds; 3 minutes where the tenant works on the connected system. */
  attemptMs?: number | undefined;
  /** Default 100 requests in 10 seconds. `false`: only what the tenant refuses slows us down. */
  rateLimit?: RateLimit | false | undefined;
  /** Hears what is no failure and worth a warning: what is deprecated, once; what was left out of an odd answer. */
  onNotice?: ((notice: Notice) => void) | undefined;
}

export const defaultDeadlineMs = 180_000;
export const defaultAttemptMs = 60_000;
export const slowAttemptMs = 180_000;

/**
 * The address of a tenant in the one form that everything uses: small letters, the port only where it is not the usual
 * one, no slash at the end.
 * Throws a configuration error that says what is wrong and how it should be.
 */
export function normalizeBaseUrl(baseUrl: string): string {
  const wrong = (problem: string, remedy: string) =>
    new SailPointError({ kind: "configuration", happened: `The base URL ${shown(baseUrl)} ${problem}`, remedy });
  const example = "It should read like https://acme.api.identitynow.com.";

  if (!URL.canParse(baseUrl.trim())) throw wrong("is not a URL", example);
  const url = new URL(baseUrl.trim());
  // A full stop at the end of a host is its root, and names the same host; certificates are without.
  url.hostname = url.hostname.replace(/\.$/, "");
  if (url.username || url.password) throw wrong("holds a user name or a password", example);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback(url.hostname))) {
    throw wrong("does not begin with https://", "Write it with https://: the client secret travels this way.");
  }
  const uiHost = /^([\w-]+)\.(identitynow(?:-demo)?\.com)$/.exec(url.hostname);
  if (uiHost) {
    throw wrong("is the address of the tenant's pages, not of its API", `Use https://${uiHost[1]}.api.${uiHost[2]}.`);
  }
  const path = url.pathname.replace(/\/+$/, "");
  if (/^\/([\w-]+\/v\d+|v\d+|beta|oauth)(\/|$)/i.test(path)) {
    throw wrong(`ends in ${path}`, `Use ${url.origin}; the version of the API is a setting of its own (apiVersion).`);
  }
  if (path || url.search || url.hash) throw wrong("has something after the host", `Use ${url.origin}.`);
  return url.origin;
}

/** Whether two addresses name the same tenant, however they are written, and whatever stands behind the host. */
export function isSameTenant(one: string, other: string): boolean {
  const [first, second] = [one, other].map((text) => {
    const url = URL.canParse(text.trim()) ? new URL(text.trim()) : undefined;
    return url ? url.origin.replace(/\.(?=:\d+$|$)/, "") : text.trim();
  });
  return first === second;
}

/** Checks the version's form; annual versions newer than this package are let through. */
export function checkVersion(version: string = defaultApiVersion): string {
  const known: readonly string[] = apiVersions;
  if (known.includes(version) || /^v\d{4}$/.test(version)) return version;
  throw new SailPointError({
    kind: "configuration",
    happened: `The API version ${JSON.stringify(version)} is not one`,
    remedy: `Use one of ${apiVersions.join(", ")}.`,
  });
}

export const isLoopback = (host: string): boolean =>
  host === "localhost" || host.endsWith(".localhost") || host === "[::1]" || /^127(\.\d+){3}$/.test(host);

/** A secret may have been pasted into the wrong setting. */
const shown = (text: string) => JSON.stringify(text.replace(/\/\/[^/@]*@/, "//…@"));
