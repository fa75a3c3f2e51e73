import { type Json, type JsonObject, type Maybe, isBlank, own, put, comparators } from "../reconcile";
import { UNKNOWN } from "../reconcile/unknown";
import { ProblemError } from "../tenant/problem";
import { severalSources, sourcesNamed } from "../tenant/sources-named";
import { ask, asObject } from "../tenant/wire";
import { connectorFiles, fileNames } from "./connector-files";
import { kind } from "./kind";
import { passwordPolicies } from "./password-policies";
import { deleteSource, refuseWhileInUse, usersBefore } from "./source-deletion";
import { renamed } from "./source-renaming";
import { OWNED_BY_TENANT } from "./owned-attributes";
import { keysOfEncrypted, secretsOf, unknownSecrets } from "./source-secrets";
import { type Mistake, commaSet, files, flag, json, list, number, object, reference, set, text } from "./tree/field";

const RECREATE = "the tenant refuses to change it on an existing source";
const DELIMITED_FILE = "delimited-file";

const group = (doc: string) => reference({ doc, to: "workgroup", what: "governance group" });
const rule = (doc: string) => reference({ doc, to: "rule", what: "rule" });

export const source = kind({
  name: "Source",
  doc: "A source: one system that holds accounts.",
  operations: [
    ...(["createSource", "listSources", "getSource", "updateSource", "deleteSource", "getTaskStatus"] as const),
    ...(["getSourceConnections", "listPasswordPolicyHoldersOnSource", "updatePasswordPolicyHolders"] as const),
    "importConnectorFile",
  ],
  example: `const hr = new Source("hr", {
  name: "HR Feed",
  owner: { alias: "slpt.services" },
  connector: "delimited-file",
  provisionAsCsv: true,
  connectorAttributes: { "group.hasHeader": true },
});`,
  fields: {
    name: text({
      doc: "Unique on the tenant, 1 to 128 characters. Renaming breaks transforms and identity profiles that name the source.",
      required: true,
      give: "a name",
      most: { length: 128, told: "is longer than the 128 characters that a source's name may have" },
    }),
    description: text({ doc: "What the source is for.", give: "a description", mayBeEmpty: true }),
    owner: reference({
      doc: "Who owns the source: an identity by `alias`, `name` or `id`.",
      required: true,
      to: "identity",
      what: "owner",
      by: ["alias", "name", "id"],
    }),
    cluster: reference({
      doc: "The managed cluster that reaches the system; file-type sources have none.",
      to: "cluster",
      what: "cluster",
    }),
    connector: text({
      doc:
        "The connector's script name, for example `delimited-file` or `active-directory`, with or without the suffix " +
        "`-angularsc`. Another connector replaces the source, and its accounts go with it.",
      required: true,
      give: "the connector's script name, for example delimited-file",
      immutable: RECREATE,
      equal: "connector",
      names: "connector",
    }),
    connectorClass: text({
      doc: "The connector's class. The vendor may move it on existing sources, which changes nothing here.",
      give: "the connector's class",
      mayBeEmpty: true,
      immutable: RECREATE,
      movedByVendor: true,
    }),
    connectionType: text({
      doc: "How the tenant reaches the system, for example `direct` or `file`.",
      default: "by the connector",
      give: "a connection type",
      mayBeEmpty: true,
    }),
    provisionAsCsv: flag({
      doc: "Makes a `delimited-file` source whose accounts and schema are loaded as CSV (type `DelimitedFile`).",
      immutable: RECREATE,
      apart: true,
    }),
    features: set({
      doc: "Features that the source shall have. Those that the tenant adds by itself are left alone; order does not matter.",
      of: text({ doc: "A feature.", give: "a feature" }),
    }),
    deleteThreshold: number({
      doc: "The share of accounts, in percent (0 to 100), that one aggregation may delete.",
      give: "a percentage",
      least: 0,
      most: 100,
    }),
    connectorAttributes: json({
      doc:
        "The connector's settings. Keys that are not declared are left alone; nested objects merge by key. Values at keys " +
        "that hold secrets (`password`, `clientSecret` …, and those that `encrypted` lists) are kept as Pulumi secrets. A " +
        "value of null is as good as no key.",
      holdsSecrets: true,
      owned: OWNED_BY_TENANT,
      fields: {
        encrypted: commaSet({
          doc:
            "Names of the keys that the tenant keeps encrypted, separated by commas. Names that are declared join those " +
            "that the tenant has; only the program's own are taken away again.",
          give: "names of keys",
        }),
      },
    }),
    managementWorkgroup: group("The governance group that may manage the source."),
    accountCorrelationRule: rule("The rule that correlates accounts with identities."),
    managerCorrelationRule: rule("The rule that finds an account's manager."),
    beforeProvisioningRule: rule("The rule that runs before an account is provisioned."),
    managerCorrelationMapping: object({
      doc: "Which account attribute names the manager, and which identity attribute it matches.",
      fields: {
        accountAttributeName: text({ doc: "The account attribute.", required: true, give: "an account attribute" }),
        identityAttributeName: text({ doc: "The identity attribute.", required: true, give: "an identity attribute" }),
      },
    }),
    passwordPolicies: list({
      doc: "The password policies, first match first. Needs the feature `PASSWORD`.",
      apart: true,
      of: reference({ doc: "A password policy.", to: "passwordPolicy", what: "password policy" }),
    }),
    credentialProviderEnabled: flag("Whether credentials come from a credential provider."),
    // The tenant ignores it, so what it returns says nothing.
    category: text({ doc: "The tenant ignores it.", give: "a category", mayBeEmpty: true, apart: true }),
    connectorFiles: files({
      doc:
        "Files that the connector needs, for example a JDBC driver. Uploaded when a file's content changes. A file that is " +
        "no longer declared stays on the tenant, since the API cannot remove it.",
      equal: "files",
      apart: true,
    }),
    adopt: flag({
      doc:
        "Takes over a source of this name that is on the tenant already; only what is declared is changed. Without, a " +
        "source of this name is an error. Destroying the resource deletes the source, also one that was taken over: see " +
        "the options `protect` and `retainOnDelete`.",
      apart: true,
      once: true,
    }),
  },
  notInputs: {
    id: "the tenant gives a source its id",
    type: "it follows from connector and provisionAsCsv",
    authoritative: "a source becomes authoritative when an identity profile uses it; set it up there",
    created: "the tenant keeps it",
    modified: "the tenant keeps it",
  },
  check: csvMistakes,
  outputs: {
    sourceId: { doc: "The tenant's id of the source.", type: "id" },
    type: {
      doc: "The source's type as the tenant names it, for example `DelimitedFile`.",
      type: "text",
      of: ({ type }) => type,
    },
    connectorId: { doc: "The tenant's id of the connector.", type: "text", of: ({ connectorId }) => connectorId },
    authoritative: {
      doc: "Whether an identity profile makes identities of the source's accounts.",
      type: "flag",
      of: ({ authoritative }) => authoritative,
    },
    created: {
      doc: "When the source was created, as an ISO 8601 time.",
      type: "text",
      of: ({ created }) => created,
    },
    schemas: {
      doc: "The tenant's ids of the schemas that the source has, by the schemas' names.",
      type: "textByName",
      of: ({ schemas }) => idsByName(schemas),
    },
  },
  warnings: (declared) =>
    declared["category"] === undefined ? [] : ["category: the tenant ignores it; it has no effect on the source"],
  consequences: renamed,
  goesWithIt:
    "the tenant deletes the source, its accounts and everything that hangs on it, and a new one is made (with the option retainOnDelete the old one stays)",
  users: usersBefore,
  refuseReplacement: refuseWhileInUse,

  importId: "SOURCE_ID",
  title: (declared) => `Source "${String(declared["name"])}"`,
  id: (_declared, live) => String(live["id"]),
  sourceOf: (id) => id,
  adoption: "onRequest",
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
    // The suffix tells which pages of the tenant serve the connector, not which one it is.
    connector: typeof live["connector"] === "string" ? withoutSuffix(live["connector"]) : null,
    category: null,
  }),
  uncarried: (live) => {
    const names = [...fileNames(live)].filter((name) => name !== "");
    return names.length === 0
      ? []
      : [
          `the content of its connector files (${names.join(", ")}), which the API does not give: declare connectorFiles`,
        ];
  },
  secrets: secretsOf,
  unknownSecrets,
  afterCreation: keysOfEncrypted,

  api: {
    find: async ({ client }, { name }) => {
      const [found, ...others] = await sourcesNamed(client, String(name));
      if (found && others.length > 0) {
        throw new ProblemError(
          `${severalSources(String(name), [found, ...others])}. Rename all but one, or import the one that is meant by its id`,
        );
      }
      return found && asObject(found);
    },
    get: ({ reads }, id, fresh) => reads.source(id, fresh),
    create: async ({ client }, body, declared) => {
      const csv = declared["provisionAsCsv"] === true ? { provisionAsCsv: true } : {};
      return asObject(await ask(client, "createSource", { ...csv, body }));
    },
    patch: async ({ client }, id, _live, body) => asObject(await ask(client, "updateSource", { id, body })),
    remove: deleteSource,
  },
  parts: { passwordPolicies, connectorFiles: connectorFiles.part },
});

function csvMistakes({ provisionAsCsv, connector }: JsonObject): Mistake[] {
  if (provisionAsCsv !== true || typeof connector !== "string" || connector === UNKNOWN) return [];
  if (comparators.connector(connector, DELIMITED_FILE, undefined)) return [];
  const message = `is only for the connector ${DELIMITED_FILE}, not for ${connector}: leave it out`;
  return [{ path: ["provisionAsCsv"], message }];
}

const withoutSuffix = (connector: string): string => connector.replace(/-angularsc$/, "");

const echoed = (from: JsonObject, keys: readonly string[]): JsonObject =>
  Object.fromEntries(keys.flatMap((key): [string, Json][] => (from[key] === undefined ? [] : [[key, from[key]]])));

const idsByName = (schemas: Maybe): JsonObject => {
  const ids: JsonObject = {};
  for (const item of Array.isArray(schemas) ? schemas : [])
    put(ids, String(own(item, "name")), own(item, "id") ?? null);
  return ids;
};
