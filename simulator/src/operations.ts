import type { Operation } from "./http/operation";
import { searchOperations } from "./search/search";
import { accountOperations } from "./subjects/accounts";
import { aggregationOperations } from "./subjects/aggregation";
import { connectionOperations } from "./subjects/connections";
import { connectorActionOperations } from "./subjects/connector-actions";
import { correlationOperations } from "./subjects/correlation";
import "./subjects/deletion";
import { healthOperations } from "./subjects/health";
import { lookUpOperations } from "./subjects/look-ups";
import { passwordPolicyHolderOperations } from "./subjects/password-policy-holders";
import { policyByIdOperations } from "./subjects/policies-by-id";
import { policyOperations } from "./subjects/provisioning-policies";
import { scheduleOperations } from "./subjects/schedules";
import { schemaFileOperations } from "./subjects/schema-files";
import { schemaOperations } from "./subjects/schemas";
import { subtypeOperations } from "./subjects/source-subtypes";
import { sourceOperations } from "./subjects/sources";
import { subConfigurationOperations } from "./subjects/sub-configurations";
import { taskOperations } from "./subjects/tasks";

/** All that a tenant serves. Of two paths that fit a request, the first one wins. */
export const operations: readonly Operation[] = [
  ...sourceOperations,
  ...connectionOperations,
  ...healthOperations,
  ...schemaFileOperations,
  ...schemaOperations,
  ...policyOperations,
  ...policyByIdOperations,
  ...subtypeOperations,
  ...scheduleOperations,
  ...correlationOperations,
  ...passwordPolicyHolderOperations,
  ...subConfigurationOperations,
  ...accountOperations,
  ...aggregationOperations,
  ...connectorActionOperations,
  ...taskOperations,
  ...lookUpOperations,
  ...searchOperations,
];
