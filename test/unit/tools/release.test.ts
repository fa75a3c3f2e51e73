import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { AddressInfo } from "node:net";

const root = resolve(__dirname, "../../..");
let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "release-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("the changelog", () => {
  const changelog = "# Changelog\n\n## Unreleased\n\n### Added\n\n- B.\n\n## 0.1.0 - 2026-01-02\n\n- A.\n";

  test("gives a version's section", async () => {
    const { section } = await import("../../../tools/release/changelog.mjs");
    expect(section(changelog, "Unreleased")).toBe("### Added\n\n- B.");
    expect(section(changelog, "0.1.0")).toBe("- A.");
    expect(section(changelog, "0.1")).toBeUndefined();
  });

  test("keeps an empty place for what comes next", async () => {
    const { released, section } = await import("../../../tools/release/changelog.mjs");
    const next = released(changelog, "0.2.0", "2026-03-04");
    expect(next).toContain("\n## Unreleased\n\n## 0.2.0 - 2026-03-04\n");
    expect([section(next, "Unreleased"), section(next, "0.2.0")]).toEqual(["", "### Added\n\n- B."]);
    expect(() => released(changelog.replace("Unreleased", "0.3.0"), "0.4.0", "")).toThrow(/does not begin/);
  });
});

test.each([
  ["MIT", true],
  ["(MIT OR CC0-1.0)", true],
  ["(GPL-3.0-only OR MIT)", true],
  ["GPL-3.0-only", false],
  ["MIT AND GPL-3.0-only", false],
  ["MIT AND ISC", true],
  ["unknown", false],
  ["(MIT AND GPL-3.0-only) OR ISC", false],
])("the licence %s: allowed is %s", async (expression, expected) => {
  const { isAllowed } = await import("../../../tools/release/dependencies.mjs");
  expect(isAllowed(expression)).toBe(expected);
});

test.each([
  [
    "what belongs to it",
    [
      "README.md",
      "dist/a/b.js",
      "dist/a/b.js.map",
      "src/a/b.ts",
      "examples/x/Pulumi.yaml",
      "plugin/pulumi-resource-sailpoint",
      "plugin/pulumi-resource-sailpoint.cmd",
      "examples/README.md",
      "templates/x/plugin/pulumi-resource-sailpoint",
      "templates/x/host/pulumi-resource-pulumi-nodejs",
    ],
    [],
  ],
  ["a test", ["dist/a.test.js", "src/a.test.ts"], [/dist\/a\.test\.js is nothing/, /src\/a\.test\.ts is nothing/]],
  ["somebody's state", ["examples/x/.pulumi/stacks/dev.json", ".env"], [/dev\.json is nothing/, /\.env is nothing/]],
  ["what a host has left", ["host/log", "plugin/cache/x.js"], [/host\/log is nothing/, /cache\/x\.js is nothing/]],
  ["a map without its source", ["dist/gone.d.ts.map", "src/here.ts"], [/gone\.d\.ts\.map points to a source/]],
])("a package with %s", async (_, files, faults) => {
  const { faultsOf } = await import("../../../tools/release/content.mjs");
  expect(faultsOf(files, 1000)).toEqual(faults.map((fault) => expect.stringMatching(fault) as unknown));
  expect(faultsOf(files, 10 ** 7)).toHaveLength(faults.length + 1);
});

