/** The arrows of the rooms (CONTRIBUTING.md). What a rule forbids, its comment says why. */
const provider = "^provider/src/";
const room = (names) => `${provider}(${names})(/|[.]ts$)`;
/** A room may import itself and the rooms named here, and no other of ours. */
const arrows = (list) =>
  list.map(([name, mayImport]) => ({
    name: `arrows-of-${name}`,
    severity: "error",
    comment: `${name} imports ${mayImport.join(", ")} and nothing else of ours.`,
    from: { path: room(name) },
    to: { path: provider, pathNot: room([name, ...mayImport].join("|")) },
  }));
const notType = { dependencyTypesNot: ["type-only", "type-import"] };

module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      severity: "error",
      comment: "Two modules that need each other are one subject, or their common part is a third.",
      from: {},
      to: { circular: true, viaOnly: notType },
    },
    {
      name: "nothing-unresolvable",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: "^pulumi-sailpoint|^sailpoint-simulator" },
    },
    {
      name: "only-declared-dependencies",
      severity: "error",
      comment: "What the published packages load must be among their own dependencies.",
      from: { path: "^(provider|simulator)/(src|host)" },
      to: { dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"], ...notType },
    },
    {
      name: "reconcile-is-pure",
      severity: "error",
      comment: "reconcile/ imports nothing of ours, no I/O, no client; a hash and an equality are no I/O.",
      from: { path: room("reconcile") },
      to: {
        pathNot: [room("reconcile"), "node_modules/(fast-json-patch|fastest-levenshtein)/", "^(node:)?(crypto|util)$"],
      },
    },
    {
      name: "api-stands-alone",
      severity: "error",
      comment: "api/ is published by itself.",
      from: { path: room("api") },
      to: { path: provider, pathNot: room("api") },
    },
    ...arrows([
      ["tenant", ["api", "reconcile"]],
      ["kinds", ["tenant", "api", "reconcile"]],
      ["lifecycle", ["kinds", "tenant", "api", "reconcile"]],
      ["host", ["lifecycle", "kinds", "tenant", "api", "reconcile"]],
      ["dynamic", ["host", "kinds"]],
      // The state's record and the one writer are the lifecycle's: restore must write no other way than `up` does.
      ["inventory", ["lifecycle", "kinds", "tenant", "api", "reconcile"]],
      ["cli", ["inventory", "kinds", "tenant", "api", "reconcile"]],
    ]),
    {
      name: "resources-reach-dynamic-through-pulumi",
      severity: "error",
      comment:
        "A resource is a shell: the provider process loads what does the work, by the text in __provider. " +
        "Functions are answered in the program itself.",
      from: { path: room("resources"), pathNot: "functions[.]ts$" },
      to: { path: room("host|dynamic|lifecycle|tenant|inventory|cli"), ...notType },
    },
    {
      name: "no-pulumi-below-resources",
      severity: "error",
      comment: "Loading @pulumi/pulumi takes 750 ms, and the core serves other hosts too.",
      from: { path: provider, pathNot: room("resources|index|host/grpc") },
      to: { path: "node_modules/@pulumi/" },
    },
    {
      name: "got-only-in-api",
      severity: "error",
      from: { path: provider, pathNot: room("api") },
      to: { path: "node_modules/got/" },
    },
    {
      name: "got-when-needed",
      severity: "error",
      comment: "got is loaded by the first call: a program that only declares resources never pays for it.",
      from: { path: provider },
      to: { path: "node_modules/got/", dynamic: false, ...notType },
    },
    {
      name: "simulator-shares-nothing",
      severity: "error",
      comment: "A simulator that shares code with the provider would share its mistakes.",
      from: { path: "^simulator/" },
      to: { path: ["^provider/", "^pulumi-sailpoint", "^(test|tools|examples)/"] },
    },
    {
      name: "provider-knows-no-simulator",
      severity: "error",
      from: { path: "^provider/" },
      to: { path: ["^simulator/", "^sailpoint-simulator", "^(test|tools|examples)/"] },
    },
  ],
  options: {
    tsConfig: { fileName: "tsconfig.base.json" },
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(provider|simulator)/dist/" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["require", "import", "node", "default", "types"],
    },
  },
};
