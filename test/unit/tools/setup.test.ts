import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const parts = ["pulumi", "pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"];
const environment = { ...process.env };
let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "set-up-"));
  process.env.XDG_CACHE_HOME = join(folder, "cache");
  process.env.PATH = "";
});

afterEach(() => {
  process.env = { ...environment };
  rmSync(folder, { recursive: true, force: true });
});

describe("an engine on PATH", () => {
  test.each([
    ["is taken from 3.226 on", "v3.226.0", parts, undefined],
    ["is refused when it is older", "v3.225.9", parts, /is v3\.225\.9; 3\.226 or later is needed/],
    ["is refused without a language host", "v3.300.0", ["pulumi"], /pulumi-language-nodejs and .* is not there/],
  ])("%s", async (_, version, present, refusal) => {
    for (const part of present) executable(join(folder, "bin", part), `echo ${version}`);
    process.env.PATH = `${join(folder, "bin")}:/usr/bin:/bin`;
    const { findEngine } = await import("../../../tools/setup/engine.mjs");
    const { engine, onPath } = await findEngine();
    if (refusal) expect([engine, onPath]).toEqual([undefined, expect.stringMatching(refusal)]);
    else expect(engine?.pulumi).toBe(join(folder, "bin/pulumi"));
  });
});

describe("an engine that the user names", () => {
  async function found(name: string): Promise<unknown> {
    process.env.PULUMI_SAILPOINT_CLI = name;
    process.env.PATH = "/usr/bin:/bin";
    const { findEngine } = await import("../../../tools/setup/engine.mjs");
    return (await findEngine()).engine;
  }

  test.each([
    ["by its folder", "bin"],
    ["by its file", "bin/pulumi"],
  ])("%s is taken before all others", async (_, name) => {
    for (const part of parts) executable(join(folder, "bin", part), "echo v3.300.0");
    expect(await found(join(folder, name))).toMatchObject({ pulumi: join(folder, "bin/pulumi"), version: "3.300.0" });
  });

  test.each([
    ["is not there", "nowhere", undefined, /names .*nowhere, which does not serve: no pulumi/],
    ["is too old", "bin", "v3.100.0", /is v3\.100\.0; 3\.226 or later is needed/],
    ["tells no version", "bin", "hello", /does not tell its version/],
  ])("and that %s is a failure, not passed over", async (_, name, version, reason) => {
    if (version !== undefined) for (const part of parts) executable(join(folder, "bin", part), `echo ${version}`);
    await expect(found(join(folder, name))).rejects.toThrow(reason);
  });
});

describe("an engine in the cache", () => {
  async function make(failure?: string): Promise<string> {
    const { builtEngineFolder } = await import("../../../tools/setup/engine-from-go.mjs");
    const { makeEngineFolder } = await import("../../../tools/setup/engine-folder.mjs");
    const result = await makeEngineFolder(builtEngineFolder(), "3.300.0", (temporary) => {
      for (const part of parts) executable(join(temporary, "bin", part), "echo v3.300.0");
      return Promise.resolve(failure);
    });
    expect(result).toBe(failure);
    return builtEngineFolder();
  }

  async function found(): Promise<unknown> {
    const { findEngine } = await import("../../../tools/setup/engine.mjs");
    return (await findEngine()).engine;
  }

  test("is found by every clone of the user once it is whole", async () => {
    expect(await found()).toBeUndefined();
    const engine = await make();
    expect(await found()).toMatchObject({ pulumi: join(engine, "bin/pulumi"), version: "3.300.0" });
  });

  test("is not there at all after a failed build", async () => {
    const engine = await make("the compiler failed");
    expect(readdirSync(dirname(engine))).toEqual([]);
    expect(await found()).toBeUndefined();
  });

  test("is not taken for whole when a file of it is cut, or missing", async () => {
    const engine = await make();
    truncateSync(join(engine, "bin/pulumi"), 3);
    expect(await found()).toBeUndefined();
    await make();
    expect(await found()).toBeDefined();
    rmSync(join(engine, "bin/pulumi-language-nodejs"));
    expect(await found()).toBeUndefined();
  });
});

