import type { JsonObject, Maybe } from "../reconcile";

/** What sources are called, as far as this process has met them: what hangs on one knows its id only. */
const names = new Map<string, string>();

export function noteSource(id: string, { name }: JsonObject): void {
  if (typeof name === "string" && name !== "") names.set(id, name);
}

/** The source with this id, as messages call it. */
export function sourceTitle(id: Maybe): string {
  const name = names.get(String(id));
  return `source ${name === undefined ? String(id) : JSON.stringify(name)}`;
}
