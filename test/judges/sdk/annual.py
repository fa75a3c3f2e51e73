"""
The official Python SDK as a judge of the simulator: drives all 52 methods of its SourcesApi (version v2025) at the
tenant that SAIL_BASE_URL names. A method passes when its call works and the answer deserializes into the SDK's models.

Six methods cannot work against any correct tenant: five send their path with the placeholder unfilled, and put_source
drops the read-only id that the API demands. The judge expects exactly these six to fail, and drives their operations by
plain requests. Prints a line for each method and, last, `N passed, N failed`.
"""

from judge import Judge, methods_of

import sailpoint.v2025
from sailpoint.configuration import Configuration
from sailpoint.v2025.api.sources_api import SourcesApi
from sailpoint.v2025.api_client import ApiClient
from sailpoint.v2025.models.correlation_config import CorrelationConfig
from sailpoint.v2025.models.json_patch_operation import JsonPatchOperation
from sailpoint.v2025.models.model_schema import ModelSchema
from sailpoint.v2025.models.native_change_detection_config import NativeChangeDetectionConfig
from sailpoint.v2025.models.password_policy_holders_dto_inner import PasswordPolicyHoldersDtoInner
from sailpoint.v2025.models.provisioning_policy_dto import ProvisioningPolicyDto
from sailpoint.v2025.models.resource_objects_request import ResourceObjectsRequest
from sailpoint.v2025.models.schedule1 import Schedule1
from sailpoint.v2025.models.source import Source
from sailpoint.v2025.models.source_entitlement_request_config import SourceEntitlementRequestConfig

# Why methods cannot work, and the words that their failure has.
UNFILLED_PATH = ("unfilled placeholder in the path", "(404)")
WITHOUT_ID = ("drops the id", "Illegal attempt to modify")
BROKEN = {
    "get_native_change_detection_config": UNFILLED_PATH,
    "put_native_change_detection_config": UNFILLED_PATH,
    "delete_native_change_detection_config": UNFILLED_PATH,
    "get_source_entitlement_request_config": UNFILLED_PATH,
    "update_source_entitlement_request_config": UNFILLED_PATH,
    "put_source": WITHOUT_ID,
}

configuration = Configuration()
judge = Judge(configuration, lambda path: f"/v2025{path}")
api = SourcesApi(ApiClient(configuration))
request, look_up, settled = judge.request, judge.look_up, judge.settled


def drive(method, *arguments, **named):
    return judge.drive(api, method, *arguments, **named)


def patch(path, value):
    return [JsonPatchOperation.from_dict({"op": "replace", "path": path, "value": value})]


def file_source():
    """A Delimited File source: everything about CSV."""
    owner = look_up("/identities", "alias", "slpt.services")
    given = {"type": "IDENTITY", "id": owner["id"], "name": owner["name"]}
    source = drive(
        "create_source",
        Source.from_dict({"name": "Judged file", "owner": given, "connector": "delimited-file"}),
        provision_as_csv=True,
    )
    if source is None:
        raise SystemExit(f"create_source: {judge.results['create_source']}")
    drive("list_sources", filters='name eq "Judged file"', count=True)
    drive("get_source", source.id)
    drive("update_source", source.id, patch("/description", "judged"))
    drive("put_source", source.id, source)
    drive("import_accounts_schema", source.id, file=("accounts.csv", b"id,name,mail\n"))
    drive("get_accounts_schema", source.id)
    drive("import_entitlements_schema", source.id, schema_name="group", file=("groups.csv", b"id,name\n"))
    drive("get_entitlements_schema", source.id, schema_name="group")
    drive("import_accounts", source.id, file=("rows.csv", b"id,name,mail\n1,One,one@example.com\n"))
    drive("import_uncorrelated_accounts", source.id, file=("rows.csv", b"id,name,mail\n1,One,one@example.com\n"))
    drive("import_entitlements", source.id, file=("groups.csv", b"id,name\ng1,Group\n"))
    removal = drive("delete_accounts_async", source.id)
    if removal is not None:
        settled(removal.id)
    return source


def directory_source():
    """A source with a connector: everything else."""
    owner = look_up("/identities", "alias", "slpt.services")
    cluster = look_up("/managed-clusters", "name", "sp_connect_proxy_cluster")
    source = api.create_source(
        Source.from_dict(
            {
                "name": "Judged directory",
                "owner": {"type": "IDENTITY", "id": owner["id"], "name": owner["name"]},
                "cluster": {"type": "CLUSTER", "id": cluster["id"], "name": cluster["name"]},
                "connector": "active-directory",
                "features": ["PASSWORD", "PROVISIONING"],
            }
        )
    )
    drive_schemas(source.id)
    drive_policies(source.id)
    drive_schedules(source.id)
    drive_settings(source.id)
    drive_connector(source.id)
    return source


