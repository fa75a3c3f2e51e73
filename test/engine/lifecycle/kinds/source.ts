import { type Entry, add, move, remove, set, without } from "./entry";

export const source: Entry = {
  kind: "Source",
  declared: (_source, cell) => ({
    name: `Declared ${cell}`,
    description: "declared",
    owner: { alias: "slpt.services" },
    cluster: { name: "sp_connect_proxy_cluster" },
    connector: "active-directory",
    features: ["PROVISIONING", "ENABLE"],
    deleteThreshold: 10,
    connectorAttributes: {
      "a/b~c.d": "declared",
      nested: { deep: { key: "declared", float: 0.5 } },
      domainSettings: [
        { domainDN: "DC=one", port: 389 },
        { domainDN: "DC=two", port: 389 },
      ],
      searchDNs: ["OU=one", "OU=two"],
    },
  }),
  others: () => [
    add("/connectorAttributes/theirs", { list: [1] }),
    add("/connectorAttributes/nested/theirs", "theirs"),
    add("/connectorAttributes/domainSettings/0/theirs", "theirs"),
    add("/features/0", "SEARCH"),
  ],
  unordered: ["features"],
  drift: {
    scalar: {
      edit: () => [set("/description", "theirs"), set("/deleteThreshold", 50)],
      shows: [
        { path: "deleteThreshold", old: 50, new: 10 },
        { path: "description", old: "theirs", new: "declared" },
      ],
      writes: ["/deleteThreshold", "/description"],
    },
    "nested-key": {
      edit: () => [
        set("/connectorAttributes/a~1b~0c.d", "theirs"),
        set("/connectorAttributes/nested/deep/key", "theirs"),
      ],
      shows: [
        { path: 'connectorAttributes["a/b~c.d"]', old: "theirs", new: "declared" },
        { path: "connectorAttributes.nested.deep.key", old: "theirs", new: "declared" },
      ],
      writes: ["/connectorAttributes/a~1b~0c.d", "/connectorAttributes/nested/deep/key"],
    },
    "list-element": {
      edit: () => [set("/connectorAttributes/domainSettings/1/port", 636)],
      shows: [{ path: "connectorAttributes.domainSettings[1].port", old: 636, new: 389 }],
      writes: ["/connectorAttributes/domainSettings"],
    },
    order: {
      edit: () => [
        move("/connectorAttributes/searchDNs/1", "/connectorAttributes/searchDNs/0"),
        move("/features/0", "/features/2"),
      ],
      shows: [
        { path: "connectorAttributes.searchDNs[0]", old: "OU=two", new: "OU=one" },
        { path: "connectorAttributes.searchDNs[1]", old: "OU=one", new: "OU=two" },
      ],
      writes: ["/connectorAttributes/searchDNs"],
    },
    removed: {
      edit: () => [
        remove("/connectorAttributes/nested/deep/float"),
        remove("/connectorAttributes/searchDNs/1"),
        remove("/features/2"),
      ],
      shows: [
        { path: "connectorAttributes.nested.deep.float", new: 0.5 },
        { path: "connectorAttributes.searchDNs[1]", new: "OU=two" },
        { path: "features[1]", new: "ENABLE" },
      ],
      writes: ["/connectorAttributes/nested/deep/float", "/connectorAttributes/searchDNs", "/features"],
    },
    "added-to-list": {
      edit: () => [add("/connectorAttributes/searchDNs/-", "OU=theirs")],
      shows: [{ path: "connectorAttributes.searchDNs[2]", old: "OU=theirs" }],
      writes: ["/connectorAttributes/searchDNs"],
    },
    "added-by-others": { edit: () => [], shows: [] },
  },
  update: {
    changed: (declared) => ({
      ...without(declared, "deleteThreshold"),
      description: "updated",
      features: ["PROVISIONING"],
      connectorAttributes: {
        nested: { deep: { key: "updated", float: 0.5 } },
        domainSettings: [
          { domainDN: "DC=one", port: 389 },
          { domainDN: "DC=two", port: 389 },
        ],
        searchDNs: ["OU=one", "OU=two"],
        more: { key: "new" },
      },
    }),
    writes: [
      "/connectorAttributes/a~1b~0c.d",
      "/connectorAttributes/more",
      "/connectorAttributes/nested/deep/key",
      "/deleteThreshold",
      "/description",
      "/features",
    ],
  },
  replace: { changed: (declared) => ({ ...declared, connector: "open-ldap" }), key: "connector" },
};
