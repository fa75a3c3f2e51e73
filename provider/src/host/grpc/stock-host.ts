import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Client, type Metadata, type ServiceError, credentials, status } from "@grpc/grpc-js";
import { CallError } from "./call-error";
import { SERVICE, bytes } from "./server";

/**
 * Pulumi's own host of dynamic resources, as a process beside ours: it is started when the first resource of somebody
 * else's comes, and ends with us.
 */
export class StockHost {
  private started: Promise<Client> | undefined;
  private child: ChildProcess | undefined;
  /** The request by which the engine configured us, which is the stock host's first one, too. */
  configuration: Uint8Array | undefined;

  /** @param args Those that the engine started us with. */
  constructor(private readonly args: readonly string[]) {}

  /** Whether it was needed until now. */
  get isRunning(): boolean {
    return this.started !== undefined;
  }

  /** Hands on a call as it is, and gives back its answer as it is. */
  async call(method: string, request: Uint8Array): Promise<Buffer> {
    this.started ??= this.start();
    return ask(await this.started, method, request);
  }

  end(): void {
    this.child?.kill("SIGKILL");
  }

  private async start(): Promise<Client> {
    const child = spawn(process.execPath, ["--require", WATCH, scriptOfProgram(), ...this.args], {
      stdio: ["ignore", "pipe", "inherit", "ipc"],
    });
    this.child = child;
    const port = await firstLine(child);
    const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure(), UNLIMITED);
    if (this.configuration) await ask(client, "Configure", this.configuration);
    return client;
  }
}

const ask = (client: Client, method: string, request: Uint8Array): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const answered = (error: ServiceError | null, answer: Buffer | undefined) => {
      if (error) reject(new CallError(error.code, error.details, withoutTransport(error.metadata)));
      else if (answer) resolve(answer);
      else reject(new CallError(status.INTERNAL, `Pulumi's dynamic host answered nothing to ${method}`));
    };
    client.makeUnaryRequest(SERVICE + method, bytes, bytes, Buffer.from(request), answered);
  });

const UNLIMITED = { "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 };
/** Ends the process when ours has ended, however it did. */
const WATCH = join(__dirname, "end-with-parent.js");

/** The host of the SDK that the program itself uses. */
function scriptOfProgram(): string {
  try {
    return createRequire(join(process.cwd(), "index.js")).resolve("@pulumi/pulumi/cmd/dynamic-provider");
  } catch (error) {
    throw new CallError(
      status.FAILED_PRECONDITION,
      `A dynamic resource that is not of pulumi-sailpoint needs Pulumi's own host, and @pulumi/pulumi is not installed ` +
        `in ${process.cwd()}: ${String(error)}`,
    );
  }
}

/** The port that it prints first; what comes after is the providers' own output. */
function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    const onData = (chunk: Buffer) => {
      text += chunk.toString();
      const end = text.indexOf("\n");
      if (end < 0) return;
      child.stdout?.off("data", onData);
      process.stdout.write(text.slice(end + 1));
      child.stdout?.pipe(process.stdout, { end: false });
      resolve(text.slice(0, end).trim());
    };
    child.stdout?.on("data", onData);
    child.on("error", reject);
    child.on("exit", (code, signal) => {
      reject(
        new CallError(status.UNAVAILABLE, `Pulumi's dynamic host ended (${String(code ?? signal)}) before it served`),
      );
    });
  });
}

/** What the transport added of its own is not part of the answer. */
function withoutTransport(metadata: Metadata): Metadata {
  const kept = metadata.clone();
  for (const key of Object.keys(kept.getMap())) if (!key.startsWith("grpc-status-details")) kept.remove(key);
  return kept;
}
