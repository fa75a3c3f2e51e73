import { spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { root } from "../setup/places.mjs";
import { signalGroup } from "../setup/run.mjs";

const patienceMs = 8_000;

/** One stack of the root program, deployed by the real CLI. */
export class Deployment {
  /** @type {import("node:child_process").ChildProcess | undefined} */
  #running;
  #stopped = false;

  /** @param {string} pulumi @param {string} stack @param {NodeJS.ProcessEnv} env */
  constructor(pulumi, stack, env) {
    this.pulumi = pulumi;
    this.stack = stack;
    this.env = env;
  }

  /** Runs a command and shows what it prints. @param {string[]} args */
  async run(...args) {
    const colour = process.stdout.isTTY ? ["--color=always"] : [];
    await this.#start([...args, "--suppress-progress", ...colour], (text) => process.stdout.write(text));
  }

  /** Runs a command and returns what it prints. @param {string[]} args */
  async quietly(...args) {
    let output = "";
    await this.#start(args, (text) => (output += text));
    return output;
  }

  /**
   * Stops the command that is running: the engine ends what it does and its plugins, as after Ctrl-C; a second signal
   * makes it give up what does not end.
   */
  async stop() {
    this.#stopped = true;
    const child = this.#running;
    if (child?.pid === undefined) return;
    const ended = new Promise((resolve) => child.once("close", resolve));
    for (const signal of /** @type {const} */ (["SIGINT", "SIGINT", "SIGKILL"])) {
      signalGroup(child.pid, signal);
      if (await Promise.race([ended.then(() => true), sleep(patienceMs, false, { ref: false })])) return;
    }
  }

  /** Never settles once it was stopped. @param {string[]} args @param {(text: string) => void} show @returns {Promise<void>} */
  #start(args, show) {
    return new Promise((resolve, reject) => {
      if (this.#stopped) return;
      const child = spawn(this.pulumi, [...args, "--stack", this.stack, "--non-interactive"], {
        cwd: root,
        env: this.env,
        stdio: ["ignore", "pipe", "pipe"],
        detached: true, // Ctrl-C comes through stop(), once
      });
      this.#running = child;
      let errors = "";
      child.stdout.setEncoding("utf8").on("data", show);
      child.stderr.setEncoding("utf8").on("data", (text) => (errors += text));
      child.on("error", reject);
      child.on("close", (code) => {
        this.#running = undefined;
        if (this.#stopped) return;
        if (code === 0) resolve();
        else reject(new Error(`pulumi ${args.join(" ")} ended with exit code ${code}\n${errors}`));
      });
    });
  }
}
