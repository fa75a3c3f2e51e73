import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(__dirname, "../../..");
const page = readFileSync(join(root, "CONTRIBUTING.md"), "utf8");
const map = page.split("```")[1] ?? "";

/** The names under a heading of the map, without what stands beside them. */
const namedBelow = (heading: string) => {
  const lines = map.split("\n");
  const start = lines.findIndex((line) => line.startsWith(heading));
  const inside = lines
    .slice(start + 1)
    .filter((line, i, rest) => rest.slice(0, i + 1).every((l) => l.startsWith("  ")));
  return inside.map((line) => line.trim().split(/\s/)[0]?.replace(/\/$/, "") ?? "");
};

test("the map in CONTRIBUTING names every room of the provider, and none that is not there", () => {
  expect(namedBelow("provider/src/").sort()).toEqual(readdirSync(join(root, "provider/src")).sort());
});

test("the arrows name every room", () => {
  const rules = readFileSync(join(root, ".dependency-cruiser.cjs"), "utf8");
  const rooms = readdirSync(join(root, "provider/src"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (const { name } of rooms) expect(rules).toMatch(new RegExp(`["(|]${name}[")|/]`));
});

test("the table of what is where names no file that is not there", () => {
  const table = page.split("### Where is what")[1]?.split("\n## ")[0] ?? "";
  const paths = [...table.matchAll(/`([^`\s]*[/.][^`\s]*)`/g)].map(([, path = ""]) => path);
  expect(paths.length).toBeGreaterThan(30);
  const isThere = (path: string) => existsSync(join(root, path)) || existsSync(join(root, "provider/src", path));
  expect(paths.filter((path) => !isThere(path))).toEqual([]);
});
