import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { credentials } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";

const provider = resolve(__dirname, "../../../provider");
const executables = ["host/pulumi-resource-pulumi-nodejs", "plugin/pulumi-resource-sailpoint"];
const URN = "urn:pulumi:dev::test::sailpoint:index:Source::hr";

interface Served {
  child: ChildProcess;
  client: ResourceProviderClient;
  port: number;
  startedInMs: number;
}

const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill("SIGKILL");
});

/** Starts the process as the engine does: it prints the port first, and lives as long as its standard input. */
async function serve(executable: string): Promise<Served> {
  const started = performance.now();
  const child = spawn(join(provider, executable), ["127.0.0.1:1"], { stdio: ["pipe", "pipe", "inherit"] });
  running.push(child);
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  const port = Number(line.toString());
  const client = new ResourceProviderClient(`127.0.0.1:${String(port)}`, credentials.createInsecure());
  return { child, client, port, startedInMs: performance.now() - started };
}

const check = (client: ResourceProviderClient, news: object): Promise<proto.CheckResponse> =>
  new Promise((resolve, reject) => {
    const struct = Struct.fromJavaScript(news as Parameters<typeof Struct.fromJavaScript>[0]);
    client.check(new proto.CheckRequest().setUrn(URN).setNews(struct), (error, response) => {
      if (error) reject(error);
      else resolve(response);
    });
  });

const declared = {
  name: "HR",
  connector: "jdbc",
  owner: { alias: "a" },
  __provider: 'exports.handler = () => require("pulumi-sailpoint/dynamic").source;',
};

describe.each(executables)("%s", (executable) => {
  const news = executable.startsWith("host") ? declared : { name: "HR", connector: "jdbc", owner: { alias: "a" } };

  test("garbage ends a connection and nothing else; a flood of calls is answered", async () => {
    const { client, port } = await serve(executable);
    for (const garbage of ["GET / HTTP/1.1\r\n\r\n", "\0\0\0\0", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nno frames at all"]) {
      const socket = createConnection(port, "127.0.0.1");
      socket.on("error", () => undefined);
      await once(socket, "connect");
      socket.write(garbage);
      await sleep(50);
      socket.destroy();
    }
    const answers = await Promise.all(Array.from({ length: 500 }, () => check(client, news)));
    expect(new Set(answers.map((answer) => answer.getInputs()?.toJavaScript()["name"]))).toEqual(new Set(["HR"]));
  }, 60_000);

  test("bytes that are no message, and types that are none of ours, are refused in words", async () => {
    const { client } = await serve(executable);
    const path = "/pulumirpc.ResourceProvider/Create";
    const same = (bytes: Buffer) => bytes;
    const refused = await new Promise<string>((resolve) => {
      client.makeUnaryRequest(path, same, same, Buffer.from([0xff, 0xff, 0xff]), (error) => {
        resolve(error?.details ?? "");
      });
    });
    expect(refused).toContain("no message of Pulumi's protocol");
  });

  test("it ends with the engine, whose end of the standard input is closed", async () => {
    const { child, client } = await serve(executable);
    await check(client, news);
    child.stdin?.end();
    expect(await once(child, "exit")).toEqual([0, null]);
  });

  test("it ends when it is asked to", async () => {
    const { child } = await serve(executable);
    child.kill("SIGINT");
    expect(await once(child, "exit")).toEqual([0, null]);
  });

  test("it serves soon", async () => {
    const times: number[] = [];
    for (let i = 0; i < 5; i += 1) times.push((await serve(executable)).startedInMs);
    // 300 ms on a machine of its own; here others work, too.
    expect(Math.min(...times)).toBeLessThan(600);
  });
});

const { engines } = JSON.parse(readFileSync(join(provider, "package.json"), "utf8")) as { engines: { node: string } };
const least = engines.node.replace(">=", "");
const [major = 0, minor = 0] = least.split(".").map(Number);

test.each([
  ...executables.map((executable) => join(provider, executable)),
  ...["sailpoint-typescript/host/pulumi-resource-pulumi-nodejs", "sailpoint-yaml/plugin/pulumi-resource-sailpoint"].map(
    (launcher) => join(provider, "../templates", launcher),
  ),
])("%s says that there is no Node.js", (launcher) => {
  const { status, stdout, stderr } = spawnSync(launcher, { env: { PATH: "/nowhere" }, encoding: "utf8" });
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toBe(
    `pulumi-sailpoint needs Node.js ${least} or later, which was not found on PATH. Install it, or add its folder to PATH.\n`,
  );
});

describe.each(executables)("%s by a Node.js of another version", (executable) => {
  const folder = mkdtempSync(join(tmpdir(), "version-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs with another version than Node.js has, until the standard input ends, which is at once. */
  const runBy = (version: string) => {
    const other = join(folder, "version.js");
    writeFileSync(
      other,
      `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "${version}" } });`,
    );
    const env = { ...process.env, NODE_OPTIONS: `--require ${other}` };
    return spawnSync(join(provider, executable), ["127.0.0.1:1"], { env, encoding: "utf8", input: "" });
  };

  test.each([`${major}.${minor - 1}.9`, `${major - 1}.99.0`, "9.11.2"])("%s is too old", (version) => {
    const { status, stdout, stderr } = runBy(version);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toBe(
      `pulumi-sailpoint needs Node.js ${least} or later, and ${process.execPath} is ${version}. Put a later one first on PATH.\n`,
    );
  });

  test.each([`${least}.0`, `${major + 1}.0.0`, "100.1.0"])("%s serves", (version) => {
    expect(runBy(version)).toMatchObject({ status: 0, stdout: expect.stringMatching(/^\d+\n$/) as string, stderr: "" });
  });
});
