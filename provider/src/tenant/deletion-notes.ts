import { rmSync } from "node:fs";
import { own } from "../reconcile";
import { noteFile, readNote, writeNote } from "./notes-folder";

/*
 * A command that ends while the tenant deletes a source leaves a note of the task on this machine's disk: until the task
 * ends the source is still there, and the next command would take it for one that stays.
 */

/** Whose source it is, by the tenant's address. */
interface Tenant {
  readonly host: string;
}

const fileOf = ({ host }: Tenant, sourceId: string): string => noteFile("deleting", [host, sourceId]);

export const noteDeletion = (tenant: Tenant, sourceId: string, taskId: string): void => {
  writeNote(fileOf(tenant, sourceId), { taskId });
};

/** The task that deletes the source, as far as an earlier command noted one. */
export function notedDeletion(tenant: Tenant, sourceId: string): string | undefined {
  const taskId = own(readNote(fileOf(tenant, sourceId)), "taskId");
  return typeof taskId === "string" ? taskId : undefined;
}

export const forgetDeletion = (tenant: Tenant, sourceId: string): void => {
  rmSync(fileOf(tenant, sourceId), { force: true });
};
