/** The programs that are measured. Both read `sets.json`: how many sets, and which text stands in every tenth source. */

const sets = `
const { n, description } = JSON.parse(require("fs").readFileSync("sets.json", "utf8"));
const attribute = (name, more) => ({ name, type: "STRING", description: "An attribute", ...more });
const sourceOf = (i) => ({
  name: \`Source \${String(i).padStart(4, "0")}\`,
  description: "A source of the bench",
  owner: { alias: "slpt.services" },
  cluster: { name: "sp_connect_proxy_cluster" },
  connector: "active-directory",
  connectorAttributes: {
    password: \`secret-\${i}\`, description: i % 10 === 0 ? description : "unchanged", server: "ldap.example.com",
    port: 636, useTLS: true, searchDNs: ["OU=one,DC=example,DC=com", "OU=two,DC=example,DC=com"], pageSize: 100,
    timeout: 60, retries: 3, filter: "(objectClass=user)", groupFilter: "(objectClass=group)", nested: { key: "value" },
  },
});
const schemaOf = (source) => ({
  source,
  name: "account",
  nativeObjectType: "User",
  attributes: ["a1", "a2", "a3", "a4", "a5", "a6", "a7"].map((name) => attribute(name)).concat(attribute("groups", { isMulti: true })),
});
const policyOf = (source) => ({
  source,
  usageType: "CREATE",
  name: "Account",
  fields: ["f1", "f2", "f3", "f4", "f5"].map((name) => ({ name, type: "string", attributes: { template: "$" + name } })),
});
`;

export const real = `
const { Source, Schema, ProvisioningPolicy } = require("pulumi-sailpoint");
${sets}
for (let i = 0; i < n; i += 1) {
  const source = new Source(\`source-\${i}\`, sourceOf(i));
  new Schema(\`schema-\${i}\`, schemaOf(source));
  new ProvisioningPolicy(\`policy-\${i}\`, policyOf(source));
}
`;

/** The least that a dynamic resource can be: it keeps what it is given, without a call to anybody. */
export const nothing = `
const pulumi = require("@pulumi/pulumi");
${sets}
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
for (let i = 0; i < n; i += 1) {
  const args = sourceOf(i);
  const { password, ...attributes } = args.connectorAttributes;
  const source = new Nothing(\`source-\${i}\`, { ...args, connectorAttributes: { ...attributes, password: pulumi.secret(password) } });
  new Nothing(\`schema-\${i}\`, schemaOf(source.id), { deletedWith: source });
  new Nothing(\`policy-\${i}\`, policyOf(source.id), { deletedWith: source });
}
`;
