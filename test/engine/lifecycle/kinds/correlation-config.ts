import { type Entry, add, move, place, remove, set } from "./entry";

const byEmail = { property: "email", value: "mail", operation: "EQ" };

const byName = { property: "displayName", value: "cn", operation: "EQ", matchMode: "START" };

const stored = { complex: false, ignoreCase: false };

export const correlation: Entry = {
  kind: "CorrelationConfig",
  declared: (of) => ({ source: of, attributeAssignments: [byEmail, byName] }),
  part: "correlation-config/",
  former: { attributeAssignments: [{ ...byEmail, ...stored, value: "userPrincipalName", matchMode: "END" }] },
  others: ({ attributeAssignments }) => [
    add(`/attributeAssignments/${place(attributeAssignments, "email")}/operationMatchMode`, "ALL"),
  ],
  drift: {
    "list-element": {
      edit: () => [set("/attributeAssignments/1/value", "theirs")],
      shows: [{ path: "attributeAssignments[1].value", old: "theirs", new: "cn" }],
    },
    order: {
      edit: () => [move("/attributeAssignments/1", "/attributeAssignments/0")],
      shows: [
        { path: "attributeAssignments[0].matchMode", old: "START" },
        { path: "attributeAssignments[0].property", old: "displayName", new: "email" },
        { path: "attributeAssignments[0].value", old: "cn", new: "mail" },
        { path: "attributeAssignments[1].matchMode", new: "START" },
        { path: "attributeAssignments[1].property", old: "email", new: "displayName" },
        { path: "attributeAssignments[1].value", old: "mail", new: "cn" },
      ],
    },
    removed: {
      edit: () => [remove("/attributeAssignments/1")],
      shows: [{ path: "attributeAssignments[1]", new: byName }],
    },
    "added-to-list": {
      edit: () => [add("/attributeAssignments/-", { ...byEmail, ...stored, property: "theirs" })],
      shows: [{ path: "attributeAssignments[2]", old: { property: "theirs", value: "mail", operation: "EQ" } }],
    },
    "added-by-others": { edit: () => [], shows: [] },
  },
  update: { changed: (declared) => ({ ...declared, attributeAssignments: [{ ...byName, ignoreCase: true }] }) },
  replace: { changed: (declared, spare) => ({ ...declared, source: spare }), key: "source" },
};
