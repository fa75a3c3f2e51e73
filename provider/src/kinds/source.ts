import { z } from "zod";
import { type IsSecret, type Json, type JsonObject, FREE, isBlank, isObject, own, put } from "../reconcile";
import { connectorFiles, fileNames } from "./connector-files";
import type { Kind } from "./kind";
import { passwordPolicies } from "./password-policies";
import { encryptedKeys, isSecretKey } from "./secret-keys";
import { deleteSource } from "./source-deletion";
import { renamed } from "./source-renaming";
import { UNKNOWN } from "../reconcile/unknown";
import { asBody, asObject } from "../tenant/wire";
import { EVEN_IF_WRONG, flag, jsonObject, outputOnly, reference, required, text, whole } from "./validation";

const RECREATE = "the tenant refuses to change it on an existing source";

const percentage = whole("a percentage", 0).max(100, { error: "is above 100: give a percentage" });

const inputs = z
  .strictObject({
    name: required("a name").max(128, { error: "is longer than the 128 characters that a source's name may have" }),
    description: text("a description").optional(),
    owner: reference("owner", ["alias", "name", "id"]),
    cluster: reference("cluster").optional(),
    connector: required("the connector's script name, for example delimited-file"),
    connectorClass: text("the connector's class").optional(),
    connectionType: text("a connection type").optional(),
    provisionAsCsv: flag.optional(),
    features: z.array(required("a feature")).optional(),
    deleteThreshold: percentage.optional(),
    connectorAttributes: jsonObject.optional(),
    managementWorkgroup: reference("governance group").optional(),
    accountCorrelationRule: reference("rule").optional(),
    managerCorrelationRule: reference("rule").optional(),
    beforeProvisioningRule: reference("rule").optional(),
    managerCorrelationMapping: z
      .strictObject({
        accountAttributeName: required("an account attribute"),
        identityAttributeName: required("an identity attribute"),
      })
      .optional(),
    passwordPolicies: z.array(reference("password policy")).optional(),
    credentialProviderEnabled: flag.optional(),
    category: text("a category").optional(),
    connectorFiles: connectorFiles.input.optional(),
    adopt: flag.optional(),
    id: outputOnly("the tenant gives a source its id"),
    type: outputOnly("it follows from connector and provisionAsCsv"),
    authoritative: outputOnly("a source becomes authoritative when an identity profile uses it; set it up there"),
    created: outputOnly("the tenant keeps it"),
    modified: outputOnly("the tenant keeps it"),
  })
  .superRefine((declared: unknown, context) => {
    if (!isObject(declared) || declared["provisionAsCsv"] !== true) return;
    const { connector } = declared;
    if (typeof connector !== "string" || connector === UNKNOWN) return;
    if (withoutSuffix(connector) === DELIMITED_FILE) return;
    context.addIssue({
      code: "custom",
      path: ["provisionAsCsv"],
      message: `is only for the connector ${DELIMITED_FILE}, not for ${connector}: leave it out`,
    });
  }, EVEN_IF_WRONG);

const DELIMITED_FILE = "delimited-file";
const withoutSuffix = (connector: unknown): unknown =>
  typeof connector === "string" ? connector.replace(/-angularsc$/, "") : connector;

