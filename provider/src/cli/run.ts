import { CommanderError } from "commander";
import { setMaxListeners } from "node:events";
import { createInterface } from "node:readline/promises";
import { type Notice, createRedactor } from "../api";
import type { AnyCommand, Context } from "./command";
import { candidates, completionCommand } from "./completion";
import { type Connected, type Globals, connectionFor } from "./connection";
import { exitCodes } from "./exit-codes";
import { CommandError, UsageError, failureOf } from "./failure";
import { createProgram, programName } from "./program";
import { progressOn } from "./progress";
import { printableLines, styleFor } from "./style";
import type { Report } from "../tenant/report";
import { sessionOf } from "../tenant/session";

/** Runs one command line in this process and answers its exit code. */
export async function run(words: readonly string[]): Promise<number> {
  endQuietlyWithoutReader();
  const interruption = new AbortController();
  // Every call listens to it, and many are under way at once.
  setMaxListeners(0, interruption.signal);
  const onInterrupt = () => interruption.abort();
  process.once("SIGINT", onInterrupt);
  let code: number = exitCodes.done.code;
  let failsWith: number | undefined;
  const program = createProgram(async (command, input, globals) => {
    ({ failsWith } = command);
    code = await execute(command, input, globals, interruption.signal);
  });
  try {
    if (words[0] === completionCommand) process.stdout.write(lines(candidates(program, words.slice(1))));
    else await program.parseAsync(words, { from: "user" });
    return code;
  } catch (error) {
    return report(error, words.includes("--json"), failsWith);
  } finally {
    process.off("SIGINT", onInterrupt);
  }
}

/** The client secrets of all tenants that the environment knows. */
const secretsIn = (environment: NodeJS.ProcessEnv): string[] =>
  Object.entries(environment).flatMap(([name, value = ""]) => (/^SAIL_CLIENT_SECRET(_|$)/.test(name) ? [value] : []));

const lines = (list: readonly string[]): string => list.map((line) => `${line}\n`).join("");

async function execute(command: AnyCommand, input: unknown, globals: Globals, signal: AbortSignal): Promise<number> {
  if (command.writes === true && globals.readOnly === true) {
    throw new CommandError(
      "notAllowed",
      `\`${programName} ${command.name}\` changes the tenant, and --read-only was given; nothing was sent.`,
    );
  }
  const tenants = new Map<string, Connected>();
  const notices: Notice[] = [];
  const connect = (env = globals.env ?? "") => {
    const known =
      tenants.get(env) ??
      connectionFor(env === "" ? globals : { ...globals, env }, process.env, (notice) => notices.push(notice));
    tenants.set(env, known);
    return known;
  };
  const context: Context = {
    get client() {
      return connect().client;
    },
    session: (env) => {
      const { client, settings } = connect(env);
      return sessionOf(client, settings.settleMs, { signal, report: reportOn(process.stderr) });
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
    return result.exitCode ?? exitCodes[result.ending ?? "done"].code;
  } finally {
    for (const { client } of tenants.values()) client.close();
    warn(notices);
  }
}

/** What is told about an object while something is done with it. */
const reportOn = (stream: NodeJS.WriteStream): Report => ({
  info: () => undefined, // the result says what was done
  warn: (line) => void stream.write(`${styleFor(stream).warning("Warning:")} ${printableLines(line)}\n`),
  status: () => undefined,
});

/** After the work, since its progress is drawn on standard error too. */
function warn(notices: readonly Notice[]): void {
  const style = styleFor(process.stderr);
  for (const { text } of notices) process.stderr.write(`${style.warning("Warning:")} ${printableLines(text)}\n`);
}

/** Tells a failure: a text for people on standard error, JSON for machines on standard output. */
function report(error: unknown, json: boolean, failsWith: number | undefined): number {
  if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.done.code;
  const redactor = createRedactor({ secrets: secretsIn(process.env) });
  const mistake = error instanceof CommanderError ? usageErrorOf(error) : error;
  const { ending, text, data } = failureOf(mistake, redactor.text);
  const style = styleFor(process.stderr);
  const title = style.bad(ending === "interrupted" ? "Interrupted:" : "Error:");
  if (!isWithoutCommand(error)) process.stderr.write(`${title} ${printableLines(text)}\n`);
  const code = ending === "interrupted" ? exitCodes.interrupted.code : (failsWith ?? exitCodes[ending].code);
  if (json) process.stdout.write(`${JSON.stringify({ ...data, exitCode: code }, undefined, 2)}\n`);
  return code;
}

/** Then commander has printed the help already. */
const isWithoutCommand = (error: unknown): boolean =>
  error instanceof CommanderError && error.code === "commander.help";

function usageErrorOf(error: CommanderError): UsageError {
  const message = isWithoutCommand(error) ? "there is no command to run" : error.message;
  const text = message.replace(/^error: /, "").replace(/\n\((.*)\)$/, ". $1");
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
