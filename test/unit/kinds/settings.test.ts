import { aggregation } from "../../../provider/src/kinds/aggregation";
import { attributeSyncConfig } from "../../../provider/src/kinds/attribute-sync-config";
import { correlationConfig } from "../../../provider/src/kinds/correlation-config";
import { entitlementRequestConfig } from "../../../provider/src/kinds/entitlement-request-config";
import { nativeChangeDetection } from "../../../provider/src/kinds/native-change-detection";
import { describeInputs, inputsFor, reasonsFor } from "./support";

/** What every source has once, and what can be done with it. */

const source = "2c91";

describe("CorrelationConfig", () => {
  const mail = { property: "email", value: "mail" };
  describeInputs(correlationConfig, {
    least: { source, attributeAssignments: [] },
    most: {
      source,
      attributeAssignments: [
        { ...mail, operation: "EQ", matchMode: "ANYWHERE", ignoreCase: true, complex: false, filterString: "" },
      ],
    },
    mistakes: [
      [
        "an assignment without its account attribute",
        { attributeAssignments: [mail, { property: "email" }] },
        ["attributeAssignments[1].value: is missing: give an account attribute"],
      ],
      [
        "a match mode that does not exist",
        { attributeAssignments: [{ ...mail, matchMode: "MIDDLE" }] },
        ['attributeAssignments[0].matchMode: "MIDDLE" is no match mode: use one of ANYWHERE, START, END'],
      ],
      ["its name", { name: "x" }, ["name: cannot be set: the tenant names the correlation config after its source"]],
      ["id", { id: "x" }, ["id: cannot be set: it follows from source"]],
    ],
  });

  test("no assignments are an error; null, as tenants print it, is none; so are blanks in an assignment", () => {
    expect(reasonsFor(correlationConfig, { source })).toEqual(["attributeAssignments: is missing: give a list"]);
    const none = { source, attributeAssignments: null };
    expect(reasonsFor(correlationConfig, none)).toEqual([]);
    expect(inputsFor(correlationConfig, none)).toEqual({ source, attributeAssignments: [] });
    const printed = { ...mail, operation: "EQ", matchMode: null, operationMatchMode: "WHOLE", filterString: null };
    expect(reasonsFor(correlationConfig, { source, attributeAssignments: [printed] })).toEqual([]);
    expect(reasonsFor(correlationConfig, { source, attributeAssignments: [{ ...mail, matchmode: "END" }] })).toEqual([
      'attributeAssignments[0].matchmode: is no input of a CorrelationConfig; the nearest is "matchMode"',
    ]);
  });
});

describe("NativeChangeDetection", () => {
  describeInputs(nativeChangeDetection, {
    least: { source },
    most: {
      source,
      enabled: true,
      operations: ["ACCOUNT_CREATED", "ACCOUNT_UPDATED", "ACCOUNT_DELETED"],
      allEntitlements: false,
      allNonEntitlementAttributes: false,
      selectedEntitlements: ["memberOf"],
      selectedNonEntitlementAttributes: ["mail"],
    },
    mistakes: [
      [
        "an operation that does not exist",
        { operations: ["ACCOUNT_CREATED", "ACCOUNT_RENAMED"] },
        [
          'operations[1]: "ACCOUNT_RENAMED" is no operation of native change detection: use one of ACCOUNT_CREATED, ACCOUNT_UPDATED, ACCOUNT_DELETED',
        ],
      ],
      ["a text for a flag", { enabled: "yes" }, ["enabled: is a string: give true or false"]],
      [
        "one in the place of a list",
        { selectedEntitlements: "memberOf" },
        ["selectedEntitlements: is a string: give a list"],
      ],
      [
        "an attribute without a name",
        { selectedEntitlements: ["memberOf", ""] },
        ["selectedEntitlements[1]: is empty: give an entitlement attribute"],
      ],
      [
        "an input that does not exist",
        { selectedEntitlement: ["memberOf"] },
        ['selectedEntitlement: is no input of a NativeChangeDetection; the nearest is "selectedEntitlements"'],
      ],
      ["id", { id: "x" }, ["id: cannot be set: it follows from source"]],
    ],
  });
});

