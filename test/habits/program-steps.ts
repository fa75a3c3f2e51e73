import fc from "fast-check";
import type { Json } from "../engine-model/goal";
import { CHILDREN, MEMBERS } from "./contents";
import { secretOf } from "./leaks";
import { type DeclaredChild, type DeclaredSource, NAMES, OPTIONS, type Place, childKey } from "./stack";
import { Step, flag, place, version } from "./step";
import type { World } from "./world";

/** What a program says. */

const edit = (world: World, at: Place, change: (source: DeclaredSource) => DeclaredSource): void => {
  const source = world.stack.sources[at];
  if (source) world.stack = { ...world.stack, sources: { ...world.stack.sources, [at]: change(source) } };
};

const editAttributes = (world: World, at: Place, change: (attributes: Json) => Json): void =>
  edit(world, at, (source) => ({
    ...source,
    args: { ...source.args, connectorAttributes: change((source.args["connectorAttributes"] ?? {}) as Json) },
  }));

const declares = (at: Place) => (world: World) => world.stack.sources[at] !== undefined;

const without = (object: Json, key: string): Json => {
  const { [key]: _gone, ...kept } = object;
  return kept;
};

const put = (object: Json, key: string, value: unknown): Json =>
  value === undefined ? without(object, key) : { ...object, [key]: value };

const ATTRIBUTES: Readonly<Record<string, (at: Place, n: number) => unknown>> = {
  ours: (_at, n) => `ours ${String(n)}`,
  timeoutInSeconds: (_at, n) => (n === 1 ? 60 : 30 * n),
  nested: (_at, n) => ({ deep: { key: `v${String(n)}` }, client_secret: "" }),
  password: (at, n) => secretOf(at, "password", n),
  client_secret: (at, n) => secretOf(at, "client", n),
  "a/b~c.d": (_at, n) => `odd ${String(n)}`,
  encrypted: (_at, n) => ["myKey", "myKey,otherKey", "otherKey"][n - 1],
  lastSync: () => "never",
  theirs: (_at, n) => (n === 1 ? "theirs" : "ours now"),
  // What the tenant owns, as a copy of a whole set has it.
  healthy: () => true,
  cloudDisplayName: () => "copied",
};
/** Those whose history is worth most. */
const COMMON_ATTRIBUTES = ["timeoutInSeconds", "theirs", "lastSync", "encrypted", "client_secret"];
const CLASS = "sailpoint.connector.webservices.WebServicesConnector";

const IGNORABLE = [
  "connectorAttributes.password",
  "connectorAttributes.lastSync",
  "connectorAttributes.connectionParameters",
  "connectorAttributes.connectionParameters[0].password",
  "description",
];

const member = (at: Place, name: string, n: number): Json => ({
  uniqueNameForEndPoint: name,
  contextUrl: `/${name}/${String(n)}`,
  ...(n === 3 ? {} : { password: secretOf(at, `member${name}`, n) }),
});

export const declareSource = fc
  .record({
    at: place,
    adopt: flag,
    n: version,
    more: fc.uniqueArray(fc.constantFrom(...COMMON_ATTRIBUTES), { maxLength: 3 }),
    ignore: fc.uniqueArray(fc.constantFrom(...IGNORABLE), { maxLength: 2 }),
    named: flag,
  })
  .map(
    ({ at, adopt, n, more, ignore, named }) =>
      new Step(
        `declare ${at} (${String(n)}) with ${[...more, ...(named ? ["its class"] : [])].join(" and ")}` +
          `${ignore.length > 0 ? `, ignoring ${ignore.join(" and ")}` : ""}${adopt ? ", adopting" : ""}`,
        (world) => world.stack.sources[at] === undefined,
        (world) => {
          const args = {
            name: NAMES[at],
            owner: { alias: "slpt.services" },
            connector: at === "alpha" ? "web-services" : "people-saas",
            connectorAttributes: {
              ours: `ours ${String(n)}`,
              password: secretOf(at, "password", n),
              connectionParameters: [member(at, "Users", n), member(at, "Groups", n)],
              ...Object.fromEntries(more.map((key) => [key, ATTRIBUTES[key]?.(at, n)])),
            },
            ...(named && at === "alpha" ? { connectorClass: CLASS } : {}),
            ...(adopt ? { adopt } : {}),
          };
          const source = { ...OPTIONS, resource: at, ignore, args };
          world.stack = { ...world.stack, sources: { ...world.stack.sources, [at]: source } };
        },
      ),
  );

export const attribute = fc
  .tuple(place, fc.constantFrom(...Object.keys(ATTRIBUTES)), version, fc.integer({ min: 0, max: 3 }))
  .map(([at, key, n, gone]) => {
    const value = gone === 0 ? undefined : ATTRIBUTES[key]?.(at, n);
    return new Step(
      gone === 0 ? `take ${key} of ${at} out` : `declare ${key} ${String(n)} of ${at}`,
      declares(at),
      (world) => editAttributes(world, at, (attributes) => put(attributes, key, value)),
    );
  });

export const takeAttributeOut = fc.tuple(place, fc.nat(6)).map(
  ([at, i]) =>
    new Step(
      `take attribute ${String(i)} of ${at} out`,
      (world) => declaredKeys(world, at).length > i,
      (world) => {
        const key = declaredKeys(world, at)[i] ?? "";
        world.log.push(`  it is ${key}`);
        editAttributes(world, at, (attributes) => without(attributes, key));
      },
    ),
);

