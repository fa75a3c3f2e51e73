/** What every tenant starts with: the same names in each, under different ids. */
export const identities = [
  { alias: "slpt.services", name: "SailPoint Services", firstname: "SailPoint", lastname: "Services", manager: null },
  { alias: "support", name: "Support", firstname: "Tenant", lastname: "Support", manager: null },
  { alias: "jane.doe", name: "Jane Doe", firstname: "Jane", lastname: "Doe", manager: "amelia.chen" },
  { alias: "john.doe", name: "John Doe", firstname: "John", lastname: "Doe", manager: "jane.doe" },
  { alias: "john.smith", name: "John Smith", firstname: "John", lastname: "Smith", manager: "jane.doe" },
  { alias: "john.smith2", name: "John Smith", firstname: "John", lastname: "Smith", manager: "amelia.chen" },
  { alias: "amelia.chen", name: "Amelia Chen", firstname: "Amelia", lastname: "Chen", manager: null },
  { alias: "maria.garcia", name: "María García", firstname: "María", lastname: "García", manager: "amelia.chen" },
] as const;

/** Exists by its id only: no list and no filter finds an identity that was never indexed. */
export const unindexed = {
  alias: "riley.park",
  name: "Riley Park",
  firstname: "Riley",
  lastname: "Park",
  manager: "jane.doe",
} as const;

export const clusters = [
  { name: "sp_connect_proxy_cluster", type: "idn", status: "NORMAL", operational: true },
  { name: "Production VA Cluster", type: "idn", status: "NORMAL", operational: true },
  { name: "Unplugged VA Cluster", type: "idn", status: "FAILED", operational: false },
] as const;

export const workgroups = [
  { name: "Source Managers", description: "People who look after sources", owner: "amelia.chen" },
  { name: "HR Administrators", description: "People who look after the HR feeds", owner: "jane.doe" },
] as const;

export const passwordPolicies = [
  { name: "Default", minLength: 8, defaultPolicy: true },
  { name: "Corporate Password Policy", minLength: 12, defaultPolicy: false },
  { name: "Vendor Password Policy", minLength: 16, defaultPolicy: false },
] as const;

/** Connector rules, which an administrator can write, and cloud rules, which only the vendor can deploy. */
export const rules = [
  { name: "Build Map for HR Feed", type: "BuildMap" },
  { name: "JDBC Build Map", type: "JDBCBuildMap" },
  { name: "JDBC Provision", type: "JDBCProvision" },
  { name: "Web Service Before Operation", type: "WebServiceBeforeOperationRule" },
  { name: "Web Service After Operation", type: "WebServiceAfterOperationRule" },
  { name: "Correlate by Employee Number", type: "Correlation" },
  { name: "Correlate by Email", type: "Correlation" },
  { name: "Find Manager by Name", type: "ManagerCorrelation" },
  { name: "Before Provisioning Checks", type: "BeforeProvisioning" },
] as const;

/** Each reads an account attribute of a source by the source's name. */
export const transforms = [
  { name: "Work Email from Corporate Directory", sourceName: "Corporate Directory", attributeName: "mail" },
] as const;

/** Sources that are there before anybody declares one. */
export const sources = [
  {
    name: "Corporate Directory",
    connector: "active-directory",
    owner: "slpt.services",
    description: "Everybody's account",
  },
] as const;

/** Each makes its source authoritative, and keeps it from being deleted. */
export const identityProfiles = [
  { name: "Employees", source: "Corporate Directory", owner: "slpt.services", priority: 10 },
] as const;

export const identityAttributes = [
  { name: "email", displayName: "Work Email", targets: ["mail", "email", "e-mail", "E-Mail"] },
  { name: "firstname", displayName: "First Name", targets: ["givenName", "firstName", "First name", "first_name"] },
  { name: "lastname", displayName: "Last Name", targets: ["sn", "familyName", "lastName", "Last name", "last_name"] },
  { name: "displayName", displayName: "Display Name", targets: ["displayName", "name", "cn"] },
  { name: "department", displayName: "Department", targets: ["department", "Department", "departmentNumber"] },
] as const;
