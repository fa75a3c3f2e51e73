import { SailPointError } from "./errors";
import { isLoopback } from "./options";

/**
 * The proxy for an address, from `HTTPS_PROXY` and `NO_PROXY` in the environment as curl reads them (lower-case names
 * first). A tenant on this machine is never reached through a proxy.
 */
export function proxyFor(baseUrl: string, environment: NodeJS.ProcessEnv): string | undefined {
  const { protocol, hostname, port } = new URL(baseUrl);
  if (protocol !== "https:" || isLoopback(hostname)) return undefined;
  const proxy = read(environment, "https_proxy") ?? read(environment, "all_proxy");
  if (proxy === undefined || isExcepted(hostname, port || "443", read(environment, "no_proxy") ?? "")) return undefined;
  const address = proxy.includes("://") ? proxy : `http://${proxy}`;
  if (URL.canParse(address) && /^https?:$/.test(new URL(address).protocol)) return address;
  throw new SailPointError({
    kind: "configuration",
    happened: "The proxy in HTTPS_PROXY or ALL_PROXY is not the address of an HTTP proxy",
    remedy: "It should read like http://proxy.example.com:3128; set NO_PROXY to go without.",
  });
}

/** `NO_PROXY`: hosts separated by commas; a host covers what lies below it; `*` covers all; a port narrows it. */
function isExcepted(host: string, port: string, exceptions: string): boolean {
  return exceptions
    .split(/[\s,]+/)
    .filter((entry) => entry !== "")
    .some((entry) => {
      const [, name = "", onlyPort] = /^(.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
      if (onlyPort !== undefined && onlyPort !== port) return false;
      const bare = name.replace(/^\*?\./, "");
      return name === "*" || host === bare || host.endsWith(`.${bare}`);
    });
}

const read = (environment: NodeJS.ProcessEnv, name: string): string | undefined =>
  [environment[name], environment[name.toUpperCase()]].find((value) => value !== undefined && value !== "");
