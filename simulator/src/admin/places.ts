import type { Collection, Stored } from "../storage";
import type { Tenant } from "../tenant";

/** Where an object is stored. */
export interface Place {
  collection: Collection;
  key: string;
  /** The source that it belongs to or is, and what it is of the source: "" is the source itself. */
  ofSource?: { id: string; part: string };
}

/** `/sources/<id>`, `/sources/<id>/schemas/<id or name>`, `/sources/<id>/correlation-config`, `/identities/<id>` … */
export function placeOf(tenant: Tenant, path: string): Place {
  const [kind = "", id = "", part, child = ""] = path.replace(/^\//, "").split("/").map(decodeURIComponent);
  if (kind === "" || id === "") throw new Error(`"${path}" is no path of an object.`);
  const ofSource = kind === "sources" ? { ofSource: { id, part: part ?? "" } } : {};
  if (part === undefined) return { collection: tenant.storage.collection(kind), key: id, ...ofSource };
  const collection = tenant.storage.collection(part, id);
  if (part !== "schemas" || collection.get(child) !== undefined) return { collection, key: child, ...ofSource };
  const named = collection.entries().find(([, schema]) => schema["name"] === child);
  return { collection, key: named?.[0] ?? child, ...ofSource };
}

/** A stored source. */
export function sourceOf(tenant: Tenant, id: string): Stored {
  const source = tenant.storage.collection("sources").get(id);
  if (source === undefined) throw new Error(`There is no source ${id}.`);
  return source;
}
