import type { CallOptions, Client, Source } from "../api";

/**
 * The sources of exactly this name, asked for now: never from a cache. A tenant has one of a name, but for what others
 * than its API have made.
 */
export async function sourcesNamed(client: Client, name: string, options?: CallOptions): Promise<Source[]> {
  const found: Source[] = [];
  for await (const source of client.paginate("listSources", filterFor(name), options)) {
    if (source.name === name) found.push(source);
  }
  return found;
}

/** No filter can say a line break. What stands before it can be said. */
function filterFor(name: string): { filters?: string } {
  // eslint-disable-next-line no-control-regex
  const [plain = ""] = name.split(/[\u0000-\u001f]/);
  if (plain === name) return { filters: `name eq ${JSON.stringify(name)}` };
  return plain === "" ? {} : { filters: `name sw ${JSON.stringify(plain)}` };
}

/** Why none of several can be meant, and how to tell which. */
export const severalSources = (name: string, found: readonly Source[]): string =>
  `the tenant has ${String(found.length)} sources with the name ${JSON.stringify(name)} ` +
  `(${found
    .map(({ id }) => id)
    .sort()
    .join(", ")}), and which is meant is not known`;
