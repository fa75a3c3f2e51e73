import { type Row, row } from "./row";

export const lookUps: Row[] = [
  row(
    "listAccounts",
    () => ({ filters: 'sourceId eq "2c91"' }),
    (answer) => {
      expect(answer).toEqual([]);
    },
  ),
  row(
    "listIdentities",
    () => ({ filters: 'alias eq "slpt.services"' }),
    ([first], world) => {
      expect(first).toMatchObject({ alias: "slpt.services", name: "SailPoint Services" });
      world.owner = first?.id ?? "";
    },
  ),
  row(
    "getIdentity",
    ({ owner }) => ({ id: owner }),
    (answer) => {
      expect(answer.alias).toBe("slpt.services");
    },
  ),
  row(
    "getPublicIdentities",
    () => ({ filters: 'alias eq "jane.doe"' }),
    ([first]) => {
      expect(first?.name).toBe("Jane Doe");
    },
  ),
  row(
    "getManagedClusters",
    () => ({ filters: 'name eq "sp_connect_proxy_cluster"' }),
    ([first], world) => {
      world.cluster = first?.id ?? "";
    },
  ),
  row(
    "getManagedCluster",
    ({ cluster }) => ({ id: cluster }),
    (answer) => {
      expect(answer.name).toBe("sp_connect_proxy_cluster");
    },
  ),
  row(
    "listWorkgroups",
    () => ({ filters: 'name eq "Source Managers"' }),
    ([first], world) => {
      world.workgroup = first?.id ?? "";
    },
  ),
  row(
    "getWorkgroup",
    ({ workgroup }) => ({ id: workgroup }),
    (answer) => {
      expect(answer.name).toBe("Source Managers");
    },
  ),
  row(
    "listPasswordPolicies",
    () => ({}),
    (answer, world) => {
      world.policy = answer.find(({ name }) => name === "Corporate Password Policy")?.id ?? "";
    },
  ),
  row(
    "getPasswordPolicyById",
    ({ policy }) => ({ id: policy }),
    (answer) => {
      expect(answer.name).toBe("Corporate Password Policy");
    },
  ),
  row(
    "getConnectorRuleList",
    () => ({ limit: 50 }),
    (answer, world) => {
      world.rule = answer.find(({ name }) => name === "JDBC Provision")?.id ?? "";
    },
  ),
  row(
    "getConnectorRule",
    ({ rule }) => ({ id: rule }),
    (answer) => {
      expect(answer).toMatchObject({ name: "JDBC Provision", type: "JDBCProvision" });
    },
  ),
  row(
    "listTransforms",
    () => ({}),
    (answer) => {
      expect(answer.length).toBeGreaterThan(0);
    },
  ),
  row(
    "listIdentityProfiles",
    () => ({}),
    ([first]) => {
      expect(first).toMatchObject({ name: "Employees", authoritativeSource: { name: "Corporate Directory" } });
    },
  ),
  row(
    "getConnectorList",
    () => ({ filters: 'name sw "Delimited"' }),
    ([first]) => {
      expect(first?.scriptName).toMatch(/^delimited-file/);
    },
  ),
  row(
    "getConnector",
    () => ({ scriptName: "delimited-file" }),
    (answer) => {
      expect(answer.name).toBe("Delimited File");
    },
  ),
];
