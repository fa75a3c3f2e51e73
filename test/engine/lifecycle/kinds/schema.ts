import { type Args, type Entry, add, move, place, remove, set, without } from "./entry";

const nickname = { name: "nickname", type: "STRING", isMulti: true };

export const schema: Entry = {
  kind: "Schema",
  declared: (of) => ({
    source: of,
    name: "account",
    nativeObjectType: "person",
    displayAttribute: "cn",
    configuration: { nested: { key: "declared" } },
    attributes: [
      { name: "sAMAccountName", type: "STRING", description: "Login" },
      {
        name: "memberOf",
        type: "STRING",
        isMulti: true,
        isEntitlement: true,
        isGroup: true,
        schema: { name: "group" },
      },
      nickname,
    ],
  }),
  part: "schemas/account",
  others: ({ attributes }) => [
    add("/attributes/0", { ...(attributes as Args[])[0], name: "theirs" }),
    add("/configuration/theirs", { list: ["theirs"] }),
  ],
  unordered: ["attributes"],
  drift: {
    scalar: {
      edit: () => [set("/displayAttribute", "sn")],
      shows: [{ path: "displayAttribute", old: "sn", new: "cn" }],
      writes: ["/displayAttribute"],
    },
    "nested-key": {
      edit: () => [set("/configuration/nested/key", "theirs")],
      shows: [{ path: "configuration.nested.key", old: "theirs", new: "declared" }],
      writes: ["/configuration/nested/key"],
    },
    "list-element": {
      edit: ({ attributes }) => [
        set(`/attributes/${place(attributes, "sAMAccountName")}/description`, "theirs"),
        set(`/attributes/${place(attributes, "nickname")}/isMulti`, false),
      ],
      shows: [
        { path: "attributes[0].description", old: "theirs", new: "Login" },
        { path: "attributes[2].isMulti", old: false, new: true },
      ],
      writes: ["/attributes/18/isMulti", "/attributes/2/description"],
    },
    order: { edit: () => [move("/attributes/1", "/attributes/9"), move("/attributes/4", "/attributes/0")], shows: [] },
    removed: {
      edit: ({ attributes }) => [
        remove(`/attributes/${place(attributes, "nickname")}`),
        set("/displayAttribute", null),
      ],
      shows: [
        { path: "attributes[2]", new: nickname },
        { path: "displayAttribute", new: "cn" },
      ],
      writes: ["/attributes/-", "/displayAttribute"],
    },
    "added-by-others": { edit: () => [], shows: [] },
  },
  update: {
    changed: (declared) => ({
      ...declared,
      displayAttribute: "mail",
      configuration: { nested: { key: "updated" }, more: 1 },
      attributes: [
        { name: "sAMAccountName", type: "STRING", description: "Login" },
        { name: "badge", type: "INT" },
        {
          name: "memberOf",
          type: "STRING",
          isMulti: true,
          isEntitlement: true,
          isGroup: true,
          schema: { name: "group" },
        },
      ],
    }),
    writes: [
      "/attributes/-",
      "/attributes/17",
      "/configuration/more",
      "/configuration/nested/key",
      "/displayAttribute",
    ],
  },
  withdrawn: {
    changed: (declared) => without(declared, "displayAttribute", "attributes"),
    back: ({ displayAttribute, attributes }) => [displayAttribute, sortedByName(attributes)],
  },
  replace: { changed: (declared) => ({ ...declared, name: "person" }), key: "name" },
};

const sortedByName = (list: unknown) =>
  [...(list as { name: string }[])].sort((left, right) => (left.name < right.name ? -1 : 1));
