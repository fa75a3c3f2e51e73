import { type Client, createClient } from "pulumi-sailpoint/api";
import { type RunningTenant, type TenantOptions, startTenant } from "sailpoint-simulator";

/** The connectors that the simulator has. */
export const CONNECTORS = [
  ...["delimited-file", "active-directory", "web-services", "jdbc", "sap-direct", "azure-ad", "workday", "open-ldap"],
  ...["servicenow", "okta", "salesforce", "people-saas"],
] as const;

/** Names that break what is careless: quotes, other scripts, signs, digits first, words of the language, near twins. */
const ODD_NAMES = [
  `Quoted "HR" 'Feed' \`x\` \${y}`,
  "Пример источника",
  "人事 HR",
  "🚀 Rocket",
  "1st Source",
  "class",
  "new",
  "pulumi",
  "config",
  "HR-Feed!",
  "HR  Feed",
  "hr_feed",
  "Ümläut Straße",
  "con",
  "../../etc/passwd",
  "a/b\\c.d",
  "*/ alert(1) /*",
  "<script>alert(1)</script>",
  "constructor",
  "__proto__",
  "Ends with dots...",
  "x".repeat(128),
] as const;

/** What tenants hold in texts and keys. */
const ODD_ATTRIBUTES = {
  "group.hasHeader": true,
  "a/b c~d": "slashes, spaces",
  "two\nlines": "first\r\nsecond\u2028third\u202e",
  template: "${name} and `code` and \\ and */",
  "0": "zero",
  "with-hyphen": 1.5,
  ünïcode: "日本語 🎉",
  nested: { list: [1, "two", null, { deep: true, constructor: "own" }], empty: {}, nothing: null },
};

export const PASSWORDS = ["correct horse battery", "Tr0ub4dor&3", "nested secret"] as const;

export interface Everything {
  tenant: RunningTenant;
  client: Client;
  /** Ids by name. */
  ids: Map<string, string>;
}

/** A tenant with as many sources, everything of them configured. */
export async function tenantWithEverything(count: number, options: TenantOptions = {}): Promise<Everything> {
  const tenant = await startTenant(options);
  const client = createClient({ ...tenant, rateLimit: false });
  const names = [...ODD_NAMES.slice(0, count)];
  while (names.length < count) names.push(`Source ${String(names.length).padStart(3, "0")}`);
  const seeds = await seedsOf(client);
  const ids = new Map<string, string>();
  for (const [i, name] of names.entries()) ids.set(name, await makeSource(client, name, i, seeds));
  tenant.clearRequests();
  return { tenant, client, ids };
}

interface Seeds {
  identities: { id: string; name: string }[];
  clusters: { id: string; name: string }[];
  workgroups: { id: string; name: string }[];
  rules: { id: string; name: string; type: string }[];
  policies: { id: string; name: string }[];
}

async function seedsOf(client: Client): Promise<Seeds> {
  // Ids differ from tenant to tenant, and with them the order.
  const byText = (left: string, right: string) => (left < right ? -1 : 1);
  const identities = await client.call("listIdentities", {});
  identities.sort((left, right) => byText(String(left.alias), String(right.alias)));
  const named = (list: readonly { id?: unknown; name?: unknown }[]) =>
    list.map(({ id, name }) => ({ id: String(id), name: String(name) }));
  const sorted = (list: readonly { id?: unknown; name?: unknown }[]) =>
    named(list).sort((left, right) => byText(left.name, right.name));
  return {
    // Two are called John Smith: told apart by their aliases only.
    identities: named(identities),
    clusters: sorted(await client.call("getManagedClusters", {})),
    workgroups: sorted(await client.call("listWorkgroups", {})),
    rules: (await client.call("getConnectorRuleList", {})).map(({ id, name, type }) => ({
      id,
      name,
      type: type ?? "",
    })),
    policies: sorted(await client.call("listPasswordPolicies", {})),
  };
}

const pick = <T>(list: readonly T[], i: number): T => {
  const found = list[i % list.length];
  if (found === undefined) throw new Error("an empty list");
  return found;
};

async function makeSource(client: Client, name: string, i: number, seeds: Seeds): Promise<string> {
  const connector = pick(CONNECTORS, i);
  const isFile = connector === "delimited-file";
  const cluster = pick(seeds.clusters, i);
  const workgroup = pick(seeds.workgroups, i);
  const { id } = await client.call("createSource", {
    ...(isFile ? { provisionAsCsv: true } : {}),
    body: {
      name,
      description: i % 3 === 0 ? `What "${name}" is for: \${x} \`y\`\r\nsecond line` : `Number ${String(i)}`,
      owner: { type: "IDENTITY", id: pick(seeds.identities, i).id },
      connector,
      ...(isFile ? {} : { cluster: { type: "CLUSTER", ...cluster } }),
      managementWorkgroup: { type: "GOVERNANCE_GROUP", ...workgroup },
      deleteThreshold: i % 100,
      connectorAttributes: {
        ...ODD_ATTRIBUTES,
        password: PASSWORDS[0],
        ...(connector === "active-directory"
          ? { domainSettings: [{ domainDN: "DC=example,DC=com", user: "svc", password: PASSWORDS[2] }] }
          : {}),
        ...(connector === "web-services"
          ? {
              client_secret: PASSWORDS[1],
              connectionParameters: [
                { uniqueNameForEndPoint: "Users", httpMethodType: "GET", contextUrl: "/users?x=${y}" },
                { uniqueNameForEndPoint: "Groups", httpMethodType: "GET", contextUrl: "/groups" },
              ],
            }
          : {}),
      },
    },
  });
  await client.call("createSourceSchema", {
    sourceId: id,
    body: {
      name: "team",
      nativeObjectType: "Team",
      identityAttribute: "id",
      displayAttribute: "title",
      attributes: [
        { name: "title", type: "STRING" },
        { name: "id", type: "STRING", description: 'The "id"' },
      ],
    },
  });
  await client.call("createProvisioningPolicy", {
    sourceId: id,
    body: {
      name: "Disable",
      usageType: "DISABLE",
      fields: [{ name: "status", type: "string", transform: { type: "static", attributes: { value: "off" } } }],
    },
  });
  await client.call("createSourceSchedule", {
    sourceId: id,
    body: { type: "ACCOUNT_AGGREGATION", cronExpression: "0 0 3 * * ?" },
  });
  await client.call("putCorrelationConfig", {
    id,
    body: {
      attributeAssignments: [
        {
          property: "email",
          value: "mail",
          operation: "EQ",
          complex: false,
          ignoreCase: true,
          matchMode: null,
          filterString: "",
        },
      ],
    },
  });
  await client.call("putNativeChangeDetectionConfig", {
    sourceId: id,
    body: { enabled: true, operations: ["ACCOUNT_UPDATED"], allEntitlements: true },
  });
  const sync = await client.call("getSourceAttrSyncConfig", { id });
  const attributes = (sync.attributes ?? []).map((attribute) => ({
    ...attribute,
    enabled: attribute.name === "email",
  }));
  if (attributes.length > 0) await client.call("putSourceAttrSyncConfig", { id, body: { ...sync, attributes } });
  await client.call("updateSourceEntitlementRequestConfig", {
    id,
    body: {
      accessRequestConfig: { approvalSchemes: [{ approverType: "MANAGER" }], requestCommentRequired: true },
      revocationRequestConfig: { approvalSchemes: [] },
    },
  });
  return id;
}
