import fc, { type Arbitrary } from "fast-check";
import type { Json } from "../engine-model/goal";
import type { World } from "./world";
import { secretOf } from "./leaks";
import {
  type ChildKind,
  type DeclaredChild,
  type DeclaredSource,
  NAMES,
  OPTIONS,
  PLACES,
  type Place,
  childKey,
} from "./stack";
import { PARTS } from "./tenant-atoms";

/** One thing that somebody does. */
export class Step implements fc.AsyncCommand<World, World> {
  constructor(
    private readonly what: string,
    private readonly can: (world: World) => boolean,
    private readonly act: (world: World) => Promise<void> | void,
  ) {}
  check = (world: Readonly<World>): boolean => this.can(world as World);
  run = async (_model: World, world: World): Promise<void> => {
    world.log.push(this.what);
    await this.act(world);
  };
  toString = (): string => this.what;
}

const place = fc.constantFrom<Place>("alpha", "alpha", "alpha", "beta");
const version = fc.integer({ min: 1, max: 3 });
const flag = fc.boolean();

// --- what a program says -------------------------------------------------------------------------------------------

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

const declareSource = fc
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

const attribute = fc
  .tuple(place, fc.constantFrom(...Object.keys(ATTRIBUTES)), version, fc.integer({ min: 0, max: 3 }))
  .map(([at, key, n, gone]) => {
    const value = gone === 0 ? undefined : ATTRIBUTES[key]?.(at, n);
    return new Step(
      gone === 0 ? `take ${key} of ${at} out` : `declare ${key} ${String(n)} of ${at}`,
      declares(at),
      (world) => editAttributes(world, at, (attributes) => put(attributes, key, value)),
    );
  });