test("the time that is left is what parts take as a rule, then what they took here", async () => {
  const { remainingTime } = await import("../../../tools/setup/progress.mjs");
  let now = 0;
  const remaining = remainingTime(1000, 0.2, () => now);
  expect(remaining(0)).toBe("about 3 minutes left");
  now = 40_000;
  expect(remaining(50)).toBe("about 3 minutes left");
  expect(remaining(100)).toBe("about 6 minutes left");
  now = 80_000;
  expect(remaining(600)).toBe("about a minute left");
  expect(remaining(1000)).toBe("a few seconds left");
  expect(remaining(1100)).toBe("a few seconds left");
});

describe("the smaller CLI", () => {
  function module(files: Record<string, string>): string {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, "module", file)), { recursive: true });
      writeFileSync(join(folder, "module", file), text, { mode: 0o444 });
    }
    return join(folder, "module");
  }
  const spec = 'package cloud\n\nimport (\n\t"fmt"\n\t"sort"\n\t"github.com/pb33f/libopenapi"\n)\n\ntype Kept int\n';
  const schema = "package cloud\n\nfunc gone() {}\n\nfunc markdownEnumTail() {}\n\n// nonNil goes\nfunc nonNil() {}\n";

  test("is the module without what only one command uses", async () => {
    const { makeSmaller } = await import("../../../tools/setup/smaller-pulumi.mjs");
    const from = module({
      "cmd/pulumi/cloud/spec.go": `${spec}\nfunc parseIndex() { sort.Ints(nil) }\n`,
      "cmd/pulumi/cloud/schema.go": schema,
      "main.go": "package main",
      "testdata/large": "",
    });
    expect(makeSmaller(from, join(folder, "copy"))).toBe(true);
    const read = (file: string) => readFileSync(join(folder, "copy", file), "utf8");
    expect(read("cmd/pulumi/cloud/spec.go")).toMatch(/^package cloud\n\nimport \(\n\t"fmt"\n\)\n\ntype Kept int\n/);
    expect(read("cmd/pulumi/cloud/spec.go")).not.toMatch(/sort|pb33f/);
    expect(read("cmd/pulumi/cloud/schema.go")).toBe(
      'package cloud\n\nimport "strings"\n\nfunc markdownEnumTail() {}\n',
    );
    expect(read("main.go")).toBe("package main");
    expect(existsSync(join(folder, "copy/testdata"))).toBe(false);
  });

  test("is the whole one where another version looks otherwise", async () => {
    const { makeSmaller } = await import("../../../tools/setup/smaller-pulumi.mjs");
    const from = module({ "cmd/pulumi/cloud/spec.go": spec, "cmd/pulumi/cloud/schema.go": schema });
    expect(makeSmaller(from, join(folder, "copy"))).toBe(false);
    expect(existsSync(join(folder, "copy"))).toBe(false);
  });
});

describe("a lock", () => {
  test("lets one work at a time", async () => {
    const { withLock } = await import("../../../tools/setup/lock.mjs");
    const events: string[] = [];
    const work = (name: string) =>
      withLock(
        join(folder, "lock"),
        () => undefined,
        async () => {
          events.push(`${name} begins`);
          await sleep(50);
          events.push(`${name} ends`);
        },
      );
    await Promise.all([work("a"), work("b"), work("c")]);
    for (let i = 0; i < events.length; i += 2) expect(events[i + 1]).toBe(events[i]?.replace("begins", "ends"));
    expect(events).toHaveLength(6);
    expect(existsSync(join(folder, "lock"))).toBe(false);
  });

  test.each([
    ["of a process that is gone", "here 4194999", new Date()],
    ["that nobody touched for long", "another-machine 1", new Date(Date.now() - 60_000)],
  ])("%s is taken over", async (_, mark, touched) => {
    const { withLock } = await import("../../../tools/setup/lock.mjs");
    const { hostname } = await import("node:os");
    const lock = join(folder, "lock");
    writeFileSync(lock, mark.replace("here", hostname()));
    utimesSync(lock, touched, touched);
    let waited = false;
    const result = await withLock(
      lock,
      () => (waited = true),
      () => Promise.resolve("done"),
    );
    expect([waited, result]).toEqual([true, "done"]);
  });

  test("is released by work that fails", async () => {
    const { withLock } = await import("../../../tools/setup/lock.mjs");
    const lock = join(folder, "lock");
    const work = () => Promise.reject(new Error("no"));
    await expect(withLock(lock, () => undefined, work)).rejects.toThrow("no");
    expect(existsSync(lock)).toBe(false);
  });
});

function executable(file: string, command: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${command}\n`);
  chmodSync(file, 0o755);
}
