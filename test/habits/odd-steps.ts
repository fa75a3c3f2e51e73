import fc from "fast-check";
import type { RunningTenant } from "sailpoint-simulator";
import { Step } from "./step";

/** What is odd on a tenant, and nobody of ours uses. */

type Oddity = (tenant: RunningTenant) => void;

/** The first object of a collection that is none of those which programs name. */
function pathOf(tenant: RunningTenant, collection: string): string | undefined {
  const objects = Object.entries(tenant.admin.state()[collection] ?? {});
  const [id] =
    objects.find(([, object]) => {
      const { alias, name } = object as { alias?: string; name?: string };
      return alias !== "slpt.services" && name !== "Alpha" && name !== "Beta";
    }) ?? [];
  return id === undefined ? undefined : `/${collection}/${id}`;
}

const beside =
  (collection: string, what: unknown): Oddity =>
  ({ admin, ...tenant }) => {
    const path = pathOf({ admin, ...tenant }, collection);
    if (path !== undefined) admin.show(path, what);
  };

/** On every source that is there: what is laid over it is not what a program declares. */
const onEach =
  (part: string, what: unknown): Oddity =>
  ({ admin }) => {
    for (const id of Object.keys(admin.state()["sources"] ?? {})) admin.show(`/sources/${id}${part}`, what);
  };

const ODDITIES: Readonly<Record<string, Oddity>> = {
  "sources that are nothing": ({ admin }) => {
    for (const what of [null, "text", [], { features: ["X", null], schemas: [null], since: 17 }]) {
      const id = `odd${String(Object.keys(admin.state()["shown"] ?? {}).length)}`;
      admin.put(`/sources/${id}`, { id, name: id, connector: "jdbc", connectorAttributes: {} });
      admin.show(`/sources/${id}`, what);
    }
  },
  "an identity without attributes": beside("identities", { attributes: [], lifecycleState: 3 }),
  "an identity that is nothing": beside("identities", null),
  "a group that nobody owns": beside("workgroups", { owner: "nobody", memberCount: "many" }),
  "a cluster that is nothing": beside("managed-clusters", null),
  "fields of sources in other forms": onEach("", { since: 17, created: 5, connectorName: [], schemas: [null, "text"] }),
  "sources as they were": ({ admin }) => {
    for (const path of Object.keys(admin.state()["shown"] ?? {})) admin.show(path, undefined);
  },
};

export const oddity = fc.constantFrom(...Object.keys(ODDITIES)).map(
  (what) =>
    new Step(
      `others: ${what}`,
      () => true,
      (world) => world.others((tenant) => ODDITIES[what]?.(tenant)),
    ),
);
