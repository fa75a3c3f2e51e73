import type { Operation } from "./http/operation";
import { connectionOperations } from "./subjects/connections";
import { correlationOperations } from "./subjects/correlation";
import "./subjects/deletion";
import { lookUpOperations } from "./subjects/look-ups";
import { passwordPolicyHolderOperations } from "./subjects/password-policy-holders";
import { policyOperations } from "./subjects/provisioning-policies";
import { scheduleOperations } from "./subjects/schedules";
import { schemaOperations } from "./subjects/schemas";
import { sourceOperations } from "./subjects/sources";
import { taskOperations } from "./subjects/tasks";

/** All that a tenant serves. Of two paths that fit a request, the first one wins. */
export const operations: readonly Operation[] = [
  ...sourceOperations,
  ...connectionOperations,
  ...schemaOperations,
  ...policyOperations,
  ...scheduleOperations,
  ...correlationOperations,
  ...passwordPolicyHolderOperations,
  ...taskOperations,
  ...lookUpOperations,
];
