import { textOf, type JsonObject } from "../json";
import type { Tenant } from "../tenant";
import { movedAttributes } from "./connector-attributes";
import { existingSource } from "./references";

/** Moves what every account aggregation moves, at once and without a task. */
export function aggregateNow(tenant: Tenant, sourceId: string): void {
  const source = existingSource(tenant, sourceId);
  tenant.storage.collection("sources").put(sourceId, aggregated(tenant, source));
}

/** The source as it is after an aggregation. */
export function aggregated(tenant: Tenant, source: Readonly<JsonObject>): JsonObject {
  const end = tenant.timestamp();
  const milliseconds = Date.parse(end);
  const status = "SOURCE_STATE_HEALTHY";
  return {
    ...source,
    healthy: true,
    status,
    since: end,
    connectorAttributes: movedAttributes(source, {
      healthy: true,
      status,
      since: end,
      hasFullAggregationCompleted: true,
      acctAggregationStart: milliseconds - 1000,
      acctAggregationEnd: milliseconds,
      lastAggregationDate_account: milliseconds,
      deltaAggregation: { token: tenant.ids.digest(`${textOf(source["id"])} ${end}`).slice(0, 16) },
      md5: tenant.ids.digest(`md5 ${textOf(source["id"])} ${end}`).slice(0, 32),
    }),
  };
}
