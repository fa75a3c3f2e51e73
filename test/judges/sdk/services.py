"""
The official Python SDK of today as a judge of the simulator: it speaks the per-service form of the API. Drives all its
methods that belong to sources, and to what sources refer to. A method passes when its call works and the answer
deserializes into the SDK's models.

Known faults of the SDK: put_source_v1 drops the read-only id that the API demands, and the header of experimental
endpoints is sent only by calls that are told to. Each experimental method is called both ways: plainly it must fail.
"""

import sailpoint
from sailpoint import ApiClient, Configuration, SourcesApi
from sailpoint.search.models.search import Search
from sailpoint.sources.models.correlation_config import CorrelationConfig
from sailpoint.sources.models.json_patch_operation import JsonPatchOperation
from sailpoint.sources.models.model_schema import ModelSchema
from sailpoint.sources.models.native_change_detection_config import NativeChangeDetectionConfig
from sailpoint.sources.models.password_policy_holders_dto_inner import PasswordPolicyHoldersDtoInner
from sailpoint.sources.models.provisioning_policy_dto import ProvisioningPolicyDto
from sailpoint.sources.models.provisioning_policy_dto_v2 import ProvisioningPolicyDtoV2
from sailpoint.sources.models.resource_objects_request import ResourceObjectsRequest
from sailpoint.sources.models.schedule3 import Schedule3
from sailpoint.sources.models.source import Source
from sailpoint.sources.models.source_entitlement_request_config import SourceEntitlementRequestConfig

from judge import Judge, methods_of


def address(path):
    """A path of the annual form in the per-service one."""
    service, _, rest = path[1:].partition("/")
    service, question, query = service.partition("?")
    return f"/{service}/v1{question}{query}" + (f"/{rest}" if rest else "")


configuration = Configuration()
judge = Judge(configuration, address)
client = ApiClient(configuration)
api = SourcesApi(client)
request, look_up = judge.request, judge.look_up

# Methods that cannot work, why, and the words that their failure has.
BROKEN = {"put_source_v1": ("drops the id", "Illegal attempt to modify")}
NO_HEADER = ("plainly called, it sends no experimental header", "Experimental Header is missing or invalid.")

# What no client of sources needs here; the simulator does not serve it.
OF_OTHERS = ("dataset", "source_resource", "approval_config", "agents", "service_desk")


def drive(method, *arguments, of=api, **named):
    return judge.drive(of, method, *arguments, **named)


def drive_experimental(method, *arguments, of=api, **named):
    """Calls a method without the header, which must fail, and with it."""
    plain = f"{method} without header"
    try:
        getattr(of, method)(*arguments, **named)
        judge.results[plain] = None
    except Exception as error:  # the judge reports whatever the SDK raises
        judge.results[plain] = f"{type(error).__name__}: {str(error)[:900]}"
    BROKEN[plain] = NO_HEADER
    return drive(method, *arguments, of=of, x_sail_point_experimental="true", **named)


def patch(path, value):
    return [JsonPatchOperation.from_dict({"op": "replace", "path": path, "value": value})]


def owner():
    identity = look_up("/identities", "alias", "slpt.services")
    return {"type": "IDENTITY", "id": identity["id"], "name": identity["name"]}


def file_source():
    """A Delimited File source: everything about CSV."""
    sent = Source.from_dict({"name": "Judged file", "owner": owner(), "connector": "delimited-file"})
    source = drive("create_source_v1", sent, provision_as_csv=True)
    if source is None:
        raise SystemExit(f"create_source_v1: {judge.results['create_source_v1']}")
    drive("list_sources_v1", filters='name eq "Judged file"', count=True)
    drive("get_source_v1", source.id)
    drive("update_source_v1", source.id, patch("/description", "judged"))
    drive("put_source_v1", source.id, source)
    drive("import_accounts_schema_v1", source.id, file=("accounts.csv", b"id,name,mail\n"))
    drive("get_accounts_schema_v1", source.id)
    drive("import_entitlements_schema_v1", source.id, schema_name="group", file=("groups.csv", b"id,name\n"))
    drive("get_entitlements_schema_v1", source.id, schema_name="group")
    rows = ("rows.csv", b"id,name,mail\n1,One,one@example.com\n")
    drive("import_accounts_v1", source.id, file=rows)
    drive("import_uncorrelated_accounts_v1", source.id, file=rows)
    drive("import_entitlements_v1", source.id, file=("groups.csv", b"id,name\ng1,Group\n"))
    removal = drive("delete_accounts_async_v1", source.id)
    if removal is not None:
        judge.settled(removal.id)
        drive("get_task_status_v1", removal.id, of=sailpoint.TaskManagementApi(client))
    return source


