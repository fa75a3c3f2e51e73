import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { requireResolvable } from "../../../provider/src/resources/resolvable";

const root = mkdtempSync(join(tmpdir(), "resolvable-"));
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

test("where only a library depends on this package, one sentence names the dependency to add", () => {
  const program = join(root, "program");
  mkdirSync(join(program, "node_modules/library/node_modules/pulumi-sailpoint"), { recursive: true });
  expect(() => {
    requireResolvable(program);
  }).toThrow(/^pulumi-sailpoint cannot be found from .*program.*Add pulumi-sailpoint to the dependencies/);
});

test("it is found in the program's own folder, and in one above it", () => {
  const above = join(root, "workspace");
  mkdirSync(join(above, "node_modules/pulumi-sailpoint"), { recursive: true });
  writeFileSync(join(above, "node_modules/pulumi-sailpoint/package.json"), "{}");
  for (const folder of [above, join(above, "programs/one")]) {
    expect(() => {
      requireResolvable(folder);
    }).not.toThrow();
  }
});