const declaredKeys = (world: World, at: Place): string[] =>
  Object.keys(world.stack.sources[at]?.args["connectorAttributes"] ?? {}).reverse();

export const members = fc.tuple(place, fc.shuffledSubarray([...MEMBERS], { minLength: 1 }), version).map(
  ([at, names, n]) =>
    new Step(`declare the operations ${names.join(", ")} (${String(n)}) of ${at}`, declares(at), (world) =>
      editAttributes(world, at, (attributes) =>
        put(
          attributes,
          "connectionParameters",
          names.map((name) => member(at, name, n)),
        ),
      ),
    ),
);

export const field = fc
  .tuple(
    place,
    fc.oneof(
      version.map((n) => ["description", `described ${String(n)}`] as const),
      fc.constant(["description", undefined] as const),
      fc
        .subarray(["PROVISIONING", "NO_PERMISSIONS_PROVISIONING", "CURRENT_PASSWORD"])
        .map((list) => ["features", list] as const),
      version.map((n) => ["deleteThreshold", 10 * n] as const),
      fc
        .constantFrom("sailpoint.connector.webservices.WebServicesConnector", undefined)
        .map((name) => ["connectorClass", name] as const),
    ),
  )
  .map(
    ([at, [key, value]]) =>
      new Step(
        `declare ${key} of ${at} as ${String(value)}`,
        (world) =>
          declares(at)(world) &&
          (key !== "connectorClass" || at === "alpha") &&
          (key !== "connectorClass" || world.stack.sources[at]?.args["connector"] === "web-services"),
        (world) => edit(world, at, (source) => ({ ...source, args: put(source.args, key, value) })),
      ),
  );

export const connector = fc.constantFrom("web-services", "jdbc").map(
  (name) =>
    new Step(
      `ask for the connector ${name}`,
      (world) =>
        world.stack.sources.alpha !== undefined && world.stack.sources.alpha.args["connectorClass"] === undefined,
      (world) => edit(world, "alpha", (source) => ({ ...source, args: { ...source.args, connector: name } })),
    ),
);

export const option = fc
  .tuple(
    place,
    fc.oneof(
      flag.map((protect) => ({ protect })),
      flag.map((retain) => ({ retain })),
      fc.subarray(IGNORABLE, { maxLength: 2 }).map((ignore) => ({ ignore })),
    ),
  )
  .map(
    ([at, options]) =>
      new Step(`${at} with ${JSON.stringify(options)}`, declares(at), (world) =>
        edit(world, at, (source) => ({ ...source, ...options })),
      ),
  );

export const rename = fc.tuple(place, flag, flag, version).map(
  ([at, aliased, adopting, n]) =>
    new Step(
      `rename the resource of ${at} to ${String(n)}${aliased ? " with an alias" : ""}${adopting ? ", adopting" : ""}`,
      declares(at),
      (world) =>
        edit(world, at, (source) => ({
          ...source,
          resource: `${at}${String(n)}`,
          aliases: aliased
            ? [...new Set([...source.aliases, source.resource])].filter((name) => name !== `${at}${String(n)}`)
            : [],
          args: put(source.args, "adopt", adopting ? true : undefined),
        })),
    ),
);

export const takeOut = place.map(
  (at) =>
    new Step(`take ${at} out`, declares(at), (world) => {
      const { [at]: _gone, ...sources } = world.stack.sources;
      const children = Object.fromEntries(
        Object.entries(world.stack.children).filter(([, { source }]) => source !== at),
      );
      world.stack = { sources, children };
    }),
);

export const child = fc
  .tuple(place, fc.nat(CHILDREN.length - 1), version, fc.integer({ min: 0, max: 3 }))
  .map(([at, i, n, gone]) => {
    const [kind, key, content] = CHILDREN[i] ?? ["schedule", "", () => ({})];
    const id = childKey({ source: at, kind, key });
    return new Step(
      gone === 0 ? `take ${kind} ${key} of ${at} out` : `declare ${kind} ${key} (${String(n)}) of ${at}`,
      (world) => declares(at)(world) && (gone > 0 || world.stack.children[id] !== undefined),
      (world) => {
        const { [id]: known, ...others } = world.stack.children;
        const resource = known?.resource ?? id;
        const declared: DeclaredChild = { ...OPTIONS, ...known, resource, source: at, kind, key, args: content(n) };
        world.stack = { ...world.stack, children: gone === 0 ? others : { ...others, [id]: declared } };
      },
    );
  });

export const renameChild = fc.tuple(fc.nat(5), flag, version).map(
  ([i, aliased, n]) =>
    new Step(
      `rename child ${String(i)} to ${String(n)}${aliased ? " with an alias" : ""}`,
      (world) => Object.keys(world.stack.children).length > i,
      (world) => {
        const [id, declared] = Object.entries(world.stack.children)[i] ?? [];
        if (id === undefined || !declared) return;
        const resource = `${id}${String(n)}`;
        const aliases = aliased
          ? [...new Set([...declared.aliases, declared.resource])].filter((name) => name !== resource)
          : [];
        world.stack = {
          ...world.stack,
          children: { ...world.stack.children, [id]: { ...declared, resource, aliases } },
        };
      },
    ),
);
