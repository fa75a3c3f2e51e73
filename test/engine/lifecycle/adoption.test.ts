import type { RunningTenant } from "sailpoint-simulator";
import { type Project, createProject, createTenant } from "../harness";
import { type Door, doors } from "../hosts/doors";
import { clientOf, comparable, existingSource, stored, writes } from "./tenants";

/** A source with all that hangs on it, set up by hand before there was a program. */
const sourceOf = ({ sailpoint }: Door, more: string) => `
${sailpoint}
const hr = new sailpoint.Source("hr", { name: "HR", owner: { alias: "support" }, connector: "active-directory",
  description: "declared", connectorAttributes: { pageSize: 100, nested: { ours: true }, password: "a-declared-password" },
  ${more} });
`;
const children = `
new sailpoint.Schema("account", { source: hr.id, name: "account", displayAttribute: "cn",
  attributes: [{ name: "mail", type: "STRING", description: "declared" }, { name: "badge", type: "INT" }] });
new sailpoint.ProvisioningPolicy("create", { source: hr.id, usageType: "CREATE", description: "declared" });
new sailpoint.Schedule("nightly", { source: hr.id, type: "ACCOUNT_AGGREGATION", cronExpression: "0 0 3 * * ?" });
new sailpoint.CorrelationConfig("correlation", { source: hr.id,
  attributeAssignments: [{ property: "email", value: "mail" }] });
new sailpoint.NativeChangeDetection("detection", { source: hr.id, enabled: true });
new sailpoint.AttributeSyncConfig("sync", { source: hr.id, attributes: [{ name: "email", enabled: true }] });
new sailpoint.EntitlementRequestConfig("requests", { source: hr.id, accessRequestConfig: { requireEndDate: true } });
`;
const others = ({ sailpoint }: Door) => `
${sailpoint}
new sailpoint.Source("hr", { name: "HR", owner: { alias: "support" }, connector: "active-directory" });
new sailpoint.Source("other", { name: "HR", owner: { alias: "support" }, connector: "jdbc", adopt: true });
`;

const parts = [
  "schemas/account",
  "provisioning-policies/CREATE",
  "schedules/ACCOUNT_AGGREGATION",
  "correlation-config/",
  "native-change-detection-config/",
  "attribute-sync-config/",
  "entitlement-request-config/",
];

describe.each<Door>(Object.values(doors))("through the $name", (door) => {
  const source = (more: string) => sourceOf(door, more);
  let tenant: RunningTenant;
  let project: Project;
  let id: string;
  const hanging = () => {
    const stock = tenant.admin.state();
    return Object.fromEntries(parts.map((part) => [part, comparable(stored(stock, `/sources/${id}/${part}`))]));
  };
  const theSource = () => stored(tenant.admin.state(), `/sources/${id}`) ?? {};

  /** Each write as its method and last words of the path, and of a PATCH what it changes. */
  const written = () =>
    writes(tenant).map(({ method, path, body }) => {
      const operations = method === "PATCH" ? (body as { op: string; path: string }[]) : [];
      const changed = operations
        .filter(({ op }) => op !== "test")
        .map((operation) => `${operation.op} ${operation.path}`);
      return [`${method} ${path.replace(/^.*?\/sources\/\w+\/?/, "").replace(/[0-9a-f]{32}/, "ID")}`, ...changed].join(
        ", ",
      );
    });

  beforeAll(async () => {
    tenant = await createTenant();
    id = await existingSource(clientOf(tenant), "HR", {
      description: "by hand",
      connectorAttributes: { byHand: [1, 2], nested: { byHand: true }, password: "by-hand" },
    });
    const at = (part: string, object: Record<string, unknown>) => {
      tenant.admin.put(`/sources/${id}/${part}`, object);
    };
    at("schedules/ACCOUNT_AGGREGATION", { type: "ACCOUNT_AGGREGATION", cronExpression: "0 0 12 * * ?" });
    at("correlation-config/", {
      attributeAssignments: [
        { property: "displayName", value: "cn", operation: "EQ", complex: false, ignoreCase: true, note: "kept" },
      ],
    });
    at("native-change-detection-config/", {
      enabled: false,
      operations: ["ACCOUNT_DELETED"],
      allEntitlements: true,
      allNonEntitlementAttributes: false,
      selectedEntitlements: [],
      selectedNonEntitlementAttributes: ["mail"],
    });
    at("attribute-sync-config/", { enabled: ["department"] });
    at("entitlement-request-config/", {
      accessRequestConfig: {
        approvalSchemes: [{ approverType: "MANAGER", approverId: null }],
        requestCommentRequired: true,
        denialCommentRequired: false,
        reauthorizationRequired: false,
        requireEndDate: false,
        maxPermittedAccessDuration: null,
      },
      revocationRequestConfig: { approvalSchemes: [] },
    });
    project = await createProject({
      program: others(door),
      yaml: door.yaml,
      refresh: door.refresh,
      env: { ...tenant.env, SAIL_SETTLE_SECONDS: "0" },
    });
  });

  let before: ReturnType<typeof hanging>;

  test("without adopt, and with another connector, it is refused by a clear error, and nothing changes", async () => {
    before = hanging();
    const was = tenant.admin.state();
    const up = await project.up({ expect: "failure", flags: ["--continue-on-error"] });
    const [plain, wrong] = ["adopt: true", "another connector"].map((text) =>
      up.errors.find((error) => error.includes(text)),
    );
    expect(plain).toContain('Source "HR" is on the tenant already');
    expect(wrong).toContain('Source "HR" is on the tenant already, but with another connector');
    expect(tenant.admin.state()).toEqual(was);
    expect(await project.resources()).toEqual([]);
  });

  test("with adopt: true, only what is declared is written", async () => {
    tenant.clearRequests();
    project.setProgram(source("adopt: true") + children);
    await project.up();
    expect(written().sort()).toEqual(
      [
        "PATCH provisioning-policies/CREATE, add /description",
        "PATCH schedules/ACCOUNT_AGGREGATION, replace /cronExpression",
        "PATCH schemas/ID, replace /displayAttribute, replace /attributes/5/description, add /attributes/-",
        "PATCH , replace /description, add /connectorAttributes/nested/ours, replace /connectorAttributes/password",
        "PUT attribute-sync-config",
        "PUT correlation-config",
        "PUT entitlement-request-config",
        "PUT native-change-detection-config",
      ].sort(),
    );
    expect(theSource()["connectorAttributes"]).toMatchObject({ byHand: [1, 2], nested: { byHand: true, ours: true } });
    expect(hanging()).toMatchObject({
      "native-change-detection-config/": { enabled: true, operations: ["ACCOUNT_DELETED"], allEntitlements: true },
      "attribute-sync-config/": { enabled: ["email", "department"] },
      "entitlement-request-config/": { accessRequestConfig: { requireEndDate: true, requestCommentRequired: true } },
    });
  });

  test("adopt can be left out again; what was taken over by itself is as before when it is no longer declared", async () => {
    project.setProgram(source("") + children);
    tenant.clearRequests();
    await project.up();
    expect(written()).toEqual([]);

    project.setProgram(source(""));
    const up = await project.up();
    expect(up.counts).toEqual({ delete: parts.length });
    const after = hanging();
    expect(after).toEqual(before);
    expect(theSource()["description"]).toBe("declared");
  });
});