/** A source: one system that holds accounts. API: Sources, `createSource` to `deleteSource`. */
export const source: Kind = {
  name: "Source",
  inputs,
  adoption: "onRequest",
  rules: {
    is: "object",
    fields: {
      name: { is: "value" },
      description: { is: "value" },
      owner: { is: "reference", to: "identity" },
      cluster: { is: "reference", to: "cluster" },
      connector: {
        is: "value",
        immutable: RECREATE,
        // Tenants answer with a suffix of their own: delimited-file becomes delimited-file-angularsc.
        equal: (declared, live) => withoutSuffix(declared) === withoutSuffix(live),
      },
      connectorClass: { is: "value", immutable: RECREATE },
      connectionType: { is: "value" },
      provisionAsCsv: { is: "value", absent: false, immutable: RECREATE, apart: true },
      features: { is: "set" },
      deleteThreshold: { is: "value" },
      connectorAttributes: FREE,
      managementWorkgroup: { is: "reference", to: "workgroup" },
      accountCorrelationRule: { is: "reference", to: "rule" },
      managerCorrelationRule: { is: "reference", to: "rule" },
      beforeProvisioningRule: { is: "reference", to: "rule" },
      managerCorrelationMapping: {
        is: "object",
        fields: { accountAttributeName: { is: "value" }, identityAttributeName: { is: "value" } },
      },
      passwordPolicies: { is: "list", of: { is: "reference", to: "passwordPolicy" }, apart: true },
      credentialProviderEnabled: { is: "value", absent: false },
      // The tenant ignores it, so what it returns says nothing.
      category: { is: "value", apart: true },
      connectorFiles: { is: "value", equal: connectorFiles.equal, apart: true },
      adopt: { is: "value", absent: false, apart: true },
    },
  },
  warnings: (declared) =>
    declared["category"] === undefined ? [] : ["category: the tenant ignores it; it has no effect on the source"],

  consequences: renamed,

  title: (declared) => `Source "${String(declared["name"])}"`,
  id: (_declared, live) => String(live["id"]),
  sourceOf: (id) => id,
  outputs: (live) => ({
    type: live["type"] ?? null,
    connectorId: live["connectorId"] ?? null,
    // Few are: the class makes a false of nothing.
    authoritative: live["authoritative"] === true ? true : null,
    created: live["created"] ?? null,
    schemas: idsByName(live["schemas"]),
  }),
  view: (live, applied) => ({
    ...live,
    ...echoed(applied, ["provisionAsCsv", "category", "adopt"]),
    // Some tenants return no owner at all, and file-type sources no cluster, whatever was sent: that is no difference.
    ...echoed(
      applied,
      ["owner", "cluster"].filter((key) => isBlank(live[key])),
    ),
    connectorFiles: connectorFiles.present(applied["connectorFiles"], fileNames(live)),
  }),
  imported: (live) => ({
    ...live,
    ...(live["type"] === "DelimitedFile" ? { provisionAsCsv: true } : {}),
  }),
  secrets: secretsOf,

  api: {
    find: async ({ client }, declared) => {
      const filters = `name eq ${JSON.stringify(declared["name"])}`;
      for await (const found of client.paginate("listSources", { filters })) {
        if (found.name === declared["name"]) return asObject(found);
      }
      return undefined;
    },
    get: ({ reads }, id, fresh) => reads.source(id, fresh),
    create: async ({ client }, body, declared) => {
      const csv = declared["provisionAsCsv"] === true ? { provisionAsCsv: true } : {};
      return asObject(await client.call("createSource", { ...csv, body: asBody("createSource", body) }));
    },
    patch: async ({ client }, id, _live, patch) => asObject(await client.call("updateSource", { id, body: patch })),
    remove: deleteSource,
  },
  parts: { passwordPolicies, connectorFiles: connectorFiles.part },
};

const echoed = (from: JsonObject, keys: readonly string[]): JsonObject =>
  Object.fromEntries(keys.flatMap((key): [string, Json][] => (from[key] === undefined ? [] : [[key, from[key]]])));

const idsByName = (list: Json | undefined): JsonObject => {
  const ids: JsonObject = {};
  for (const item of Array.isArray(list) ? list : []) put(ids, String(own(item, "name")), own(item, "id") ?? null);
  return ids;
};

/** `********`, or cipher text as the tenant writes it: a scheme's number, perhaps its name, and base64. */
const CIPHER_TEXT = /^(\*{6,}|\d+:(?:[A-Z]+:)?[A-Za-z0-9+/=]{16,})$/;

function secretsOf(live: JsonObject): IsSecret {
  const attributes = isObject(live["connectorAttributes"]) ? live["connectorAttributes"] : {};
  const listed = encryptedKeys(attributes["encrypted"]);
  return (key, there) =>
    isSecretKey(key) || listed.has(key) || (typeof there === "string" && !isBlank(there) && CIPHER_TEXT.test(there));
}
