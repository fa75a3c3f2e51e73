import { detailed } from "../../../../provider/src/host/grpc/detailed-diff";
import { kinds } from "../../../../provider/src/kinds";
import { type JsonObject, planned, replaces } from "../../../../provider/src/reconcile";

/** What the engine is told of a plan: `kind path`, with `!` where it replaces. */
function told(kind: keyof typeof kinds, before: JsonObject, now: JsonObject): string[] {
  const { rules } = kinds[kind];
  const changes = planned(now, before, rules);
  return detailed(changes, before, now, replaces(changes, rules))
    .map(({ path, kind: change, replaces: replacing }) => `${change} ${path}${replacing ? "!" : ""}`)
    .sort();
}

const source = { name: "HR", owner: { name: "A" }, connector: "jdbc" };

test.each<[what: string, kind: keyof typeof kinds, before: JsonObject, now: JsonObject, shown: string[]]>([
  ["nothing", "source", source, source, []],
  ["a value", "source", source, { ...source, name: "HR 2" }, ["modified name"]],
  [
    "a new one and one that goes",
    "source",
    { ...source, description: "d" },
    { ...source, deleteThreshold: 1 },
    ["added deleteThreshold", "removed description"],
  ],
  ["a replacement", "source", source, { ...source, connector: "active-directory" }, ["modified connector!"]],
  [
    "keys that are no names",
    "source",
    { ...source, connectorAttributes: { "group.hasHeader": true, "a b": { c: 1 } } },
    { ...source, connectorAttributes: { "group.hasHeader": false, "a b": { c: 2 } } },
    ['modified connectorAttributes["a b"].c', 'modified connectorAttributes["group.hasHeader"]'],
  ],
  [
    "a member of an ordered list, not the list",
    "source",
    {
      ...source,
      connectorAttributes: {
        list: [
          { name: "a", v: 1 },
          { name: "b", v: 1 },
        ],
      },
    },
    {
      ...source,
      connectorAttributes: {
        list: [
          { name: "a", v: 1 },
          { name: "b", v: 2 },
        ],
      },
    },
    ["modified connectorAttributes.list[1].v"],
  ],
  [
    "members of a keyed list, where the program has them",
    "schema",
    {
      source: "s",
      name: "account",
      attributes: [
        { name: "a", type: "STRING" },
        { name: "b", type: "STRING" },
      ],
    },
    {
      source: "s",
      name: "account",
      attributes: [
        { name: "c", type: "INT" },
        { name: "a", type: "LONG" },
      ],
    },
    ["added attributes[0]", "modified attributes[1].type", "removed attributes[1]"],
  ],
  [
    "members of a set",
    "source",
    { ...source, features: ["A", "B"] },
    { ...source, features: ["C", "A"] },
    ["added features[0]", "removed features[1]"],
  ],
])("shown: %s", (_what, kind, before, now, shown) => {
  expect(told(kind, before, now)).toEqual(shown);
});
