import type { Client } from "../api";
import type { Session } from "../tenant/session";
import type { Ending } from "./exit-codes";
import type { Progress } from "./progress";
import type { Style } from "./style";

/** One command as data: the command line, the help and the documentation are made from it. */
export interface CommandSpec<Input> {
  /** As it is typed: `list`, `schema download`. */
  name: string;
  /** What it does, in one line. */
  about: string;
  /** What else one must know. */
  details?: string;
  arguments?: readonly ArgumentSpec[];
  options?: readonly OptionSpec[];
  /** Command lines without the program's name, each with what it does. At least one. */
  examples: readonly (readonly [line: string, does: string])[];
  /** Changes something on the tenant: refused when the connection is read-only. */
  writes?: boolean;
  /** Other commands begin with its name: a word that is none of them is its argument. */
  leads?: boolean;
  /** Runs without a tenant, or asks for it itself. */
  offline?: boolean;
  /** The exit code of every failure but an interruption, where the command has a meaning of its own for the others. */
  failsWith?: number;
  /** Arguments by name and options by attribute name arrive together. */
  run(context: Context, input: Input): Promise<Result>;
}

export interface ArgumentSpec {
  name: string;
  about: string;
  optional?: boolean;
  several?: boolean;
  choices?: readonly string[];
}

export interface OptionSpec {
  /** In commander's notation: `--max-count <number>`. */
  flags: string;
  about: string;
  required?: boolean;
  default?: unknown;
  choices?: readonly string[];
  /** Reads the value; throws a UsageError when it is none. */
  parse?: (text: string) => unknown;
  /** The name under which the value arrives, where it is not the flag in camel case. */
  as?: string;
}

/** What a command works with. */
export interface Context {
  /** The tenant that the options and the environment name. The first use makes the client; nothing is sent by that. */
  readonly client: Client;
  /** A session of that tenant; or of another one, by the name of its environment (`--env`). */
  session(env?: string): Promise<Session>;
  /** What long work tells meanwhile. */
  readonly progress: Progress;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** Somebody sits at a terminal and can answer. */
  readonly interactive: boolean;
  /** Asks a question at the terminal. */
  ask(question: string): Promise<string>;
}

/** What a command found. */
export interface Result {
  /** For machines: what `--json` prints. */
  data: unknown;
  /** For people. */
  text(style: Style): string;
  /** Default: done. */
  ending?: Ending;
  /** Instead, where the command has codes of its own; its help tells them. */
  exitCode?: number;
}

/** A command whatever its input: what it takes is read by its own arguments and options. */
export type AnyCommand = CommandSpec<unknown>;

/** The argument that names a source, the same everywhere. */
export const sourceArgument: ArgumentSpec = { name: "source", about: "the source's name or id" };
