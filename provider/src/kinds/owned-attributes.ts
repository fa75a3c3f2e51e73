/**
 * Keys of `connectorAttributes` that the tenant sets by itself, and several of which it changes at every aggregation.
 * Whoever declares them (a set that was copied from the tenant's own pages, or an export), they are never compared,
 * written or taken away. Seen on live tenants; `beforeProvisioningRule` is an input of the source, and
 * `deleteThresholdPercentage` mirrors one.
 */
export const OWNED_BY_TENANT: ReadonlySet<string> = new Set([
  ...["healthy", "since", "status", "lockStatus", "deleteStatus", "connectionType", "connectorName", "formPath"],
  ...["cloudExternalId", "cloudDisplayName", "cloudOriginalApplicationType", "cloudAuthoritativeSourcePrecedence"],
  ...["cloudEnabled", "templateApplication", "beforeProvisioningRule", "deleteThresholdPercentage"],
  ...["hasFullAggregationCompleted", "acctAggregationStart", "acctAggregationEnd", "lastAggregationDate_account"],
  ...["deltaAggregation", "md5", "connector_files"],
]);
