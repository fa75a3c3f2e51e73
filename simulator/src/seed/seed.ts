import { connectorOf } from "../subjects/connector-attributes";
import { addSource } from "../subjects/sources";
import type { Tenant } from "../tenant";
import {
  clusters,
  identities,
  identityProfiles,
  passwordPolicies,
  rules,
  sources,
  transforms,
  unindexed,
  workgroups,
} from "./tenant-objects";

const longAgo = "2024-01-15T08:30:00.000Z";

/** Gives a new tenant what every tenant has. */
export function seedTenant(tenant: Tenant): void {
  const ids = new Map<string, string>();
  const idOf = (kind: string, name: string) => {
    const key = `${kind}/${name}`;
    const id = ids.get(key) ?? tenant.ids.next(kind, name);
    ids.set(key, id);
    return id;
  };
  const identityReference = (alias: string) => {
    const identity = identities.find((candidate) => candidate.alias === alias);
    return { type: "IDENTITY", id: idOf("identity", alias), name: identity?.name };
  };
  const store = (collection: string, object: { id: string } & Record<string, unknown>) => {
    tenant.storage.collection(collection).put(object.id, object);
  };

  for (const { alias, name, firstname, lastname, manager } of [...identities, unindexed]) {
    const email = `${alias}@example.com`;
    store("identities", {
      id: idOf("identity", alias),
      name,
      alias,
      firstname,
      lastname,
      email,
      emailAddress: email,
      created: longAgo,
      modified: longAgo,
      processingState: null,
      identityStatus: "ACTIVE",
      cloudStatus: "ACTIVE",
      correlated: true,
      protected: false,
      managerRef: manager === null ? null : identityReference(manager),
      isManager: identities.some((other) => other.manager === alias),
      lastRefresh: longAgo,
      attributes: { uid: alias, displayName: name, firstname, lastname, email },
      lifecycleState: { stateName: "active", manuallyUpdated: false },
      indexed: alias !== unindexed.alias,
    });
  }
  for (const cluster of clusters) {
    const id = idOf("cluster", cluster.name);
    store("managed-clusters", {
      id,
      ...cluster,
      pod: "local",
      org: tenant.org,
      configuration: { clusterType: "sqsCluster", gmtOffset: "0" },
      clientType: "VA",
      ccgVersion: "v01",
      pinnedConfig: false,
      description: cluster.name,
      clientIds: [],
      serviceCount: 0,
      ccId: id.slice(0, 6),
      createdAt: longAgo,
      updatedAt: longAgo,
    });
  }
  for (const { name, description, owner } of workgroups) {
    store("workgroups", {
      id: idOf("workgroup", name),
      name,
      description,
      owner: {
        ...identityReference(owner),
        displayName: identityReference(owner).name,
        emailAddress: `${owner}@example.com`,
      },
      memberCount: 0,
      connectionCount: 0,
      created: longAgo,
      modified: longAgo,
    });
  }
  for (const { name, minLength, defaultPolicy } of passwordPolicies) {
    store("password-policies", {
      id: idOf("password-policy", name),
      name,
      description: `At least ${String(minLength)} characters`,
      dateCreated: Date.parse(longAgo),
      lastUpdated: null,
      minLength,
      maxLength: 64,
      minAlpha: 1,
      minNumeric: 1,
      defaultPolicy,
      sourceIds: [],
    });
  }
  for (const { name, type } of rules) {
    store("rules", {
      id: idOf("rule", name),
      name,
      type,
      description: null,
      signature: { input: [], output: null },
      sourceCode: { version: "1.0", script: "return null;" },
      attributes: {},
      created: longAgo,
      modified: null,
      cloudRule: ["Correlation", "ManagerCorrelation", "BeforeProvisioning"].includes(type),
    });
  }
  for (const { name, sourceName, attributeName } of transforms) {
    store("transforms", {
      id: tenant.ids.nextUuid("transform", name),
      name,
      type: "accountAttribute",
      attributes: { sourceName, attributeName },
      internal: false,
    });
  }
  for (const { name, description, connector: scriptName, owner } of sources) {
    const connector = connectorOf(scriptName);
    if (connector === undefined) throw new Error(`The seeded source "${name}" names no connector.`);
    const source = addSource(
      tenant,
      connector,
      { name, description, connector: scriptName, owner: { id: idOf("identity", owner) } },
      false,
    );
    ids.set(`source/${name}`, String(source["id"]));
  }
  for (const { name, source, owner, priority } of identityProfiles) {
    store("identity-profiles", {
      id: idOf("identity-profile", name),
      name,
      description: null,
      owner: identityReference(owner),
      priority,
      authoritativeSource: { type: "SOURCE", id: idOf("source", source), name: source },
      identityRefreshRequired: false,
      identityCount: identities.length,
      identityAttributeConfig: { enabled: true, attributeTransforms: [] },
      identityExceptionReportReference: null,
      hasTimeBasedAttr: false,
      created: longAgo,
      modified: longAgo,
    });
  }
}
