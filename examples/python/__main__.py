import pulumi
import pulumi_sailpoint as sailpoint

config = pulumi.Config()
owner = sailpoint.get_identity(alias="slpt.services")

# The feed of people: a CSV file that an HR system exports every night.
hr = sailpoint.Source(
    "hr",
    name="HR Feed",
    description="Everyone who works here, exported by the HR system every night",
    owner={"id": owner.id},
    connector="delimited-file",
    provision_as_csv=True,
    delete_threshold=10,
    connector_attributes={
        "group.hasHeader": True,
        "delimiter": ",",
        "password": config.require_secret("hrPassword"),  # opens the encrypted export
    },
)

on_hr = pulumi.ResourceOptions(deleted_with=hr)
sailpoint.Schema(
    "hr-account",
    source=hr.id,
    name="account",
    native_object_type="User",
    identity_attribute="id",
    display_attribute="name",
    attributes=[
        {"name": "id", "type": "STRING", "description": "The employee number"},
        {"name": "name", "type": "STRING"},
        {"name": "email", "type": "STRING"},
        {"name": "hired", "type": "DATE"},
        {"name": "groups", "type": "STRING", "is_multi": True, "is_entitlement": True},
    ],
    opts=on_hr,
)
sailpoint.Schedule(
    "hr-nightly",
    source=hr.id,
    type=sailpoint.ScheduleType.ACCOUNT_AGGREGATION,
    cron_expression="0 0 3 * * ?",
    opts=on_hr,
)

# What the tenant calls the source.
pulumi.export("hrSourceId", hr.id)
