import { notFound } from "../http/errors";
import { ok, type Call, type Operation } from "../http/operation";
import { isObject } from "../json";
import { presentedSource } from "./source-presentation";

export const healthOperations: readonly Operation[] = [
  { id: "getSourceHealth", method: "GET", path: "/sources/:sourceId/source-health", handle: health },
];

function health(call: Call) {
  const source = call.storage.collection("sources").get(call.param("sourceId"));
  if (source === undefined) throw notFound();
  return ok({
    id: source["id"],
    type: source["type"],
    name: source["name"],
    org: call.tenant.org,
    isAuthoritative: presentedSource(call.tenant, call.storage, source)["authoritative"],
    isCluster: isObject(source["cluster"]),
    hostname: "localhost",
    pod: "local",
    iqServiceVersion: null,
    status: source["status"],
  });
}
