import { type Entry, add, set } from "./entry";

export const synchronization: Entry = {
  kind: "AttributeSyncConfig",
  declared: (of) => ({
    source: of,
    attributes: [
      { name: "email", enabled: true },
      { name: "department", enabled: true },
    ],
  }),
  part: "attribute-sync-config/",
  former: { enabled: ["firstname"] },
  others: () => [add("/enabled/0", "lastname")],
  unordered: ["enabled"],
  drift: {
    "list-element": {
      edit: () => [set("/enabled", ["lastname", "firstname", "department"])],
      shows: [{ path: "attributes[0].enabled", old: false, new: true }],
    },
    "added-by-others": { edit: () => [], shows: [] },
  },
  update: {
    changed: (declared) => ({
      ...declared,
      attributes: [
        { name: "email", enabled: false },
        { name: "firstname", enabled: false },
        { name: "department", enabled: true },
      ],
    }),
  },
  withdrawn: {
    changed: (declared) => ({ ...declared, attributes: [{ name: "email", enabled: true }] }),
    back: ({ enabled }) => (enabled as string[]).filter((name) => name !== "email"),
  },
  replace: { changed: (declared, spare) => ({ ...declared, source: spare }), key: "source" },
};
