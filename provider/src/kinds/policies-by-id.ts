import { SailPointError, isNotFound } from "../api/errors";
import { type JsonObject, own } from "../reconcile";
import { ProblemError } from "../tenant/problem";
import type { ChildList } from "../tenant/reads";
import type { Session } from "../tenant/session";
import { absentAsUndefined, ask, asObject } from "../tenant/wire";
import { splitId } from "./children";
import type { Endpoints } from "./kind";

/*
 * The API tells policies by their usage type, and in its per-service form also by an id of their own: a source may have
 * several of one usage type, one for each subtype of its accounts. Such a policy is reached by its id alone; a policy
 * that the tenant lists and does not find by its usage type is reached by its id where that can be.
 */

/** What tells a policy among those of its source: `usageType`, or `usageType/subtypeId`. */
interface Key {
  usageType: string;
  subtypeId: string | undefined;
}

export const keyText = (usageType: unknown, subtypeId: unknown): string =>
  typeof subtypeId === "string" && subtypeId !== "" ? `${String(usageType)}/${subtypeId}` : String(usageType);

function keyOf(id: string): Key {
  const [usageType = "", ...rest] = splitId(id).key.split("/");
  return { usageType, subtypeId: rest.length === 0 ? undefined : rest.join("/") };
}

const hasSubtype = (id: string): boolean => keyOf(id).subtypeId !== undefined;

/** The usage type of which a source has one for each of its subtypes. */
export const BY_SUBTYPE = "CREATE_MACHINE_ACCOUNT";

/** All policies of a source, with their subtypes where the tenant tells those. */
export async function allPolicies(session: Session, { id }: JsonObject): Promise<JsonObject[]> {
  const list = (operation: ChildList) => session.reads.list(operation, String(id), false);
  const byId = tellsIds(session) ? await withoutLaterNumber(list("listProvisioningPoliciesById")) : undefined;
  return byId ?? (await list("listProvisioningPolicies")) ?? [];
}

/** Nothing where the tenant does not have the paths by id yet: tenants get them one after the other. */
async function withoutLaterNumber<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof SailPointError && error.status === 404) return undefined;
    throw error;
  }
}

/** Why a policy could be any of several: whose it is, only the list by id tells. */
export const indistinct = ({ usageType, subtypeId }: JsonObject): string | undefined =>
  usageType === BY_SUBTYPE && (subtypeId ?? undefined) === undefined
    ? "which of the source's subtypes it is for, the API tells in its per-service form only (--api-version services)"
    : undefined;

/** The endpoints of policies: those by usage type, and by id where it takes that. */
export const byIdToo = (byUsageType: Endpoints): Endpoints => ({
  find: async (session, inputs) => {
    const sourceId = String(inputs["source"]);
    const subtypeId = await subtypeIdOf(session, inputs, sourceId);
    if (subtypeId !== undefined)
      return listed(session, sourceId, { usageType: String(inputs["usageType"]), subtypeId });
    return onlyOne(session, sourceId, String(inputs["usageType"]), true);
  },
  get: async (session, id, fresh, known) => {
    const { sourceId } = splitId(id);
    const { usageType } = keyOf(id);
    if (hasSubtype(id)) return listed(session, sourceId, keyOf(id), fresh);
    // One that is listed is there, whatever its path says.
    const byPath = fresh && usageType !== BY_SUBTYPE;
    return byPath ? byUsageType.get(session, id, fresh, known) : onlyOne(session, sourceId, usageType, fresh);
  },
  create: async (session, body, inputs) => {
    const { subtype, ...policy } = body;
    const subtypeId = own(subtype, "id");
    if (subtypeId === undefined) return asObject(await byUsageType.create?.(session, policy, inputs));
    const parameters = {
      sourceId: String(inputs["source"]),
      body: { name: policy["usageType"] ?? null, ...policy, subtypeId },
    };
    return asObject(await ask(session.client, "createProvisioningPolicyById", parameters));
  },
  patch: async (session, id, live, patch) =>
    byEither(session, id, live, {
      byUsageType: () => byUsageType.patch?.(session, id, live, patch),
      byId: (at) => ask(session.client, "updateProvisioningPolicyById", { ...at, body: patch }),
    }),
  put: async (session, id, whole) =>
    byEither(session, id, whole, {
      byUsageType: () => byUsageType.put?.(session, id, whole),
      byId: (at) => ask(session.client, "putProvisioningPolicyById", { ...at, body: whole }),
    }),
  remove: async (session, id) => {
    const { sourceId } = splitId(id);
    const live = hasSubtype(id)
      ? await listed(session, sourceId, keyOf(id))
      : await onlyOne(session, sourceId, keyOf(id).usageType, true);
    if (live === undefined) return;
    const path = { sourceId, usageType: keyOf(id).usageType };
    await byEither(session, id, live, {
      byUsageType: () => ask(session.client, "deleteProvisioningPolicy", path).then(() => ({})),
      byId: (at) => absentAsUndefined(ask(session.client, "deleteProvisioningPolicyById", at)).then(() => ({})),
    });
  },
});

