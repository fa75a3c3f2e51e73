import { resolve } from "node:path";

const provider = resolve(__dirname, "../../../provider");

/** How a program of the tests reaches the provider: lines of Pulumi.yaml. */
export const doors = {
  /** Pulumi's own dynamic host. */
  stock: "",
  /** Ours in its place. */
  host: plugins("pulumi-nodejs", "host"),
  /** The package with a schema. */
  plugin: plugins("sailpoint", "plugin"),
} as const;

function plugins(name: string, folder: string): string {
  return `plugins:\n  providers:\n    - name: ${name}\n      path: ${provider}/${folder}\n`;
}
