import { applyPatch } from "rfc6902";
import type { RunningTenant } from "sailpoint-simulator";
import type { Json } from "../engine-model/goal";

/** What a tenant keeps only of what was done, not of what is. */
const HISTORY = new Set(["tasks", "open-tasks", "lingering-sources", "accounts", "entitlements", "events"]);
/** What the tenant sets by itself and what differs from run to run. */
const VOLATILE = /^(id|created|modified|since|md5|.*[Aa]ggregation.*|cloudExternalId|policyId)$/;
const NONE = "nothing";

/**
 * What is on a tenant, as one line an object: ids and times left out, secrets opened. Two tenants on which the same was
 * done have the same lines, whatever went wrong on the way.
 */
export function contentOf(tenant: RunningTenant): string[] {
  const state = tenant.admin.state();
  const names = new Map(
    Object.entries(state["sources"] ?? {}).map(([id, source]) => [id, String((source as Json)["name"])]),
  );
  for (const [id, source] of Object.entries(state["sources"] ?? {})) openSecrets(source, tenant.admin.secrets(id));
  const lines = Object.entries(state)
    .filter(([collection]) => !HISTORY.has(collection))
    .flatMap(([collection, objects]) =>
      Object.entries(objects).flatMap(([key, object]) => {
        const parent = names.get(key);
        if (parent === undefined || collection === "sources") return [line(collection, plain(object, names))];
        return Object.values(object as Json).map((child) => line(`${parent} / ${collection}`, plain(child, names)));
      }),
    );
  return lines.sort();
}

/** Puts plain text in place of cipher text, which differs from run to run. */
function openSecrets(source: unknown, secrets: Record<string, string | null>): void {
  const opened = Object.entries(secrets).map(([path, plainText]) => {
    const value = plainText === null ? "a secret of another source" : `secret ${plainText}`;
    return { op: "replace" as const, path, value };
  });
  applyPatch(source, opened);
}

const line = (where: string, content: unknown) => `${where}: ${JSON.stringify(content)}`;

function plain(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((item) => plain(item, names));
  if (typeof value === "string") return names.get(value) ?? value;
  if (typeof value !== "object" || value === null) return value ?? NONE;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !VOLATILE.test(key))
      .map(([key, member]) => [key, plain(member, names)]),
  );
}

/** Lines that stand twice where each should stand once: the same object of the same source. */
export function duplicatesOn(tenant: RunningTenant): string[] {
  const state = tenant.admin.state();
  const seen = new Set<string>();
  const duplicates: string[] = [];
  const count = (key: string) => {
    if (seen.has(key)) duplicates.push(key);
    seen.add(key);
  };
  for (const source of Object.values(state["sources"] ?? {})) count(`source ${String((source as Json)["name"])}`);
  for (const [collection, key] of [
    ["schemas", "name"],
    ["provisioning-policies", "usageType"],
    ["schedules", "type"],
  ] as const) {
    for (const [sourceId, objects] of Object.entries(state[collection] ?? {})) {
      for (const object of Object.values(objects as Json)) {
        count(`${collection} ${sourceId} ${String((object as Json)[key])}`);
      }
    }
  }
  return duplicates;
}
