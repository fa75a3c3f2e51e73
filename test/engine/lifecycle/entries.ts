import type { Entry } from "./kinds/entry";
import { synchronization } from "./kinds/attribute-sync-config";
import { correlation } from "./kinds/correlation-config";
import { requests } from "./kinds/entitlement-request-config";
import { detection } from "./kinds/native-change-detection";
import { machineAccounts, policy } from "./kinds/provisioning-policy";
import { schedule } from "./kinds/schedule";
import { schema } from "./kinds/schema";
import { source } from "./kinds/source";

/** The table: each kind of resource as data. A new kind gets the whole lifecycle test by one entry here. */
export const entries: readonly Entry[] = [
  source,
  schema,
  policy,
  schedule,
  correlation,
  detection,
  synchronization,
  requests,
];

/** What only the per-service form of the API has, besides. */
export const entriesOfServices: readonly Entry[] = [...entries, machineAccounts];