def directory_source():
    """A source with a connector: everything else."""
    cluster = look_up("/managed-clusters", "name", "sp_connect_proxy_cluster")
    source = api.create_source_v1(
        Source.from_dict(
            {
                "name": "Judged directory",
                "owner": owner(),
                "cluster": {"type": "CLUSTER", "id": cluster["id"], "name": cluster["name"]},
                "connector": "active-directory",
                "features": ["PASSWORD", "PROVISIONING"],
            }
        )
    )
    drive_schemas(source.id)
    drive_policies(source.id)
    drive_policies_by_id(source.id)
    drive_schedules(source.id)
    drive_settings(source.id)
    drive_connector(source.id)
    return source


def drive_schemas(source):
    made = drive("create_source_schema_v1", source, ModelSchema.from_dict({"name": "judged", "attributes": []}))
    drive("get_source_schemas_v1", source)
    if made is None:
        return
    drive("get_source_schema_v1", source, made.id)
    drive("update_source_schema_v1", source, made.id, patch("/nativeObjectType", "Judged"))
    drive("put_source_schema_v1", source, made.id, api.get_source_schema_v1(source, made.id))
    drive("delete_source_schema_v1", source, made.id)


def drive_policies(source):
    policy = ProvisioningPolicyDto.from_dict({"name": "Judged", "usageType": "DISABLE", "fields": []})
    drive("create_provisioning_policy_v1", source, policy)
    drive("list_provisioning_policies_v1", source)
    drive("get_provisioning_policy_v1", source, "DISABLE")
    drive("update_provisioning_policy_v1", source, "DISABLE", patch("/name", "Judged again"))
    drive("put_provisioning_policy_v1", source, "DISABLE", policy)
    drive("update_provisioning_policies_in_bulk_v1", source, [policy])
    drive("delete_provisioning_policy_v1", source, "DISABLE")


def drive_policies_by_id(source):
    sent = {"sourceId": source, "technicalName": "robot", "displayName": "Robot", "description": "A robot's account"}
    subtype = request("POST", "/source-subtypes", sent)
    subtypes = sailpoint.MachineAccountSubtypesApi(client)
    drive_experimental("list_source_subtypes_v1", of=subtypes)
    drive_experimental("get_source_subtype_by_id_v1", subtype["id"], of=subtypes)
    policy = ProvisioningPolicyDtoV2.from_dict(
        {"name": "Judged", "usageType": "CREATE_MACHINE_ACCOUNT", "subtypeId": subtype["id"], "fields": []}
    )
    made = drive_experimental("create_provisioning_policy_v2", source, policy, use_default_fields=True)
    drive_experimental("list_provisioning_policies_v2", source, filters='usageType eq "CREATE_MACHINE_ACCOUNT"')
    if made is None:
        return
    drive_experimental("get_provisioning_policy_v2", source, made.id)
    drive_experimental("update_provisioning_policy_v2", source, made.id, patch("/name", "Judged again"))
    drive_experimental("put_provisioning_policy_v2", source, made.id, policy)
    drive_experimental("delete_provisioning_policy_v2", source, made.id)


def drive_schedules(source):
    kind = "ACCOUNT_AGGREGATION"
    drive("create_source_schedule_v1", source, Schedule3.from_dict({"type": kind, "cronExpression": "0 0 3 * * ?"}))
    drive("get_source_schedules_v1", source)
    drive("get_source_schedule_v1", source, kind)
    drive("update_source_schedule_v1", source, kind, patch("/cronExpression", "0 0 4 * * ?"))
    drive("delete_source_schedule_v1", source, kind)


