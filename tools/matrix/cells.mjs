import { readJson } from "../setup/places.mjs";

/**
 * @typedef {"TypeScript" | "compiled TypeScript" | "CommonJS" | "ES module"} Program
 * @typedef {{ node: string, pulumi: string, manager: "npm" | "pnpm" | "yarn", program: Program, typescript?: string }} Cell
 */

/** The first version that the provider's peer range takes. */
const oldest = String(readJson("provider/package.json").peerDependencies["@pulumi/pulumi"]).replace("^", "");
/** The last one that runs on Node.js 20: what the tests of this repository are locked to. */
const locked = String(readJson("node_modules/@pulumi/pulumi/package.json").version);

/**
 * Pulumi compiles TypeScript by a compiler's JavaScript interface, which TypeScript has up to 6; with the newest one
 * compiles before. @type {Cell[]}
 */
export const cells = [
  { node: "20", pulumi: oldest, manager: "npm", program: "TypeScript", typescript: "5.9" },
  { node: "20", pulumi: locked, manager: "pnpm", program: "ES module" },
  { node: "22", pulumi: "latest", manager: "yarn", program: "CommonJS" },
  { node: "22", pulumi: oldest, manager: "pnpm", program: "TypeScript", typescript: "5.9" },
  { node: "24", pulumi: "latest", manager: "npm", program: "TypeScript", typescript: "5.9" },
  { node: "24", pulumi: locked, manager: "yarn", program: "compiled TypeScript", typescript: "latest" },
];

/** @param {Cell} cell */
export function titleOf({ node, pulumi, manager, program, typescript }) {
  return `Node.js ${node}, @pulumi/pulumi ${pulumi}, ${manager}, ${program}${typescript ? ` ${typescript}` : ""}`;
}
