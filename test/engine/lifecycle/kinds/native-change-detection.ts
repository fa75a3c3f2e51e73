import { type Entry, add, move, remove, set, without } from "./entry";

export const detection: Entry = {
  kind: "NativeChangeDetection",
  declared: (of) => ({
    source: of,
    enabled: true,
    operations: ["ACCOUNT_UPDATED", "ACCOUNT_CREATED"],
    selectedEntitlements: ["memberOf"],
  }),
  part: "native-change-detection-config/",
  former: {
    enabled: false,
    operations: ["ACCOUNT_UPDATED"],
    allEntitlements: false,
    allNonEntitlementAttributes: false,
    selectedEntitlements: ["groups"],
    selectedNonEntitlementAttributes: ["mail"],
  },
  others: () => [
    add("/operations/0", "ACCOUNT_DELETED"),
    set("/allNonEntitlementAttributes", true),
    add("/selectedNonEntitlementAttributes/-", "sn"),
  ],
  unordered: ["operations", "selectedEntitlements", "selectedNonEntitlementAttributes"],
  drift: {
    scalar: { edit: () => [set("/enabled", false)], shows: [{ path: "enabled", old: false, new: true }] },
    order: { edit: () => [move("/operations/2", "/operations/1")], shows: [] },
    removed: {
      edit: () => [remove("/operations/2"), set("/selectedEntitlements", ["groups"])],
      shows: [
        { path: "operations[1]", new: "ACCOUNT_CREATED" },
        { path: "selectedEntitlements[0]", new: "memberOf" },
      ],
    },
    "added-by-others": { edit: () => [], shows: [] },
  },
  update: { changed: (declared) => ({ ...declared, enabled: false, operations: ["ACCOUNT_CREATED"] }) },
  withdrawn: {
    changed: (declared) => without(declared, "enabled", "operations"),
    back: ({ enabled, operations }) => [enabled, operations],
  },
  replace: { changed: (declared, spare) => ({ ...declared, source: spare }), key: "source" },
};
