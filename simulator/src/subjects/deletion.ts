import type { Tenant } from "../tenant";
import { registerTask, type Task, type TaskResult } from "./tasks";

registerTask("delete", {
  uniqueName: "Cloud Delete Source",
  description: "Deletes a source with its accounts",
  finish: deleteSource,
});

/** The source goes with all that belongs to it; a tenant that lingers shows it a while longer. */
function deleteSource(tenant: Tenant, task: Task): TaskResult {
  const { sourceId } = task;
  const source = tenant.storage.collection("sources").get(sourceId);
  if (source === undefined) return {};
  const linger = tenant.settings.behaviours.lingerAfterDeletionMs;
  if (linger > 0) {
    tenant.storage.collection("lingering-sources").put(sourceId, { source, until: tenant.now() + linger });
  }
  tenant.storage.collection("sources").remove(sourceId);
  tenant.storage.removeChildren(sourceId);
  const subtypes = tenant.storage.collection("source-subtypes");
  for (const [key, subtype] of subtypes.entries()) if (subtype["sourceId"] === sourceId) subtypes.remove(key);
  return {};
}
