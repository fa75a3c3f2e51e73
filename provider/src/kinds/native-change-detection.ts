import { isBlank } from "../reconcile";
import { absentAsUndefined, ask } from "../tenant/wire";
import { singleton } from "./children";
import { flag, set, text, word } from "./tree/field";

export const nativeChangeDetection = singleton({
  name: "NativeChangeDetection",
  what: "a native change detection",
  doc:
    "Which changes that were made on the system itself are told. Every source has this configuration: it is taken over, " +
    "and destroying the resource restores its former content.",
  operations: ["getNativeChangeDetectionConfig", "putNativeChangeDetectionConfig", "deleteNativeChangeDetectionConfig"],
  example:
    'new NativeChangeDetection("ad-ncd", { source: ad, enabled: true, operations: ["ACCOUNT_UPDATED"], allEntitlements: true });',
  fields: {
    enabled: flag("Whether changes are told at all."),
    operations: set({
      doc: "Which operations are told; others that are set on the tenant are left alone.",
      of: word({
        doc: "An operation on the system.",
        what: "operation of native change detection",
        of: ["ACCOUNT_CREATED", "ACCOUNT_UPDATED", "ACCOUNT_DELETED"],
      }),
    }),
    allEntitlements: flag("Whether a change of any entitlement attribute is told."),
    allNonEntitlementAttributes: flag("Whether a change of any other account attribute is told."),
    selectedEntitlements: set({
      doc: "Which entitlements, unless all.",
      of: text({ doc: "An entitlement attribute.", give: "an entitlement attribute" }),
    }),
    selectedNonEntitlementAttributes: set({
      doc: "Which other account attributes, unless all.",
      of: text({ doc: "An account attribute.", give: "an account attribute" }),
    }),
  },
  notInputs: { id: "it follows from source" },
  needs: "getNativeChangeDetectionConfig",
  at: "sourceId",
  read: "getNativeChangeDetectionConfig",
  write: "putNativeChangeDetectionConfig",
  writes: ({ client }, sourceId, whole) => {
    // Where all is off and nothing is selected, the tenant needs no setting: that is what it calls deleted.
    if (!Object.values(whole).every((value) => value === false || isBlank(value))) return undefined;
    return absentAsUndefined(ask(client, "deleteNativeChangeDetectionConfig", { sourceId })).then(() => ({}));
  },
});
