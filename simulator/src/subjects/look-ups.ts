import { listed, type Listing } from "../http/collection";
import { notFound } from "../http/errors";
import { from2024, ok, versions as allVersions, type Call, type Operation, type Version } from "../http/operation";
import type { JsonObject } from "../json";
import { connectors } from "../seed/connectors";
import type { Connector } from "../seed/connector";
import type { Stored } from "../storage";
import { connectorDetail } from "./connector-detail";

/** A collection that sources refer to: it can be listed, and one of it be read. */
interface LookUp {
  collection: string;
  path: string;
  list: string;
  get?: string;
  listing: Listing;
  versions?: readonly Version[];
  experimentalIn?: readonly Version[];
  /** Which of the objects the list has; all if absent. */
  isListed?: (call: Call, object: Stored) => boolean;
  /** Which of them can be read by id; all if absent. */
  isReadable?: (call: Call, object: Stored) => boolean;
  /** What v3 writes in another way. */
  inV3?: (object: JsonObject) => JsonObject;
}

const lookUps: readonly LookUp[] = [
  {
    collection: "identities",
    path: "/identities",
    list: "listIdentities",
    get: "getIdentity",
    versions: from2024,
    isListed: (_call, identity) => isIndexed(identity),
    listing: {
      filterable: {
        id: ["eq", "in"],
        name: ["eq", "sw"],
        alias: ["eq", "sw"],
        firstname: ["eq", "sw"],
        lastname: ["eq", "sw"],
        email: ["eq", "sw"],
        cloudStatus: ["eq"],
        processingState: ["eq"],
        correlated: ["eq"],
        protected: ["eq"],
      },
      sortable: ["name", "alias", "cloudStatus"],
    },
  },
  {
    collection: "managed-clusters",
    path: "/managed-clusters",
    list: "getManagedClusters",
    get: "getManagedCluster",
    listing: { filterable: { operational: ["eq"], name: ["eq"], type: ["eq"], status: ["eq"] } },
  },
  {
    collection: "workgroups",
    path: "/workgroups",
    list: "listWorkgroups",
    get: "getWorkgroup",
    versions: from2024,
    listing: {
      filterable: { id: ["eq", "in", "sw"], name: ["eq", "sw", "in"], "memberships.identityId": ["eq", "in"] },
      sortable: ["name", "created", "modified", "id", "description"],
    },
  },
  {
    collection: "password-policies",
    path: "/password-policies",
    list: "listPasswordPolicies",
    get: "getPasswordPolicyById",
    experimentalIn: ["v2024", "v2025", "v2026", "services"],
    listing: {},
    inV3: (policy) => ({ ...policy, dateCreated: new Date(Number(policy["dateCreated"])).toISOString() }),
  },
  {
    collection: "rules",
    path: "/connector-rules",
    list: "getConnectorRuleList",
    get: "getConnectorRule",
    versions: from2024,
    listing: { maximum: 50 },
    isListed: (call, rule) => rule["cloudRule"] !== true || call.tenant.settings.behaviours.cloudRulesListed,
    isReadable: (call, rule) => {
      const { cloudRulesListed, cloudRulesById } = call.tenant.settings.behaviours;
      return rule["cloudRule"] !== true || cloudRulesListed || cloudRulesById;
    },
  },
  {
    collection: "transforms",
    path: "/transforms",
    list: "listTransforms",
    get: "getTransform",
    listing: { filterable: { internal: ["eq"], name: ["eq", "sw"] } },
  },
  {
    collection: "identity-profiles",
    path: "/identity-profiles",
    list: "listIdentityProfiles",
    listing: {
      filterable: {
        id: ["eq", "ne", "ge", "gt", "in", "le", "sw"],
        name: ["eq", "ne", "ge", "gt", "in", "le", "sw"],
        priority: ["eq", "ne"],
      },
      sortable: ["id", "name", "priority", "created", "modified", "owner.id", "owner.name"],
    },
  },
];