interface Ways {
  byUsageType: () => Promise<unknown> | undefined;
  byId: (at: { sourceId: string; id: string }) => Promise<unknown>;
}

async function byEither(session: Session, id: string, live: JsonObject, ways: Ways): Promise<JsonObject> {
  const { sourceId } = splitId(id);
  if (hasSubtype(id)) return asObject(await ways.byId({ sourceId, id: String(live["id"]) }));
  try {
    return asObject(await ways.byUsageType());
  } catch (error) {
    if (!isNotFound(error)) throw error;
    const key = keyOf(id);
    const there = await onlyOne(session, sourceId, key.usageType, true);
    if (there === undefined) throw error;
    if (!tellsIds(session))
      throw new ProblemError(withoutPath(key.usageType, session.client.apiVersion), { cause: error });
    const known = await listed(session, sourceId, key);
    if (known === undefined) throw error;
    return asObject(await ways.byId({ sourceId, id: String(known["id"]) }));
  }
}

const withoutPath = (usageType: string, version: string): string =>
  `the tenant lists the policy ${usageType}, and answers 404 where it is to be written. Version ${version} of the API ` +
  `has no other way to it: set sailpoint:apiVersion to services, which reaches it by its id`;

const tellsIds = ({ client }: Session): boolean => client.has("listProvisioningPoliciesById");

/** The policy of a usage type. Where the source may have several, it is not guessed which is meant. */
async function onlyOne(
  session: Session,
  sourceId: string,
  usageType: string,
  fresh: boolean,
): Promise<JsonObject | undefined> {
  const all = (await session.reads.list("listProvisioningPolicies", sourceId, fresh)) ?? [];
  const [policy, ...others] = all.filter((candidate) => candidate["usageType"] === usageType);
  if (policy === undefined || (others.length === 0 && usageType !== BY_SUBTYPE)) return policy;
  throw new ProblemError(
    `the source has ${usageType === BY_SUBTYPE ? "" : `${String(others.length + 1)} `}policies of usage type ${usageType}, ` +
      `and which of them is meant is not said: name its subtype by subtype: { name }, or in an import by ` +
      `SOURCE_ID/${usageType}/SUBTYPE_ID (it needs sailpoint:apiVersion services). Those without a subtype cannot be told ` +
      "apart: leave one of them on the tenant",
  );
}

/** A policy among those that tell their ids. */
async function listed(session: Session, sourceId: string, key: Key, fresh = true): Promise<JsonObject | undefined> {
  const all = (await session.reads.list("listProvisioningPoliciesById", sourceId, fresh)) ?? [];
  return all.find(
    ({ usageType, subtypeId }) => usageType === key.usageType && (subtypeId ?? undefined) === key.subtypeId,
  );
}

async function subtypeIdOf(session: Session, { subtype }: JsonObject, sourceId: string): Promise<string | undefined> {
  if (subtype === undefined) return undefined;
  return (await session.references.resolve("subtype", asObject(subtype), sourceId)).id;
}
