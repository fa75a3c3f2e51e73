import type { Project } from "../engine/harness";
import { type Door, doors } from "../engine/hosts/doors";

/** A way in which the sets are deployed. */
export interface Way extends Pick<Door, "yaml" | "refresh" | "process"> {
  name: string;
  /** A program of Node.js, which reads `sets.json`. */
  program: string;
  /** Says how many sets there are, and which text stands in every tenth source. */
  declare(project: Project, n: number, description: string): void;
}

const attribute = (name: string, more?: object) => ({
  name,
  type: "STRING",
  description: "An attribute",
  ...more,
});
/** What is declared: each source, and the schema and policy that every source has. */
const setsOf = (n: number, description: string) => ({
  sources: Array.from({ length: n }, (_, i) => ({
    name: `Source ${String(i).padStart(4, "0")}`,
    description: "A source of the bench",
    owner: { alias: "slpt.services" },
    cluster: { name: "sp_connect_proxy_cluster" },
    connector: "active-directory",
    connectorAttributes: {
      ...{ password: `secret-${String(i)}`, description: i % 10 === 0 ? description : "unchanged" },
      ...{ server: "ldap.example.com", port: 636, useTLS: true, pageSize: 100, timeout: 60, retries: 3 },
      searchDNs: ["OU=one,DC=example,DC=com", "OU=two,DC=example,DC=com"],
      ...{ filter: "(objectClass=user)", groupFilter: "(objectClass=group)", nested: { key: "value" } },
    },
  })),
  schema: {
    name: "account",
    nativeObjectType: "User",
    attributes: [
      ...["a1", "a2", "a3", "a4", "a5", "a6", "a7"].map((name) => attribute(name)),
      attribute("groups", { isMulti: true }),
    ],
  },
  policy: {
    usageType: "CREATE",
    name: "Account",
    fields: ["f1", "f2", "f3", "f4", "f5"].map((name) => ({
      name,
      type: "string",
      attributes: { template: `$${name}` },
    })),
  },
});

const read = `const { sources, schema, policy } = require("./sets.json");`;

const real = ({ sailpoint }: Door) => `
${sailpoint}
${read}
for (const [i, args] of sources.entries()) {
  const source = new sailpoint.Source(\`source-\${i}\`, args);
  new sailpoint.Schema(\`schema-\${i}\`, { source: source.id, ...schema }, { deletedWith: source });
  new sailpoint.ProvisioningPolicy(\`policy-\${i}\`, { source: source.id, ...policy }, { deletedWith: source });
}
`;

/** The least that a dynamic resource can be: it keeps what it is given, without a call to anybody. */
const nothing = `
const pulumi = require("@pulumi/pulumi");
${read}
const handler = \`
const without = ({ __provider, ...rest }) => JSON.stringify(Object.entries(rest).sort());
exports.handler = () => ({
  check: async (olds, news) => ({ inputs: news }),
  diff: async (id, olds, news) => ({ changes: without(olds) !== without(news), replaces: [], deleteBeforeReplace: true }),
  create: async (inputs) => ({ id: require("crypto").randomUUID(), outs: inputs }),
  read: async (id, props) => ({ id, props, inputs: props }),
  update: async (id, olds, news) => ({ outs: news }),
  delete: async () => {},
});\`;
class Nothing extends pulumi.CustomResource {
  constructor(name, args, opts) {
    super("pulumi-nodejs:dynamic/bench:Nothing", name, { ...args, __provider: handler }, opts);
  }
}
for (const [i, args] of sources.entries()) {
  const { password, ...attributes } = args.connectorAttributes;
  const source = new Nothing(\`source-\${i}\`, { ...args, connectorAttributes: { ...attributes, password: pulumi.secret(password) } });
  new Nothing(\`schema-\${i}\`, { source: source.id, ...schema }, { deletedWith: source });
  new Nothing(\`policy-\${i}\`, { source: source.id, ...policy }, { deletedWith: source });
}
`;

const inFile: Way["declare"] = (project, n, description) => {
  project.write("sets.json", JSON.stringify(setsOf(n, description)));
};
const through = (door: Door): Way => ({ ...door, program: real(door), declare: inFile });

export const doNothing: Way = { ...through(doors.stock), name: "do-nothing", program: nothing };

/** The sets as a Pulumi.yaml. */
const inYaml: Way["declare"] = (project, n, description) => {
  const { sources, schema, policy } = setsOf(n, description);
  const resources = sources.flatMap((properties, i) => {
    const source = `source-${String(i)}`;
    const hanging = (type: string, rest: object) => ({
      type: `sailpoint:${type}`,
      // A dollar sign begins an expression, two are one of text.
      properties: {
        source: `\${${source}.id}`,
        ...(JSON.parse(JSON.stringify(rest).replaceAll("$", "$$$$")) as object),
      },
      options: { deletedWith: `\${${source}}` },
    });
    return [
      [source, { type: "sailpoint:Source", properties }],
      [`schema-${String(i)}`, hanging("Schema", schema)],
      [`policy-${String(i)}`, hanging("ProvisioningPolicy", policy)],
    ] as const;
  });
  const head = `name: sailpoint-test\nruntime: yaml\n${doors.plugin.yaml}`;
  project.write("Pulumi.yaml", `${head}resources: ${JSON.stringify(Object.fromEntries(resources))}\n`);
};

export const ways: readonly Way[] = [
  ...Object.values(doors).map(through),
  { ...doors.plugin, name: "YAML", program: "", declare: inYaml },
];
