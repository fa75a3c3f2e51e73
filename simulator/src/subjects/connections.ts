import { notFound } from "../http/errors";
import { ok, type Call, type Operation } from "../http/operation";
import { isObject, textOf, type JsonObject } from "../json";
import type { Storage, Stored } from "../storage";

export const connectionOperations: readonly Operation[] = [
  { id: "getSourceConnections", method: "GET", path: "/sources/:sourceId/connections", handle: connections },
];

/** Who uses a source, in words: identity profiles, applications and transforms that name it. */
export function usersOf(storage: Storage, source: Readonly<JsonObject>): string[] {
  return [
    ...profilesOf(storage, source).map(({ name }) => `identity profile "${textOf(name)}"`),
    ...appsOf(storage, source).map(({ name }) => `application "${textOf(name)}"`),
    ...transformsOf(storage, source).map(({ name }) => `transform "${textOf(name)}"`),
  ];
}

function connections(call: Call) {
  const { storage } = call;
  const source = storage.collection("sources").get(call.param("sourceId"));
  if (source === undefined) throw notFound();
  return ok({
    identityProfiles: profilesOf(storage, source).map(({ id, name, identityCount }) => ({ id, name, identityCount })),
    credentialProfiles: [],
    sourceAttributes: transformsOf(storage, source).map((transform) => attributeOf(transform)),
    mappingProfiles: [],
    dependentCustomTransforms: transformsOf(storage, source),
    dependentApps: appsOf(storage, source).map(presentedApp),
    missingDependents: [],
  });
}

const profilesOf = (storage: Storage, source: Readonly<JsonObject>) =>
  storage
    .collection("identity-profiles")
    .list()
    .filter((profile) => refersTo(profile["authoritativeSource"], source));

const appsOf = (storage: Storage, source: Readonly<JsonObject>) =>
  storage
    .collection("source-apps")
    .list()
    .filter((app) => refersTo(app["accountSource"], source));

/** Transforms name a source by its name: a source that is renamed is no longer the one that they mean. */
const transformsOf = (storage: Storage, source: Readonly<JsonObject>) =>
  storage
    .collection("transforms")
    .list()
    .filter(({ attributes }) => isObject(attributes) && attributes["sourceName"] === source["name"]);

const refersTo = (reference: unknown, source: Readonly<JsonObject>) =>
  isObject(reference) && reference["id"] === source["id"];

const attributeOf = ({ attributes }: Stored) => (isObject(attributes) ? textOf(attributes["attributeName"]) : "");

function presentedApp(app: Stored): JsonObject {
  return {
    cloudAppId: app["id"],
    description: textOf(app["description"]),
    enabled: app["enabled"] ?? true,
    provisionRequestEnabled: app["provisionRequestEnabled"] ?? true,
    accountSource: { useForPasswordManagement: false, passwordPolicies: [] },
    launcherCount: 0,
    matchAllAccount: app["matchAllAccounts"] ?? false,
    owner: [],
    appCenterEnabled: app["appCenterEnabled"] ?? true,
  };
}
