/**
 * Holds README.md to what it says: runs the commands of its `sh` blocks in order, in one shell, as somebody who follows
 * it would, with a tenant of this machine in the place of theirs; and compares the programs it quotes with their files.
 *
 * A comment before a block tells where this is not so: `run by: FILE` (another step of CI runs it), `in another
 * terminal` (it runs on while the others follow), `from: FILE` (a quotation).
 */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { blocksOf } from "./docs/blocks.mjs";
import { script, SetupFailure } from "./setup/failure.mjs";
import { cloneCache, root, userCache } from "./setup/places.mjs";
import { run, signalGroup } from "./setup/run.mjs";

/** @typedef {import("./docs/blocks.mjs").Block} Block */

await script(async () => {
  const blocks = blocksOf(readFileSync(join(root, "README.md"), "utf8"));
  blocks.filter(({ comment }) => comment.startsWith("from: ")).forEach(compare);
  await follow(blocks.filter(({ language }) => language === "sh"));
});

/** @param {Block} block */
function compare({ comment, code }) {
  const file = comment.slice("from: ".length);
  if (!readFileSync(join(root, file), "utf8").includes(code)) {
    throw new SetupFailure(`README.md quotes ${file}, but this does not stand there:\n${code}`);
  }
  process.stdout.write(`quoted as it is: ${file}\n`);
}

/** @param {Block[]} blocks */
async function follow(blocks) {
  const stackFile = join(root, "Pulumi.dev.yaml");
  if (existsSync(stackFile))
    throw new SetupFailure("There is a stack `dev` of yours in this clone; the README makes one.");
  mkdirSync(cloneCache, { recursive: true });
  const home = mkdtempSync(join(cloneCache, "readme-"));
  // A home of its own, as somebody's who has never used Pulumi; but the CLI is the one that is there.
  const env = { ...process.env, HOME: home, XDG_CACHE_HOME: dirname(userCache()), PULUMI_HOME: join(home, ".pulumi") };
  /** @type {{ stop: () => void, pasted: string }} */
  let terminal = { stop: () => undefined, pasted: "" };
  let commands = "";
  try {
    for (const { comment, code } of blocks) {
      if (comment.startsWith("run by: ")) {
        const file = comment.slice("run by: ".length);
        if (!existsSync(join(root, file)))
          throw new SetupFailure(`README.md: ${file} runs nothing, it does not exist.`);
      } else if (comment === "in another terminal") {
        terminal = await otherTerminal(code, env);
      } else {
        // Where the reader writes the settings of a tenant, those are pasted that the simulator printed.
        commands += code.includes("your-tenant") ? terminal.pasted : code;
      }
    }
    await shell(commands, env);
  } finally {
    terminal.stop();
    rmSync(stackFile, { force: true });
    rmSync(home, { recursive: true, force: true });
  }
}

/** @param {string} commands @param {NodeJS.ProcessEnv} env */
async function shell(commands, env) {
  const onLine = (/** @type {string} */ line) => process.stdout.write(`${line}\n`);
  const { code } = await run("bash", ["-euxo", "pipefail", "-c", commands], { cwd: root, env, onLine });
  if (code !== 0) throw new SetupFailure(`The commands of README.md ended with exit code ${code}.`);
}

/** Starts what runs on, and waits for the settings it prints. @param {string} command @param {NodeJS.ProcessEnv} env */
function otherTerminal(command, env) {
  process.stdout.write(`in another terminal: ${command}`);
  const child = spawn("bash", ["-c", command], {
    cwd: root,
    env,
    stdio: ["ignore", "pipe", "inherit"],
    detached: true,
  });
  const stop = () => child.pid !== undefined && signalGroup(child.pid, "SIGTERM");
  process.once("exit", stop);
  return new Promise((resolve, reject) => {
    let printed = "";
    child.stdout.setEncoding("utf8").on("data", (text) => {
      printed += text;
      const settings = printed.match(/^export SAIL_\w+=.*$/gm) ?? [];
      if (settings.length === 3) resolve({ stop, pasted: `${settings.join("\n")}\n` });
    });
    child.on("close", (code) => reject(new SetupFailure(`${command} ended with exit code ${code}:\n${printed}`)));
  });
}
