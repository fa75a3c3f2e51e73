import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { makeFolder } from "../../../provider/src/tenant/make-folder";

const base = mkdtempSync(join(tmpdir(), "folder-"));
afterAll(() => rmSync(base, { recursive: true, force: true }));

test.each([
  ["one", join(base, "one")],
  ["those above it", join(base, "a/b/c/d")],
  ["one that is there", base],
  ["the root", "/"],
  ["one by a path from here", relative(process.cwd(), join(base, "from/here"))],
  ["one by a way through a missing one", `${base}/missing/../beside`],
])("makes %s", (_what, path) => {
  makeFolder(path);
  expect(statSync(path).isDirectory()).toBe(true);
});

test("one that is a link to a folder is there", () => {
  mkdirSync(join(base, "aim"));
  symlinkSync(join(base, "aim"), join(base, "link"));
  makeFolder(join(base, "link"));
  makeFolder(join(base, "link/below"));
  expect(statSync(join(base, "aim/below")).isDirectory()).toBe(true);
});

test("throws what the system says", () => {
  const file = join(base, "file");
  writeFileSync(file, "");
  symlinkSync(join(base, "nowhere"), join(base, "dangling"));
  expect(() => makeFolder(file)).toThrow(/^EEXIST/);
  expect(() => makeFolder(join(file, "below"))).toThrow(/^ENOTDIR/);
  expect(() => makeFolder(join(base, "dangling/below"))).toThrow(/^EEXIST/);
  expect(() => makeFolder(join(base, "n".repeat(300), "below"))).toThrow(/^ENAMETOOLONG/);
});

test("several processes make the same folders at once", () => {
  const deep = join(base, ...Array.from({ length: 100 }, (_, i) => String(i)));
  const child = `require(${JSON.stringify(require.resolve("../../typescript.js"))});
    require(${JSON.stringify(require.resolve("../../../provider/src/tenant/make-folder"))}).makeFolder(process.argv[1]);`;
  const { stderr, status } = spawnSync(
    "sh",
    [
      "-c",
      'for i in 1 2 3 4; do "$NODE" -e "$CHILD" "$DEEP" & all="$all $!"; done; for p in $all; do wait $p || exit 1; done',
    ],
    { env: { NODE: process.execPath, CHILD: child, DEEP: deep }, encoding: "utf8" },
  );
  expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
  expect(statSync(deep).isDirectory()).toBe(true);
});

// Where the system says that a folder is not there although the one above is, Node.js's own way never returns.
(process.platform === "linux" ? test : test.skip)("ends below /proc", () => {
  expect(() => makeFolder("/proc/none/.local/state/pulumi-sailpoint")).toThrow(/^ENOENT.*mkdir/);
});
