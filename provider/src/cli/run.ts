import { CommanderError } from "commander";
import { createInterface } from "node:readline/promises";
import { type Client, type Notice, createRedactor } from "../api";
import type { AnyCommand, Context } from "./command";
import { candidates, completionCommand } from "./completion";
import { type Globals, clientFor } from "./connection";
import { exitCodes } from "./exit-codes";
import { CommandError, UsageError, failureOf } from "./failure";
import { createProgram, programName } from "./program";
import { progressOn } from "./progress";
import { printableLines, styleFor } from "./style";

/** Runs one command line in this process and answers its exit code. */
export async function run(words: readonly string[]): Promise<number> {
  endQuietlyWithoutReader();
  const interruption = new AbortController();
  const onInterrupt = () => interruption.abort();
  process.once("SIGINT", onInterrupt);
  let code: number = exitCodes.done.code;
  const program = createProgram(async (command, input, globals) => {
    code = await execute(command, input, globals, interruption.signal);
  });
  try {
    if (words[0] === completionCommand) process.stdout.write(lines(candidates(program, words.slice(1))));
    else await program.parseAsync(words, { from: "user" });
    return code;
  } catch (error) {
    return report(error, words.includes("--json"));
  } finally {
    process.off("SIGINT", onInterrupt);
  }
}

const lines = (list: readonly string[]): string => list.map((line) => `${line}\n`).join("");

async function execute(command: AnyCommand, input: unknown, globals: Globals, signal: AbortSignal): Promise<number> {
  if (command.writes === true && globals.readOnly === true) {
    throw new CommandError(
      "notAllowed",
      `\`${programName} ${command.name}\` changes the tenant, and --read-only was given; nothing was sent.`,
    );
  }
  let client: Client | undefined;
  const notices: Notice[] = [];
  const connect = () => (client ??= clientFor(globals, process.env, (notice) => notices.push(notice)));
  const context: Context = {
    get client() {
      return connect();
    },
    progress: progressOn(process.stderr, styleFor(process.stderr)),
    signal,
    interactive: process.stdin.isTTY && process.stderr.isTTY,
    ask: (question) => ask(question, signal),
  };
  try {
    // At once, so that a missing configuration is told before a missing file.
    if (command.offline !== true) connect();
    const result = await command.run(context, input);
    const text =
      globals.json === true ? JSON.stringify(result.data, undefined, 2) : result.text(styleFor(process.stdout));
    if (text !== "") process.stdout.write(`${text}\n`);
    return exitCodes[result.ending ?? "done"].code;
  } finally {
    client?.close();
    warn(notices);
  }
}

/** After the work, since its progress is drawn on standard error too. */
function warn(notices: readonly Notice[]): void {
  const style = styleFor(process.stderr);
  for (const { text } of notices) process.stderr.write(`${style.warning("Warning:")} ${printableLines(text)}\n`);
}

/** Tells a failure: a text for people on standard error, JSON for machines on standard output. */
function report(error: unknown, json: boolean): number {
  if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.done.code;
  // Without a command, commander has printed the help already.
  if (error instanceof CommanderError && error.code === "commander.help") return exitCodes.usage.code;
  const redactor = createRedactor({ secrets: [process.env["SAIL_CLIENT_SECRET"] ?? ""] });
  const mistake = error instanceof CommanderError ? usageErrorOf(error) : error;
  const { ending, text, data } = failureOf(mistake, redactor.text);
  const style = styleFor(process.stderr);
  process.stderr.write(`${style.bad(ending === "interrupted" ? "Interrupted:" : "Error:")} ${printableLines(text)}\n`);
  const { code } = exitCodes[ending];
  if (json) process.stdout.write(`${JSON.stringify({ ...data, exitCode: code }, undefined, 2)}\n`);
  return code;
}

function usageErrorOf({ message }: CommanderError): UsageError {
  const text = message.replace(/^error: /, "").replace(/\n\((.*)\)$/, " $1");
  const secret = /--(client-)?secret/.test(text)
    ? " The client secret is no option, since others could read it there: `export SAIL_CLIENT_SECRET=…`."
    : "";
  return new UsageError(
    `${text}${text.endsWith("?") || text.endsWith(".") ? "" : "."}${secret} \`--help\` shows how it is used.`,
  );
}

async function ask(question: string, signal: AbortSignal): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    // Ctrl-C comes here while a question is open, and not as a signal of the process.
    terminal.once("SIGINT", () => process.emit("SIGINT"));
    return await terminal.question(question, { signal });
  } catch (error) {
    if (signal.aborted) throw new CommandError("interrupted", "nothing was changed.", { cause: error });
    throw error;
  } finally {
    terminal.close();
  }
}

/** `pulumi-sailpoint list | head` closes our output, which is no failure. */
function endQuietlyWithoutReader(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
      process.exit();
    });
  }
}
