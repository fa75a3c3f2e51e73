import { type Client, type Source, isNotFound } from "../api";
import { severalSources, sourcesNamed } from "../tenant/sources-named";
import { CommandError, UsageError } from "./failure";
import { didYouMean } from "../reconcile/nearest";

/** The source with this name or id. A wrong name suggests the nearest that exists. */
export async function findSource(client: Client, nameOrId: string, signal: AbortSignal): Promise<Source> {
  const options = { signal, context: `Cannot find the source "${nameOrId}"` };
  const byId = looksLikeId(nameOrId) ? await existing(client.call("getSource", { id: nameOrId }, options)) : undefined;
  if (byId) return byId;
  const [source, ...others] = await sourcesNamed(client, nameOrId, options);
  if (source && others.length > 0) {
    throw new UsageError(`${severalSources(nameOrId, [source, ...others])}: give its id. Nothing was done`);
  }
  if (source) return source;
  const names: string[] = [];
  for await (const { name } of client.paginate("listSources", {}, options)) names.push(name);
  const tenant = await client.tenant({ signal });
  const hint = didYouMean(nameOrId, names);
  const remedy = names.length === 0 ? "It has none that this client can see." : "`pulumi-sailpoint list` shows all.";
  throw new CommandError("notFound", `The tenant ${tenant} has no source "${nameOrId}".${hint} ${remedy}`);
}

/** How a source is called in messages. */
export const titleOf = ({ name }: Pick<Source, "name">): string => `Source "${name}"`;

export const looksLikeId = (text: string): boolean =>
  /^[0-9a-f]{32}$|^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

async function existing(call: Promise<Source>): Promise<Source | undefined> {
  try {
    return await call;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