export const lookUpOperations: readonly Operation[] = [
  ...lookUps.flatMap(operationsOf),
  { id: "getPublicIdentities", method: "GET", path: "/public-identities", handle: listPublicIdentities },
  { id: "getConnectorList", method: "GET", path: "/connectors", handle: listConnectors },
  { id: "getConnector", method: "GET", path: "/connectors/:scriptName", handle: getConnector },
];

function operationsOf(lookUp: LookUp): Operation[] {
  const common = {
    method: "GET",
    versions: lookUp.versions ?? allVersions,
    experimentalIn: lookUp.experimentalIn ?? [],
  } as const;
  const listedObjects = (call: Call) => {
    const objects = call.storage.collection(lookUp.collection).list();
    return objects.filter((object) => lookUp.isListed?.(call, object) ?? true);
  };
  const present = (call: Call) => (object: Stored) => {
    const shape = presented(object);
    return call.version === "v3" && lookUp.inV3 !== undefined ? lookUp.inV3(shape) : shape;
  };
  const list: Operation = {
    ...common,
    id: lookUp.list,
    path: lookUp.path,
    handle: (call) => listed(call, listedObjects(call), lookUp.listing, present(call)),
  };
  if (lookUp.get === undefined) return [list];
  const get: Operation = {
    ...common,
    id: lookUp.get,
    path: `${lookUp.path}/:id`,
    handle: (call) => {
      const object = call.storage.collection(lookUp.collection).get(call.param("id"));
      if (object === undefined || lookUp.isReadable?.(call, object) === false) throw notFound();
      return ok(present(call)(object));
    },
  };
  return [list, get];
}

/** An identity that the search never took up exists by its id only. */
const isIndexed = (identity: Stored): boolean => identity["indexed"] !== false;

/** What is stored beside an object only to filter by it, or to know it by. */
const internal = ["firstname", "lastname", "email", "cloudStatus", "correlated", "protected", "cloudRule", "indexed"];

const presented = (object: Stored): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([key]) => !internal.includes(key)));

function listPublicIdentities(call: Call) {
  const filterable = {
    id: ["eq", "in"],
    alias: ["eq", "sw"],
    email: ["eq", "sw"],
    firstname: ["eq", "sw"],
    lastname: ["eq", "sw"],
  };
  const rows = call.storage.collection("identities").list().filter(isIndexed);
  return listed(call, rows, { filterable, sortable: ["name"] }, publicIdentity);
}

const publicIdentity = (identity: Stored): JsonObject => ({
  id: identity["id"],
  name: identity["name"],
  alias: identity["alias"],
  email: identity["emailAddress"],
  status: "Active",
  identityState: "ACTIVE",
  manager: identity["managerRef"] ?? null,
  attributes: [
    { key: "firstname", name: "First Name", value: identity["firstname"] },
    { key: "lastname", name: "Last Name", value: identity["lastname"] },
  ],
});

function listConnectors(call: Call) {
  const filterable = {
    name: ["sw", "co"],
    type: ["sw", "co", "eq"],
    directConnect: ["eq"],
    category: ["eq"],
    features: ["ca"],
    labels: ["ca"],
  };
  const rows = connectors.map((connector) => ({ ...summary(connector), category: connector.category, labels: [] }));
  return listed(call, rows, { filterable }, ({ category: _category, labels: _labels, ...connector }) => connector);
}

function getConnector(call: Call) {
  const connector = connectors.find(({ scriptName }) => scriptName === call.param("scriptName"));
  if (connector === undefined) throw notFound();
  return ok(connectorDetail(connector));
}

const summary = (connector: Connector): JsonObject => ({
  name: connector.name,
  type: connector.type,
  scriptName: connector.scriptName,
  className: connector.className,
  features: connector.features,
  directConnect: connector.connectionType === "direct",
  connectorMetadata: { supportedUI: "ANGULAR", platform: "ccg", shortDesc: `Connects to ${connector.name}` },
  status: "RELEASED",
});
