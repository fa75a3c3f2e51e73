import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
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