describe("AttributeSyncConfig", () => {
  const email = { name: "email", enabled: true };
  describeInputs(attributeSyncConfig, {
    least: { source, attributes: [email] },
    most: { source, attributes: [email, { name: "firstname", enabled: false }] },
    mistakes: [
      [
        "an attribute without enabled",
        { attributes: [{ name: "email" }] },
        ["attributes[0].enabled: is missing: give true or false"],
      ],
      [
        "an attribute twice",
        { attributes: [email, { ...email, enabled: false }] },
        ['attributes[1].name: "email" is declared twice'],
      ],
      [
        "what only the tenant decides",
        { attributes: [{ ...email, target: "mail" }] },
        ["attributes[0].target: is no input of an AttributeSyncConfig; there are name, enabled"],
      ],
      ["id", { id: "x" }, ["id: cannot be set: it follows from source"]],
    ],
  });
});

describe("EntitlementRequestConfig", () => {
  const scheme = (...approvalSchemes: object[]) => ({ accessRequestConfig: { approvalSchemes } }) as never;
  describeInputs(entitlementRequestConfig, {
    least: { source },
    most: {
      source,
      accessRequestConfig: {
        approvalSchemes: [{ approverType: "MANAGER" }, { approverType: "GOVERNANCE_GROUP", approverId: "46c7" }],
        requestCommentRequired: true,
        denialCommentRequired: true,
        reauthorizationRequired: false,
        requireEndDate: true,
        maxPermittedAccessDuration: { value: 6, timeUnit: "MONTHS" },
      },
      revocationRequestConfig: { approvalSchemes: [{ approverType: "SOURCE_OWNER" }] },
    },
    mistakes: [
      [
        "an approver that does not exist",
        scheme({ approverType: "OWNER" }),
        [
          'accessRequestConfig.approvalSchemes[0].approverType: "OWNER" is no type of an approver: use one of ENTITLEMENT_OWNER, SOURCE_OWNER, MANAGER, GOVERNANCE_GROUP, WORKFLOW',
        ],
      ],
      [
        "a governance group without its id",
        scheme({ approverType: "GOVERNANCE_GROUP" }),
        ["accessRequestConfig.approvalSchemes[0].approverId: is missing: GOVERNANCE_GROUP needs one"],
      ],
      [
        "a workflow by its name",
        scheme({ approverType: "WORKFLOW", approverId: { name: "Approve" } }),
        [
          "accessRequestConfig.approvalSchemes[0].approverId: names a workflow, which is found by its id only: give the id",
        ],
      ],
      [
        "an id for who needs none",
        scheme({ approverType: "MANAGER", approverId: "46c7" }),
        ["accessRequestConfig.approvalSchemes[0].approverId: is not for MANAGER: leave it out"],
      ],
      [
        "a duration of nothing",
        { accessRequestConfig: { maxPermittedAccessDuration: { value: 0, timeUnit: "DAYS" } } },
        ["accessRequestConfig.maxPermittedAccessDuration.value: is below 1: give a number of time units"],
      ],
      [
        "an object's place taken by a list",
        { revocationRequestConfig: [] },
        ["revocationRequestConfig: is a list: give an object"],
      ],
      [
        "an approval in a place of its own",
        { approvalSchemes: [] },
        [
          "approvalSchemes: is no input of an EntitlementRequestConfig; there are source, accessRequestConfig, revocationRequestConfig",
        ],
      ],
      ["id", { id: "x" }, ["id: cannot be set: it follows from source"]],
    ],
  });
});

describe("Aggregation", () => {
  describeInputs(aggregation, {
    least: { source },
    most: {
      source,
      of: "accounts",
      csv: { "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17", text: "id\n1\n" },
      triggers: { file: "hash" },
      disableOptimization: true,
      timeoutMinutes: 5,
    },
    mistakes: [
      [
        "something that is not aggregated",
        { of: "identities" },
        ['of: "identities" is no kind of aggregation: use one of accounts, entitlements, uncorrelatedAccounts'],
      ],
      ["no time at all", { timeoutMinutes: 0 }, ["timeoutMinutes: is below 1: give a number of minutes"]],
      ["triggers that are no object", { triggers: "now" }, ["triggers: is a string: give an object"]],
      [
        "a path in the place of a file",
        { csv: "accounts.csv" },
        ["csv: is no text: give new pulumi.asset.FileAsset(path) or new pulumi.asset.StringAsset(text)"],
      ],
      ["id", { id: "x" }, ["id: cannot be set: it follows from source and of"]],
    ],
  });
});

test.each([nativeChangeDetection, attributeSyncConfig, entitlementRequestConfig])(
  "$name says which versions of the API have it",
  (kind) => {
    const [reason] = reasonsFor(kind, { source, attributes: [] }, "v3");
    expect(reason).toMatch(/^version v3 of the API has no get\w+, which an? \w+ needs: set sailpoint:apiVersion to /);
  },
);