const takeAttributeOut = fc.tuple(place, fc.nat(6)).map(
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

const MEMBERS = ["Users", "Groups", "Roles"] as const;
const members = fc.tuple(place, fc.shuffledSubarray([...MEMBERS], { minLength: 1 }), version).map(
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

const field = fc
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

const connector = fc.constantFrom("web-services", "jdbc").map(
  (name) =>
    new Step(
      `ask for the connector ${name}`,
      (world) =>
        world.stack.sources.alpha !== undefined && world.stack.sources.alpha.args["connectorClass"] === undefined,
      (world) => edit(world, "alpha", (source) => ({ ...source, args: { ...source.args, connector: name } })),
    ),
);

const option = fc
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

const rename = fc.tuple(place, flag, flag, version).map(
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

const takeOut = place.map(
  (at) =>
    new Step(`take ${at} out`, declares(at), (world) => {
      const { [at]: _gone, ...sources } = world.stack.sources;
      const children = Object.fromEntries(
        Object.entries(world.stack.children).filter(([, { source }]) => source !== at),
      );
      world.stack = { sources, children };
    }),
);

type Contents = readonly [ChildKind, string, (n: number) => Json];
const CHILDREN: readonly Contents[] = [
  [
    "schema",
    "account",
    (n) => ({
      name: "account",
      attributes: [
        { name: "mail", type: "STRING", description: `d${String(n)}` },
        ...(n > 1 ? [{ name: "id", type: "STRING" }] : []),
      ],
    }),
  ],
  [
    "schema",
    "robot",
    (n) => ({ name: "robot", nativeObjectType: "robot", attributes: [{ name: `a${String(n)}`, type: "STRING" }] }),
  ],
  ["provisioningPolicy", "CREATE", (n) => ({ usageType: "CREATE", fields: fieldsOf(n) })],
  ["provisioningPolicy", "DISABLE", (n) => ({ usageType: "DISABLE", fields: fieldsOf(n) })],
  [
    "schedule",
    "ACCOUNT_AGGREGATION",
    (n) => ({ type: "ACCOUNT_AGGREGATION", cronExpression: `0 0 ${String(n)} * * ?` }),
  ],
  [
    "correlationConfig",
    "",
    (n) => ({
      attributeAssignments: [["name→id", "email→mail"], ["email→mail", "name→id", "name→name"], ["name→name"]][
        n - 1
      ]?.map(assignment),
    }),
  ],
  [
    "nativeChangeDetection",
    "",
    (n) => ({ enabled: true, operations: n === 1 ? ["ACCOUNT_UPDATED"] : ["ACCOUNT_UPDATED", "ACCOUNT_DELETED"] }),
  ],
  ["attributeSyncConfig", "", () => ({ attributes: [{ name: "email", enabled: true }] })],
  [
    "entitlementRequestConfig",
    "",
    (n) => ({ accessRequestConfig: n === 1 ? { requireEndDate: true } : { requestCommentRequired: true } }),
  ],
];

const fieldsOf = (n: number): Json[] =>
  [
    [
      { name: "x", type: "string" },
      { name: "y", type: "string", transform: { type: "static", attributes: { value: "User" } } },
    ],
    [
      { name: "y", type: "string", transform: { type: "identityAttribute", attributes: { name: "uid" } } },
      { name: "x", type: "int" },
    ],
    [{ name: "userName", type: "string" }],
  ][n - 1] ?? [];

const assignment = (text: string): Json => {
  const [property, value] = text.split("→");
  return { property, value };
};

const child = fc
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

const renameChild = fc.tuple(fc.nat(5), flag, version).map(
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

// --- what others do ------------------------------------------------------------------------------------------------

const isThere = (at: Place) => (world: World) => world.idOf(at) !== undefined;

const theirs = (what: string, at: Place, act: (world: World, id: string) => void): Step =>
  new Step(`others: ${what} of ${at}`, isThere(at), (world) => {
    const id = world.idOf(at);
    if (id !== undefined) world.others(() => act(world, id));
  });

const pointer = (key: string): string => `/connectorAttributes/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;

const theirAttribute = fc
  .tuple(place, fc.constantFrom("ours", "theirs", "alsoTheirs", "a/b~c.d", "timeoutInSeconds", "lastSync"), version)
  .map(([at, key, n]) =>
    theirs(`set ${key} to ${String(n)}`, at, (world, id) => {
      world.tenant.admin.edit(`/sources/${id}`, [
        { op: "add", path: pointer(key), value: key === "timeoutInSeconds" ? 7 * n : `by others ${String(n)}` },
      ]);
    }),
  );

const theirSecret = fc.tuple(place, version).map(([at, n]) =>
  theirs(`set the password (${String(n)})`, at, (world, id) => {
    world.tenant.admin.edit(`/sources/${id}`, [{ op: "add", path: pointer("password"), value: `theirs-${String(n)}` }]);
  }),
);

/** What they attach to a member of a list, by its position as the API has it. */
const theirRule = fc.tuple(place, fc.constantFrom(...MEMBERS), version).map(([at, name, n]) =>
  theirs(`attach a rule to ${name}`, at, (world, id) => {
    const source = world.tenant.admin.state()["sources"]?.[id] as { connectorAttributes?: Json };
    const list = (source.connectorAttributes?.["connectionParameters"] ?? []) as Json[];
    const i = list.findIndex((candidate) => candidate["uniqueNameForEndPoint"] === name);
    if (i >= 0)
      world.tenant.admin.edit(`/sources/${id}`, [
        {
          op: "add",
          path: `/connectorAttributes/connectionParameters/${String(i)}/beforeRule`,
          value: `rule ${String(n)}`,
        },
      ]);
  }),
);

const theirMembersSecret = fc.tuple(place, fc.constantFrom(...MEMBERS), version).map(([at, name, n]) =>
  theirs(`set the password of ${name} (${String(n)})`, at, (world, id) => {
    const source = world.tenant.admin.state()["sources"]?.[id] as { connectorAttributes?: Json };
    const list = (source.connectorAttributes?.["connectionParameters"] ?? []) as Json[];
    const i = list.findIndex(
      (candidate) => candidate["uniqueNameForEndPoint"] === name && candidate["password"] !== undefined,
    );
    if (i >= 0)
      world.tenant.admin.edit(`/sources/${id}`, [
        {
          op: "add",
          path: `/connectorAttributes/connectionParameters/${String(i)}/password`,
          value: `theirs-${String(n)}`,
        },
      ]);
  }),
);

const theirMove = place.map((at) =>
  theirs("move the class", at, (world, id) => {
    world.tenant.admin.moveConnector(id, { connectorClass: "sailpoint.connector.moved.ByVendor" });
  }),
);

const theirConnector = place.map((at) =>
  theirs("run the connector", at, (world, id) => {
    world.tenant.admin.runConnector(id);
  }),
);

const theirChild = fc.tuple(place, fc.nat(CHILDREN.length - 1), flag).map(([at, i, removes]) => {
  const [kind, key] = CHILDREN[i] ?? ["schedule", ""];
  const { part, by } = PARTS[kind];
  return theirs(`${removes ? "remove" : "change"} ${kind} ${key}`, at, (world, id) => {
    const state = world.tenant.admin.state();
    const stored = Object.entries((state[part]?.[id] ?? {}) as Record<string, Json>).find(
      ([, object]) => by === undefined || object[by] === key,
    );
    if (!stored) return;
    const [at_, object] = stored;
    const path = `/sources/${id}/${part}${by === undefined ? "" : `/${at_}`}`;
    if (removes && by !== undefined && key !== "account") world.tenant.admin.remove(path);
    else if (Array.isArray(object["attributes"]) && kind === "schema") {
      if (JSON.stringify(object["attributes"]).includes("byOthers")) return;
      world.tenant.admin.edit(path, [
        { op: "add", path: "/attributes/-", value: { name: "byOthers", type: "STRING" } },
      ]);
    } else if (Array.isArray(object["fields"]) && object["fields"].length > 0) {
      world.tenant.admin.edit(path, [{ op: "add", path: "/fields/0/attributes", value: { byOthers: "1" } }]);
    } else if (Array.isArray(object["attributeAssignments"]) && object["attributeAssignments"].length > 0) {
      world.tenant.admin.edit(path, [{ op: "add", path: "/attributeAssignments/0/matchMode", value: "START" }]);
    } else if (kind === "schedule") {
      world.tenant.admin.edit(path, [{ op: "replace", path: "/cronExpression", value: "0 0 9 * * ?" }]);
    }
  });
});

const theirUse = fc.tuple(place, flag).map(
  ([at, isUsed]) =>
    new Step(
      `others: ${isUsed ? "use" : "stop using"} ${at}`,
      (world) => isThere(at)(world) && world.used.has(at) !== isUsed,
      (world) => {
        const id = world.idOf(at);
        if (id === undefined) return;
        if (isUsed) {
          world.tenant.admin.use(id, "application", `uses ${at}`);
          world.used.add(at);
        } else {
          for (const [app] of Object.entries(world.tenant.admin.state()["source-apps"] ?? {}))
            world.tenant.admin.remove(`/source-apps/${app}`);
          world.used.clear();
        }
      },
    ),
);

// --- the tenant's moods --------------------------------------------------------------------------------------------

const mood = fc
  .oneof(
    flag.map((lags) => ({ staleReadsMs: lags ? 1500 : 0 })),
    flag.map((shuffle) => ({ shuffle })),
    fc
      .constantFrom("stable" as const, "changing" as const, "masked" as const)
      .map((secrets) => ({ behaviours: { secrets } })),
    fc.constantFrom("kept" as const, "shuffled" as const).map((listOrder) => ({ behaviours: { listOrder } })),
    fc
      .constantFrom("dropped" as const, "refused" as const)
      .map((ownedAttributes) => ({ behaviours: { ownedAttributes } })),
  )
  .map(
    (settings) =>
      new Step(
        `the tenant: ${JSON.stringify(settings)}`,
        () => true,
        (world) => {
          world.tenant.admin.set(settings);
          if ("behaviours" in settings && "secrets" in settings.behaviours && settings.behaviours.secrets !== "stable")
            world.isBlind = true;
        },
      ),
  );

const fault = fc
  .record({
    kind: fc.constantFrom(
      "reset-before" as const,
      "reset-after" as const,
      "truncated-json" as const,
      "status" as const,
      "expire-token" as const,
    ),
    status: fc.constantFrom(400, 403, 409, 500, 503),
    method: fc.constantFrom("POST", "PATCH", "PUT", "DELETE", "GET"),
    skip: fc.nat(3),
    times: fc.constantFrom(1, 1, 4),
  })
  .map(
    (rule) =>
      new Step(
        `a fault: ${rule.kind} ${rule.kind === "status" ? String(rule.status) : ""} at ${rule.method} ${String(rule.skip)} ×${String(rule.times)}`,
        (world) => !world.isStruck,
        (world) => {
          world.tenant.admin.fault({ ...rule, path: "^/v" });
          world.isStruck = true;
        },
      ),
  );

// --- what the program's owner runs ---------------------------------------------------------------------------------

const hasSomething = (world: World): boolean =>
  PLACES.some((at) => world.stack.sources[at] !== undefined) || world.kept().length > 0;
const up = fc.constantFrom(
  ...[true, true, true, false].map(
    (refresh) => new Step(refresh ? "up" : "up without a refresh", hasSomething, (world) => world.up({ refresh })),
  ),
);
const preview = fc.constant(new Step("preview", hasSomething, (world) => world.preview()));
const refresh = fc.constant(
  new Step(
    "refresh",
    (world) => world.kept().length > 0,
    (world) => world.refresh(),
  ),
);
const destroy = fc.constant(
  new Step(
    "destroy",
    (world) => world.kept().length > 0,
    (world) => world.destroy(),
  ),
);
const anew = fc.tuple(fc.nat(6), fc.constantFrom("taint", "replace", "target")).map(
  ([i, how]) =>
    new Step(
      `${how} resource ${String(i)}`,
      (world) => world.kept().length > i,
      async (world) => {
        const urn = world.kept()[i]?.urn ?? "";
        if (how === "taint") world.taint(urn);
        else if (how === "replace") await world.up({ replace: [urn] });
        else await world.up({ targets: [urn] });
      },
    ),
);

export const step: Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: declareSource },
  { weight: 6, arbitrary: attribute },
  { weight: 4, arbitrary: takeAttributeOut },
  { weight: 4, arbitrary: members },
  { weight: 3, arbitrary: field },
  { weight: 1, arbitrary: connector },
  { weight: 3, arbitrary: option },
  { weight: 2, arbitrary: rename },
  { weight: 1, arbitrary: takeOut },
  { weight: 6, arbitrary: child },
  { weight: 2, arbitrary: renameChild },
  { weight: 4, arbitrary: theirAttribute },
  { weight: 3, arbitrary: theirSecret },
  { weight: 4, arbitrary: theirMembersSecret },
  { weight: 3, arbitrary: theirRule },
  { weight: 3, arbitrary: theirMove },
  { weight: 2, arbitrary: theirConnector },
  { weight: 3, arbitrary: theirChild },
  { weight: 1, arbitrary: theirUse },
  { weight: 2, arbitrary: mood },
  { weight: 3, arbitrary: fault },
  { weight: 14, arbitrary: up },
  { weight: 2, arbitrary: preview },
  { weight: 2, arbitrary: refresh },
  { weight: 1, arbitrary: destroy },
  { weight: 3, arbitrary: anew },
);