def drive_schemas(source):
    made = drive("create_source_schema", source, ModelSchema.from_dict({"name": "judged", "attributes": []}))
    drive("get_source_schemas", source)
    if made is None:
        return
    drive("get_source_schema", source, made.id)
    drive("update_source_schema", source, made.id, patch("/nativeObjectType", "Judged"))
    drive("put_source_schema", source, made.id, api.get_source_schema(source, made.id))
    drive("delete_source_schema", source, made.id)


def drive_policies(source):
    policy = ProvisioningPolicyDto.from_dict({"name": "Judged", "usageType": "DISABLE", "fields": []})
    drive("create_provisioning_policy", source, policy)
    drive("list_provisioning_policies", source)
    drive("get_provisioning_policy", source, "DISABLE")
    drive("update_provisioning_policy", source, "DISABLE", patch("/name", "Judged again"))
    drive("put_provisioning_policy", source, "DISABLE", policy)
    drive("update_provisioning_policies_in_bulk", source, [policy])
    drive("delete_provisioning_policy", source, "DISABLE")


def drive_schedules(source):
    kind = "ACCOUNT_AGGREGATION"
    drive("create_source_schedule", source, Schedule1.from_dict({"type": kind, "cronExpression": "0 0 3 * * ?"}))
    drive("get_source_schedules", source)
    drive("get_source_schedule", source, kind)
    drive("update_source_schedule", source, kind, patch("/cronExpression", "0 0 4 * * ?"))
    drive("delete_source_schedule", source, kind)


def drive_settings(source):
    correlation = drive("get_correlation_config", source)
    drive("put_correlation_config", source, correlation or CorrelationConfig.from_dict({"attributeAssignments": []}))
    detection = NativeChangeDetectionConfig.from_dict({"enabled": True, "operations": ["ACCOUNT_UPDATED"]})
    drive("put_native_change_detection_config", source, detection)
    drive("get_native_change_detection_config", source)
    drive("delete_native_change_detection_config", source)
    requests = SourceEntitlementRequestConfig.from_dict({"accessRequestConfig": {"approvalSchemes": []}})
    drive("update_source_entitlement_request_config", requests, "true")
    drive("get_source_entitlement_request_config", "true")
    synchronized = drive("get_source_attr_sync_config", source, "true")
    if synchronized is not None:
        drive("put_source_attr_sync_config", source, attr_sync_source_config=synchronized, x_sail_point_experimental="true")
    drive("sync_attributes_for_source", source, "true")
    named = look_up("/password-policies", "name", request("GET", "/password-policies")[0]["name"])
    holder = PasswordPolicyHoldersDtoInner.from_dict({"policyId": named["id"], "policyName": named["name"]})
    drive("update_password_policy_holders", source, [holder])
    drive("list_password_policy_holders_on_source", source)


def drive_connector(source):
    drive("test_source_connection", source)
    drive("test_source_configuration", source)
    drive("ping_cluster", source)
    drive("search_resource_objects", source, ResourceObjectsRequest.from_dict({"objectType": "account", "maxCount": 5}))
    drive("get_source_config", source)
    drive("get_source_health", source)
    drive("get_source_connections", source)
    drive("import_connector_file", source, file=("driver.jar", b"not a real driver"))


def drive_what_the_sdk_cannot(source):
    """The operations of the six broken methods, by plain requests."""
    whole = request("GET", f"/sources/{source}")
    request("PUT", f"/sources/{source}", {**whole, "description": "written whole"})
    detection = f"/sources/{source}/native-change-detection-config"
    request("PUT", detection, {"enabled": True, "operations": ["ACCOUNT_UPDATED"]})
    request("GET", detection)
    request("DELETE", detection)
    requests = f"/sources/{source}/entitlement-request-config"
    request("PUT", requests, {"accessRequestConfig": {"approvalSchemes": []}})
    request("GET", requests)


print(f"SDK of {sailpoint.v2025.__name__}", flush=True)
files, directory = file_source(), directory_source()
drive_what_the_sdk_cannot(directory.id)
deletion = drive("delete_source", files.id)
if deletion is not None:
    settled(deletion.id)
judge.report(methods_of(SourcesApi), BROKEN)
