import { readJson } from "../setup/places.mjs";

/**
 * @typedef {"TypeScript" | "compiled TypeScript" | "CommonJS" | "ES module"} Program
 * @typedef {"npm" | "pnpm" | "pnpm@latest" | "yarn"} Manager without a version: the one that this repository has
 * `cli`: of the versions that Go's modules give; else the one that the tests run with. In a `workspace` the program is one
 * of several packages.
 * @typedef {{
 *   node: string, pulumi: string, manager: Manager, program: Program, typescript?: string,
 *   cli?: "oldest" | "newest", workspace?: true,
 * }} Cell
 */

/** The first version that the provider's peer range takes. */
const oldest = String(readJson("provider/package.json").peerDependencies["@pulumi/pulumi"]).replace("^", "");
/** The last one that runs on Node.js 20: what the tests of this repository are locked to. */
const locked = String(readJson("node_modules/@pulumi/pulumi/package.json").version);

/**
 * Pulumi compiles TypeScript by a compiler's JavaScript interface, which TypeScript has up to 6; with the newest one
 * compiles before (docs/toolchains.md). @type {Cell[]}
 */
export const cells = [
  { node: "20", pulumi: oldest, manager: "npm", program: "TypeScript", typescript: "5.9", cli: "oldest" },
  { node: "20", pulumi: locked, manager: "pnpm", program: "ES module" },
  { node: "22", pulumi: "latest", manager: "yarn", program: "CommonJS", workspace: true },
  { node: "22", pulumi: oldest, manager: "pnpm", program: "TypeScript", typescript: "5.9", workspace: true },
  {
    node: "24",
    pulumi: "latest",
    manager: "npm",
    program: "TypeScript",
    typescript: "6",
    cli: "newest",
    workspace: true,
  },
  { node: "24", pulumi: locked, manager: "yarn", program: "compiled TypeScript", typescript: "latest" },
  { node: "latest", pulumi: "latest", manager: "pnpm@latest", program: "ES module", cli: "newest", workspace: true },
  { node: "latest", pulumi: "latest", manager: "npm", program: "compiled TypeScript", typescript: "latest" },
];

/** @param {Cell} cell */
export function titleOf({ node, pulumi, manager, program, typescript, cli, workspace }) {
  const set = `Node.js ${node}, @pulumi/pulumi ${pulumi}, ${cli ?? "pinned"} CLI, ${manager}${workspace ? " workspace" : ""}`;
  return `${set}, ${program}${typescript ? ` ${typescript}` : ""}`;
}
