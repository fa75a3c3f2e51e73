import fc from "fast-check";
import { CHILDREN, MEMBERS, declaredSource, member } from "./contents";
import { secretOf } from "./leaks";
import { declares, edit, editAttributes, editChild, freeName, hasChildren, put, without } from "./program-edits";
import { type DeclaredChild, OPTIONS, type Place, childKey } from "./stack";
import { Step, flag, place, version } from "./step";
import type { World } from "./world";

/** What a program says. */

const ATTRIBUTES: Readonly<Record<string, (at: Place, n: number) => unknown>> = {
  ours: (_at, n) => `ours ${String(n)}`,
  timeoutInSeconds: (_at, n) => (n === 1 ? 60 : 30 * n),
  nested: (_at, n) => ({ deep: { key: `v${String(n)}` }, client_secret: "" }),
  password: (at, n) => secretOf(at, "password", n),
  client_secret: (at, n) => secretOf(at, "client", n),
  "a/b~c.d": (_at, n) => `odd ${String(n)}`,
  encrypted: (_at, n) => ["myKey", "myKey,otherKey", "otherKey,myKey"][n - 1],
  lastSync: () => "never",
  theirs: (_at, n) => (n === 1 ? "theirs" : "ours now"),
  // A name that says nothing, which the list of secrets names.
  myKey: (at, n) => secretOf(at, "key", n),
  // Names of secrets that no list of the tenant's has.
  transportUserPassword: (at, n) => secretOf(at, "transport", n),
  pgpPrivateKey: (at, n) => secretOf(at, "pgp", n),
  s3SecretKey: (at, n) => secretOf(at, "s3", n),
  headers: (at, n) => ({ Authorization: secretOf(at, "header", n), Accept: "text/csv" }),
  moreHeaders: (at, n) => [{ name: "Ocp-Apim-Subscription-Key", value: secretOf(at, "subscription", n) }],
  // What a connector in the vendor's cloud takes when its source is made, and never again.
  spConnCfg: (_at, n) => `instance ${String(n)}`,
  // What the tenant owns, as a copy of a whole set has it.
  healthy: () => true,
  cloudDisplayName: () => "copied",
};
/** Those whose history is worth most. */
const COMMON_ATTRIBUTES = ["timeoutInSeconds", "theirs", "lastSync", "encrypted", "client_secret", "spConnCfg"];
const CLASS = "sailpoint.connector.webservices.WebServicesConnector";

const IGNORABLE = [
  "connectorAttributes.password",
  "connectorAttributes.lastSync",
  "connectorAttributes.connectionParameters",
  "connectorAttributes.connectionParameters[0].password",
  "description",
];

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
          const source = declaredSource(at, n, Object.fromEntries(more.map((key) => [key, ATTRIBUTES[key]?.(at, n)])));
          const args = {
            ...source.args,
            ...(named && at === "alpha" ? { connectorClass: CLASS } : {}),
            ...(adopt ? { adopt } : {}),
          };
          world.stack = { ...world.stack, sources: { ...world.stack.sources, [at]: { ...source, ignore, args } } };
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
      (world) => declaredKeys(world, at).length > 0,
      (world) => {
        const keys = declaredKeys(world, at);
        const key = keys[i % keys.length] ?? "";
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

const first = fc.constantFrom(true, false, undefined);
const anew = fc.subarray(["description", "connectorAttributes", "fields", "*"], { maxLength: 2 });

export const option = fc
  .tuple(
    place,
    fc.oneof(
      flag.map((protect) => ({ protect })),
      flag.map((retain) => ({ retain })),
      fc.subarray(IGNORABLE, { maxLength: 2 }).map((ignore) => ({ ignore })),
      first.map((first) => ({ first })),
      anew.map((anew) => ({ anew })),
    ),
  )
  .map(
    ([at, options]) =>
      new Step(`${at} with ${JSON.stringify(options)}`, declares(at), (world) =>
        edit(world, at, (source) => ({ ...source, ...options })),
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
        const resource = known?.resource ?? freeName(world, id);
        const declared: DeclaredChild = { ...OPTIONS, ...known, resource, source: at, kind, key, args: content(n) };
        world.stack = { ...world.stack, children: gone === 0 ? others : { ...others, [id]: declared } };
      },
    );
  });

export const optionOfChild = fc
  .tuple(
    fc.nat(5),
    fc.oneof(
      flag.map((protect) => ({ protect })),
      flag.map((retain) => ({ retain })),
      first.map((first) => ({ first })),
      anew.map((anew) => ({ anew })),
    ),
  )
  .map(
    ([i, options]) =>
      new Step(`child ${String(i)} with ${JSON.stringify(options)}`, hasChildren, (world) =>
        editChild(world, i, (declared) => ({ ...declared, ...options })),
      ),
  );