def drive_settings(source):
    correlation = drive("get_correlation_config_v1", source)
    empty = CorrelationConfig.from_dict({"attributeAssignments": []})
    drive("put_correlation_config_v1", source, correlation or empty)
    detection = NativeChangeDetectionConfig.from_dict({"enabled": True, "operations": ["ACCOUNT_UPDATED"]})
    drive("put_native_change_detection_config_v1", source, detection)
    drive("get_native_change_detection_config_v1", source)
    drive("delete_native_change_detection_config_v1", source)
    requests = SourceEntitlementRequestConfig.from_dict({"accessRequestConfig": {"approvalSchemes": []}})
    drive("update_source_entitlement_request_config_v1", source, requests)
    drive("get_source_entitlement_request_config_v1", source)
    synchronized = drive_experimental("get_source_attr_sync_config_v1", source)
    if synchronized is not None:
        drive_experimental("put_source_attr_sync_config_v1", source, attr_sync_source_config=synchronized)
    drive_experimental("sync_attributes_for_source_v1", source)
    named = request("GET", "/password-policies")[0]
    holder = PasswordPolicyHoldersDtoInner.from_dict({"policyId": named["id"], "policyName": named["name"]})
    drive("update_password_policy_holders_v1", source, [holder])
    drive("list_password_policy_holders_on_source_v1", source)


def drive_connector(source):
    drive("test_source_connection_v1", source)
    drive("test_source_configuration_v1", source)
    drive("ping_cluster_v1", source)
    peek = ResourceObjectsRequest.from_dict({"objectType": "account", "maxCount": 5})
    drive("search_resource_objects_v1", source, peek)
    drive("get_source_config_v1", source)
    drive("get_source_health_v1", source)
    drive("get_source_connections_v1", source)
    drive("import_connector_file_v1", source, file=("driver.jar", b"not a real driver"))


def drive_look_ups():
    """What sources refer to, and the audit events."""
    for of, many, one in (
        (sailpoint.IdentitiesApi, "list_identities_v1", "get_identity_v1"),
        (sailpoint.ManagedClustersApi, "get_managed_clusters_v1", "get_managed_cluster_v1"),
        (sailpoint.GovernanceGroupsApi, "list_workgroups_v1", "get_workgroup_v1"),
        (sailpoint.ConnectorRuleManagementApi, "get_connector_rule_list_v1", "get_connector_rule_v1"),
        (sailpoint.TransformsApi, "list_transforms_v1", "get_transform_v1"),
    ):
        members = drive(many, of=of(client))
        if members:
            drive(one, members[0].id, of=of(client))
    drive("get_public_identities_v1", of=sailpoint.PublicIdentitiesApi(client))
    drive("list_identity_profiles_v1", of=sailpoint.IdentityProfilesApi(client))
    drive("list_accounts_v1", of=sailpoint.AccountsApi(client))
    connectors = sailpoint.ConnectorsApi(client)
    drive("get_connector_list_v1", of=connectors)
    drive("get_connector_v1", "active-directory", of=connectors)
    policies = sailpoint.PasswordPoliciesApi(client)
    members = drive_experimental("list_password_policies_v1", of=policies)
    if members:
        drive_experimental("get_password_policy_by_id_v1", members[0].id, of=policies)
    searches = sailpoint.SearchApi(client)
    sent = Search.from_dict({"indices": ["events"], "query": {"query": "type:SOURCE_MANAGEMENT"}, "sort": ["-created"]})
    drive("search_post_v1", sent, limit=10, of=searches)
    drive("search_count_v1", sent, of=searches)


print("SDK of the per-service form", flush=True)
files, directory = file_source(), directory_source()
drive_look_ups()
whole = request("GET", f"/sources/{directory.id}")
request("PUT", f"/sources/{directory.id}", {**whole, "description": "written whole"})
deletion = drive("delete_source_v1", files.id)
if deletion is not None:
    judge.settled(deletion.id)
expected = [name for name in methods_of(SourcesApi) if not any(part in name for part in OF_OTHERS)]
judge.report(sorted({*expected, *judge.results}), BROKEN)