describe("a version", () => {
  /** What the command reads, as it is here, in a repository of its own. */
  function repository(): (...args: string[]) => string {
    const parts = [
      "CHANGELOG.md",
      "package.json",
      "package-lock.json",
      "provider/package.json",
      "simulator/package.json",
    ];
    for (const part of [...parts, "tools", "examples", "templates"]) {
      cpSync(join(root, part), join(folder, part), { recursive: true });
    }
    writeFileSync(join(folder, ".gitignore"), "node_modules\n");
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    const git = (...args: string[]) => command("git", args);
    git("init", "--quiet");
    git("config", "user.name", "Nobody");
    git("config", "user.email", "nobody@example.com");
    git("add", ".");
    git("commit", "--quiet", "--message", "All");
    return git;
  }

  function command(file: string, args: string[]): string {
    return execFileSync(file, args, { cwd: folder, encoding: "utf8", stdio: "pipe" });
  }

  const release = (...args: string[]) => command(process.execPath, ["tools/release.mjs", ...args]);

  test("is set everywhere in one commit with its tag", () => {
    const git = repository();
    const before = git("ls-files", "-s", "package-lock.json");
    expect(release("9.8.7")).toMatch(/tagged as v9\.8\.7/);
    expect(git("status", "--porcelain")).toBe("");
    expect(git("tag", "--points-at", "HEAD").trim()).toBe("v9.8.7");
    expect(git("ls-files", "-s", "package-lock.json")).not.toBe(before);
    const changed = git("show", "--unified=0", "--format=", "HEAD")
      .split("\n")
      .filter((line) => /^[+-][^+-]/.test(line));
    const added = changed.filter((line) => line.startsWith("+"));
    expect(added.filter((line) => !line.includes("9.8.7"))).toEqual([]);
    expect(changed.length - added.length).toBe(added.length - 1); // a line for a line, and the changelog's new one
    for (const file of ["provider/package.json", "examples/quickstart/package.json", "CHANGELOG.md"]) {
      expect(readFileSync(join(folder, file), "utf8")).toContain("9.8.7");
    }
  });

  test("tells where the packages come from, as the clone knows it", () => {
    const git = repository();
    git("remote", "add", "origin", "git@github.com:acme/isc.git");
    release("9.8.7");
    const manifest: unknown = JSON.parse(readFileSync(join(folder, "provider/package.json"), "utf8"));
    expect(manifest).toMatchObject({
      repository: { type: "git", url: "git+https://github.com/acme/isc.git", directory: "provider" },
    });
  });

  test.each([
    ["is none", "1.2", /"1\.2" is no version/],
    ["is older", "0.0.1", /0\.0\.1 is older than/],
    ["is there already", "9.0.0", /the tag v9\.0\.0 is there already/],
  ])("that %s is refused, with all that is in the way", (_, version, reason) => {
    const git = repository();
    git("tag", "v9.0.0");
    writeFileSync(join(folder, "stray"), "");
    expect(() => release(version)).toThrow(reason);
    expect(() => release(version)).toThrow(/there are changes that no commit has:\n\?\? stray/);
    expect(git("log", "--format=%s").trim()).toBe("All");
  });

  test("tells what a real release would lack, before anything else is done", async () => {
    const { withoutRepository } = await import("../../../tools/release/obstacles.mjs");
    const missing = withoutRepository({ "provider/package.json": "{}", "simulator/package.json": "{}" });
    expect(missing).toHaveLength(2);
    expect(missing[0]).toMatch(/provider\/package\.json has no "repository"[^]*git remote add origin/);
    const edited = { "provider/package.json": '{"repository":{}}', "simulator/package.json": '{"repository":{}}' };
    expect(withoutRepository(edited)).toEqual([]);
  });

  test("is published by nobody but the workflow of its tag", () => {
    repository();
    expect(() => release("--publish")).toThrow(/no workflow of GitHub[^]*does not carry the tag/);
  });
});

describe("publishing", () => {
  /** A registry that keeps what npm publishes and tells it again. */
  async function registry(): Promise<{ server: Server; published: Record<string, unknown> }> {
    const published: Record<string, { versions: object }> = {};
    const server = createServer((request, response) => {
      const name = (request.url ?? "").slice(1);
      const answer = (status: number, body: unknown) => response.writeHead(status).end(JSON.stringify(body));
      if (request.method !== "PUT") {
        answer(published[name] === undefined ? 404 : 200, published[name] ?? { error: "not found" });
        return;
      }
      let body = "";
      request.on("data", (chunk: Buffer) => (body += chunk.toString()));
      request.on("end", () => {
        published[name] = JSON.parse(body) as { versions: object };
        answer(201, { ok: true });
      });
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const { port } = server.address() as AddressInfo;
    writeFileSync(
      join(folder, "npmrc"),
      `registry=http://127.0.0.1:${String(port)}/\n//127.0.0.1:${String(port)}/:_authToken=nobody\n`,
    );
    return { server, published };
  }

  function tarball(description: string): string {
    const source = join(folder, "source", "package");
    mkdirSync(source, { recursive: true });
    writeFileSync(
      join(source, "package.json"),
      JSON.stringify({ name: "some-package", version: "1.0.0", description }),
    );
    execFileSync("npm", ["pack", "--silent", "--pack-destination", dirname(source)], { cwd: source });
    return join(dirname(source), "some-package-1.0.0.tgz");
  }

  test("leaves what is published as it is, and refuses other content under the same version", async () => {
    const { publish } = await import("../../../tools/release/publish.mjs");
    const { server, published } = await registry();
    const env = {
      ...Object.fromEntries(Object.entries(process.env).filter(([key]) => !/^npm_/i.test(key))),
      NPM_CONFIG_USERCONFIG: join(folder, "npmrc"),
      NPM_CONFIG_CACHE: join(folder, "cache"),
    };
    try {
      const file = tarball("the first");
      await publish("some-package", "1.0.0", file, { provenance: false, env });
      expect(published["some-package"]).toMatchObject({ versions: { "1.0.0": { description: "the first" } } });
      const first = published["some-package"];
      await publish("some-package", "1.0.0", file, { provenance: false, env });
      expect(published["some-package"]).toBe(first);
      const other = publish("some-package", "1.0.0", tarball("another"), { provenance: false, env });
      await expect(other).rejects.toThrow(/published already, with other content/);
    } finally {
      server.close();
    }
  });
});
