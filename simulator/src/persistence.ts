import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";

import type { Stored } from "./storage";
import type { Tenant } from "./tenant";

interface Snapshot {
  tenant: string;
  counters: Record<string, number>;
  sealed: number;
  collections: { kind: string; parent: string; objects: [string, Stored][] }[];
}

/** Keeps what a tenant stores in a file: reads it now, writes it soon after each change. */
export function keepInFile(tenant: Tenant, path: string): { restored: boolean; save: () => void } {
  const restored = existsSync(path);
  if (restored) restore(tenant, JSON.parse(readFileSync(path, "utf8")) as Snapshot);
  let timer: NodeJS.Timeout | undefined;
  const save = () => {
    clearTimeout(timer);
    timer = undefined;
    writeFileSync(`${path}.new`, JSON.stringify(snapshot(tenant)));
    renameSync(`${path}.new`, path);
  };
  tenant.changed = () => {
    timer ??= setTimeout(save, 200).unref();
  };
  return { restored, save };
}

function snapshot(tenant: Tenant): Snapshot {
  const collections = [...tenant.storage.collections()].map(({ kind, parent, collection }) => ({
    kind,
    parent,
    objects: collection.entries(),
  }));
  return { tenant: tenant.name, counters: tenant.ids.counters(), sealed: tenant.vault.counter(), collections };
}

function restore(tenant: Tenant, saved: Snapshot): void {
  if (saved.tenant !== tenant.name) {
    throw new Error(`The file holds tenant "${saved.tenant}", not "${tenant.name}": name another file or tenant.`);
  }
  for (const { kind, parent, objects } of saved.collections) {
    for (const [key, object] of objects) tenant.storage.collection(kind, parent).put(key, object);
  }
  tenant.ids.restore(saved.counters);
  tenant.vault.restore(saved.sealed);
}
