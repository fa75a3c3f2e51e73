/** Every guide, followed by somebody who has nothing but it. */
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Reader } from "./reader";

const root = resolve(__dirname, "../..");
const outside = mkdtempSync(join(tmpdir(), "pulumi-sailpoint-guides-"));
const guides = readdirSync(join(root, "docs/guides")).filter((name) => name.endsWith(".md"));
let tarballs: Record<string, string> = {};

beforeAll(async () => {
  const { pack, packages } = await import("../../tools/release/packages.mjs");
  tarballs = Object.fromEntries(
    await Promise.all(packages.map(async (one) => [one.name, await pack(one, outside)] as const)),
  );
});

afterAll(() => rmSync(outside, { recursive: true, force: true, maxRetries: 5 }));

test.each(guides)(
  "%s",
  async (name) => {
    const { blocksOf } = await import("../../tools/docs/blocks.mjs");
    const reader = new Reader(mkdtempSync(join(outside, "reader-")), tarballs);
    try {
      for (const block of blocksOf(readFileSync(join(root, "docs/guides", name), "utf8"))) await reader.follow(block);
    } finally {
      reader.close();
    }
  },
  600_000,
);
