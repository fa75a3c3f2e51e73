import { resolve } from "node:path";

const provider = resolve(__dirname, "../../../provider");

/** How a program of the tests reaches the provider. */
export interface Door {
  name: "stock host" | "own host" | "plugin";
  /** Lines of Pulumi.yaml. */
  yaml: string;
  /** Whether a refresh has to be asked for, so that a preview shows drift. */
  refresh: boolean;
  /** The beginning of a program, in which `sailpoint` has a class for each kind. */
  sailpoint: string;
  typeOf: (kind: string) => string;
  /** The command line of the process in which our code runs. */
  process: RegExp;
}

const dynamic = {
  sailpoint: `const sailpoint = require("pulumi-sailpoint");`,
  typeOf: (kind: string) => `pulumi-nodejs:dynamic/sailpoint:${kind}`,
};

export const doors = {
  /** Pulumi's own dynamic host. */
  stock: { ...dynamic, name: "stock host", yaml: "", refresh: true, process: /dynamic-provider\/index\.js/ },
  /** Ours in its place. */
  host: {
    ...dynamic,
    name: "own host",
    yaml: plugins("pulumi-nodejs", "host"),
    refresh: false,
    process: /provider\/host\/pulumi-resource/,
  },
  /** The package with a schema, without an SDK. */
  plugin: {
    name: "plugin",
    yaml: plugins("sailpoint", "plugin"),
    refresh: false,
    sailpoint: `const pulumiOfDoor = require("@pulumi/pulumi");
const kindsOfDoor = Object.values(require("${provider}/dist/kinds").kinds);
const sailpoint = new Proxy({}, {
  get: (_, kind) => kind === "Tenant"
    ? class extends pulumiOfDoor.ProviderResource {
        constructor(name, args, options) { super("sailpoint", name, args, options); }
      }
    : class extends pulumiOfDoor.CustomResource {
        constructor(name, args, options) {
          const { fields, outputs } = kindsOfDoor.find(({ name }) => name === kind);
          const none = ["tenant", ...Object.keys({ ...fields, ...outputs })].map((key) => [key, undefined]);
          super("sailpoint:index:" + kind, name, { ...Object.fromEntries(none), ...args }, options);
        }
        static get(name, id, options) { return new this(name, {}, { ...options, id }); }
      },
});`,
    typeOf: (kind) => `sailpoint:index:${kind}`,
    process: /provider\/plugin\/pulumi-resource/,
  },
} as const satisfies Record<string, Door>;

function plugins(name: string, folder: string): string {
  return `plugins:\n  providers:\n    - name: ${name}\n      path: ${provider}/${folder}\n`;
}
