import fc from "fast-check";
import type { Json } from "../engine-model/goal";
import { CHILDREN, MEMBERS } from "./contents";
import type { Place } from "./stack";
import { Step, flag, place, version } from "./step";
import { partOf } from "./tenant-atoms";
import type { World } from "./world";

/** What other administrators, the vendor and connectors do. */

const isThere = (at: Place) => (world: World) => world.idOf(at) !== undefined;

const theirs = (what: string, at: Place, act: (world: World, id: string) => void): Step =>
  new Step(`others: ${what} of ${at}`, isThere(at), (world) => {
    const id = world.idOf(at);
    if (id !== undefined) world.others(() => act(world, id));
  });

const pointer = (key: string): string => `/connectorAttributes/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;

export const theirAttribute = fc
  .tuple(place, fc.constantFrom("ours", "theirs", "alsoTheirs", "a/b~c.d", "timeoutInSeconds", "lastSync"), version)
  .map(([at, key, n]) =>
    theirs(`set ${key} to ${String(n)}`, at, (world, id) => {
      world.tenant.admin.edit(`/sources/${id}`, [
        { op: "add", path: pointer(key), value: key === "timeoutInSeconds" ? 7 * n : `by others ${String(n)}` },
      ]);
    }),
  );

export const theirSecret = fc.tuple(place, version).map(([at, n]) =>
  theirs(`set the password (${String(n)})`, at, (world, id) => {
    world.tenant.admin.edit(`/sources/${id}`, [{ op: "add", path: pointer("password"), value: `theirs-${String(n)}` }]);
  }),
);

/** What they attach to a member of a list, by its position as the API has it. */
export const theirRule = fc.tuple(place, fc.constantFrom(...MEMBERS), version).map(([at, name, n]) =>
  theirs(`attach a rule to ${name}`, at, (world, id) => {
    const source = world.tenant.admin.state()["sources"]?.[id] as { connectorAttributes?: Json };
    const list = (source.connectorAttributes?.["connectionParameters"] ?? []) as Json[];
    const i = list.findIndex((candidate) => candidate["uniqueNameForEndPoint"] === name);
    if (i >= 0)
      world.tenant.admin.edit(`/sources/${id}`, [
        {
          op: "add",
          path: `/connectorAttributes/connectionParameters/${String(i)}/beforeRule`,
          value: `rule ${String(n)}`,
        },
      ]);
  }),
);

export const theirMembersSecret = fc.tuple(place, fc.constantFrom(...MEMBERS), version).map(([at, name, n]) =>
  theirs(`set the password of ${name} (${String(n)})`, at, (world, id) => {
    const source = world.tenant.admin.state()["sources"]?.[id] as { connectorAttributes?: Json };
    const list = (source.connectorAttributes?.["connectionParameters"] ?? []) as Json[];
    const i = list.findIndex(
      (candidate) => candidate["uniqueNameForEndPoint"] === name && candidate["password"] !== undefined,
    );
    if (i >= 0)
      world.tenant.admin.edit(`/sources/${id}`, [
        {
          op: "add",
          path: `/connectorAttributes/connectionParameters/${String(i)}/password`,
          value: `theirs-${String(n)}`,
        },
      ]);
  }),
);

export const theirMove = place.map((at) =>
  theirs("move the class", at, (world, id) => {
    world.tenant.admin.moveConnector(id, { connectorClass: "sailpoint.connector.moved.ByVendor" });
  }),
);

export const theirConnector = place.map((at) =>
  theirs("run the connector", at, (world, id) => {
    world.tenant.admin.runConnector(id);
  }),
);

export const theirChild = fc.tuple(place, fc.nat(CHILDREN.length - 1), flag).map(([at, i, removes]) => {
  const [kind, key] = CHILDREN[i] ?? ["schedule", ""];
  const { part, by } = partOf(kind) ?? { part: "none" };
  return theirs(`${removes ? "remove" : "change"} ${kind} ${key}`, at, (world, id) => {
    const state = world.tenant.admin.state();
    const stored = Object.entries((state[part]?.[id] ?? {}) as Record<string, Json>).find(
      ([, object]) => by === undefined || object[by] === key,
    );
    if (!stored) return;
    const [at_, object] = stored;
    const path = `/sources/${id}/${part}${by === undefined ? "" : `/${at_}`}`;
    if (removes && by !== undefined && key !== "account") world.tenant.admin.remove(path);
    else if (Array.isArray(object["attributes"]) && kind === "schema") {
      if (JSON.stringify(object["attributes"]).includes("byOthers")) return;
      world.tenant.admin.edit(path, [
        { op: "add", path: "/attributes/-", value: { name: "byOthers", type: "STRING" } },
      ]);
    } else if (Array.isArray(object["fields"]) && object["fields"].length > 0) {
      world.tenant.admin.edit(path, [{ op: "add", path: "/fields/0/attributes", value: { byOthers: "1" } }]);
    } else if (Array.isArray(object["attributeAssignments"]) && object["attributeAssignments"].length > 0) {
      world.tenant.admin.edit(path, [{ op: "add", path: "/attributeAssignments/0/matchMode", value: "START" }]);
    } else if (kind === "schedule") {
      world.tenant.admin.edit(path, [{ op: "replace", path: "/cronExpression", value: "0 0 9 * * ?" }]);
    }
  });
});

export const theirUse = fc.tuple(place, flag).map(
  ([at, isUsed]) =>
    new Step(
      `others: ${isUsed ? "use" : "stop using"} ${at}`,
      (world) => isThere(at)(world) && world.used.has(at) !== isUsed,
      (world) => {
        const id = world.idOf(at);
        if (id === undefined) return;
        if (isUsed) {
          world.tenant.admin.use(id, "application", `uses ${at}`);
          world.used.add(at);
        } else {
          for (const [app] of Object.entries(world.tenant.admin.state()["source-apps"] ?? {}))
            world.tenant.admin.remove(`/source-apps/${app}`);
          world.used.clear();
        }
      },
    ),
);
