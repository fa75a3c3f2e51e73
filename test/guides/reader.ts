/**
 * Somebody who follows a guide from an empty folder, in an empty home, word by word, with the packages as they would be
 * published. What a block is, the comment before it says:
 *
 *     file: PATH            the block is that file
 *     change: PATH          a diff of that file
 *     exit: CODE, fails     commands that end so; otherwise they end with 0
 *     shows                 lines that the commands before have printed, in this order; … stands for anything
 *     on a real tenant      nobody follows this here
 *     in another terminal   a simulated tenant, which goes on; the lines that it prints are pasted
 */
import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";

export interface Block {
  language: string;
  comment: string;
  code: string;
}

export class Reader {
  readonly #folder: string;
  readonly #memory: string;
  readonly #env: NodeJS.ProcessEnv;
  readonly #terminals: ChildProcess[] = [];
  #printed = "";

  /** @param tarballs what `npm install` gives for the names of our packages */
  constructor(base: string, tarballs: Record<string, string>) {
    this.#folder = join(base, "empty");
    this.#memory = join(base, "shell");
    mkdirSync(this.#folder, { recursive: true });
    const home = join(base, "home");
    const bin = join(base, "bin");
    for (const folder of [home, bin, this.#memory]) mkdirSync(folder);
    writeFileSync(join(bin, "npm"), shim(tarballs));
    chmodSync(join(bin, "npm"), 0o755);
    this.#env = {
      PATH: [bin, process.env["TEST_PULUMI_PATH"]].join(delimiter),
      HOME: home,
      PULUMI_HOME: join(home, ".pulumi"),
      PULUMI_SKIP_UPDATE_CHECK: "true",
      NO_COLOR: "1",
      CI: "true",
      // A home of its own, but not all of npm again for every guide.
      npm_config_cache: process.env["npm_config_cache"] ?? join(homedir(), ".npm"),
      npm_config_prefer_offline: "true",
      npm_config_audit: "false",
    };
  }

  async follow(block: Block): Promise<void> {
    const [word = "", value = ""] = block.comment.split(/:\s+/);
    if (word === "on a real tenant") return;
    if (word === "file") this.#write(value, block.code);
    else if (word === "change") this.#change(value, block.code);
    else if (word === "shows") this.#expect(block.code);
    else if (word === "in another terminal") await this.#inAnotherTerminal(block.code);
    else if (block.language === "sh")
      await this.#run(block.code, word === "fails" ? /^[1-9]/ : new RegExp(`^${value || "0"}$`));
    else throw new Error(`Nobody knows what this ${block.language} block is for:\n${block.code}`);
  }

  close(): void {
    for (const { pid } of this.#terminals) if (pid !== undefined) process.kill(-pid, "SIGKILL");
  }

  #write(path: string, text: string): void {
    const file = join(this.#cwd(), path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  #change(path: string, diff: string): void {
    const lines = diff.trimEnd().split("\n");
    const side = (sign: string) =>
      lines
        .filter((line) => line.startsWith(sign) || line.startsWith(" "))
        .map((line) => line.slice(1))
        .join("\n");
    const file = join(this.#cwd(), path);
    const before = readFileSync(file, "utf8");
    if (before.split(side("-")).length !== 2)
      throw new Error(`${path} does not have, or has more than once:\n${side("-")}\n--- it is\n${before}`);
    writeFileSync(
      file,
      before.replace(side("-"), () => side("+")),
    );
  }

  #expect(text: string): void {
    // The engine lines its columns up.
    let rest = this.#printed.replaceAll(/ +:/g, ":").replaceAll(/ +/g, " ");
    for (const line of text.trimEnd().split("\n")) {
      const pattern = new RegExp(
        line
          .trim()
          .split("…")
          .map((part) => escaped(part))
          .join(".*"),
      );
      const found = pattern.exec(rest);
      if (!found) throw new Error(`This was not printed, or not in this order: ${line}\n--- but\n${this.#printed}`);
      rest = rest.slice(found.index + found[0].length);
    }
  }

  /** The shell of a reader goes on from block to block: its folder and its variables stay. */
  async #run(code: string, wanted: RegExp): Promise<void> {
    const remember = `trap 'code=$?; export -p > ${this.#memory}/variables; pwd > ${this.#memory}/folder; exit $code' EXIT`;
    const variables = join(this.#memory, "variables");
    const before = existsSync(variables) ? `source ${variables}\n` : "";
    const line = `${before}${remember}\nset -eo pipefail\n${code}`;
    const child = spawn("bash", ["-c", line], { cwd: this.#cwd(), env: this.#env, stdio: ["ignore", "pipe", "pipe"] });
    this.#printed = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => (this.#printed += text));
    }
    const ended = await new Promise((resolve) => child.on("close", resolve));
    if (!wanted.test(String(ended)))
      throw new Error(`Exit code ${String(ended)} instead of ${wanted.source}:\n${code}\n---\n${this.#printed}`);
  }

  async #inAnotherTerminal(code: string): Promise<void> {
    const child = spawn("bash", ["-c", code], { cwd: this.#cwd(), env: this.#env, detached: true });
    this.#terminals.push(child);
    const pasted = await new Promise<string>((resolve, reject) => {
      let printed = "";
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        printed += text;
        const lines = printed.match(/^export SAIL_\w+=.*$/gm) ?? [];
        if (lines.length === 3) resolve(lines.join("\n"));
      });
      child.on("close", (ended) => reject(new Error(`${code} ended with exit code ${String(ended)}:\n${printed}`)));
    });
    await this.#run(pasted, /^0$/);
  }

  #cwd(): string {
    const remembered = join(this.#memory, "folder");
    return existsSync(remembered) ? readFileSync(remembered, "utf8").trim() : this.#folder;
  }
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");

/** npm, for which our packages are published already. */
function shim(tarballs: Record<string, string>): string {
  const cases = Object.entries(tarballs).map(([name, file]) => `    ${name}) words+=("${file}") ;;`);
  return `#!/usr/bin/env bash
words=()
for word in "$@"; do
  case "$word" in
${cases.join("\n")}
    *) words+=("$word") ;;
  esac
done
PATH="\${PATH#*:}" exec npm "\${words[@]}"
`;
}
