import { Argument, Command, InvalidArgumentError, Option } from "commander";
import { apiVersions, defaultApiVersion } from "../api";
import type { AnyCommand, ArgumentSpec, OptionSpec } from "./command";
import { commands, groups } from "./commands";
import type { Globals } from "./connection";
import { exitCodes } from "./exit-codes";
import { UsageError } from "./failure";
import { packageVersion } from "../api/package-version";

export type Execute = (command: AnyCommand, input: unknown, globals: Globals) => Promise<void>;

export const programName = "pulumi-sailpoint";

/** The command line, made from the commands. It throws instead of ending the process. */
export function createProgram(execute: Execute): Command {
  const program = new Command(programName)
    .description("Look at and act on the sources of a SailPoint Identity Security Cloud tenant.")
    .version(packageVersion())
    .option("--json", "print one JSON document on standard output, also for a failure")
    .option(
      "--env <name>",
      "a tenant by its name, with SAIL_CLIENT_ID_<NAME> and SAIL_CLIENT_SECRET_<NAME>; its address is SAIL_BASE_URL_<NAME>, or that of the official CLI's ~/.sailpoint/config.yaml",
    )
    .option(
      "--base-url <url>",
      "the tenant's API, https://TENANT.api.identitynow.com (default: SAIL_BASE_URL; another one beside it is an error)",
    )
    .option("--client-id <id>", "the client (default: SAIL_CLIENT_ID); its secret comes from SAIL_CLIENT_SECRET")
    .addOption(
      new Option("--api-version <version>", "the version of the API, or services for the form that has one per service")
        .choices(apiVersions)
        .default(defaultApiVersion),
    )
    .option("--read-only", "refuse whatever changes the tenant")
    .addHelpText("after", programHelp)
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ outputError: () => undefined })
    .exitOverride();
  for (const spec of commands) add(program, spec, execute);
  return program;
}

const programHelp = `
The tenant is named by the environment of SailPoint's own tools:
  export SAIL_BASE_URL=https://TENANT.api.identitynow.com
  export SAIL_CLIENT_ID=…
  export SAIL_CLIENT_SECRET=…

Exit codes:
${Object.values(exitCodes)
  .map(({ code, means }) => `  ${String(code).padEnd(4)} ${means}`)
  .join("\n")}

NO_COLOR turns colours off. Each command has examples: ${programName} list --help
`;

function add(program: Command, spec: AnyCommand, execute: Execute): void {
  const [first = "", second] = spec.name.split(" ");
  const parent = second === undefined ? program : groupOf(program, first);
  const command = parent
    .command(second ?? first)
    .summary(spec.about)
    .description([spec.about, spec.details].filter(Boolean).join("\n\n"))
    .addHelpText("after", exampleText(spec));
  if (spec.leads === true) command.allowUnknownOption().allowExcessArguments();
  for (const argument of spec.arguments ?? []) command.addArgument(argumentOf(argument));
  const options = (spec.options ?? []).map((option) => ({ spec: option, option: optionOf(option) }));
  for (const { option } of options) command.addOption(option);
  command.action(async (...given: unknown[]) => {
    const values = given.slice(0, command.registeredArguments.length);
    const byArgument = (spec.arguments ?? []).map(({ name }, i) => [name, values[i]] as const);
    const byOption = options.map(({ spec: { as }, option }) => {
      return [as ?? option.attributeName(), command.getOptionValue(option.attributeName()) as unknown] as const;
    });
    const input = Object.fromEntries([...byArgument, ...byOption].filter(([, value]) => value !== undefined));
    await execute(spec, input, command.optsWithGlobals());
  });
}

function groupOf(program: Command, name: string): Command {
  const known = program.commands.find((command) => command.name() === name);
  return known ?? program.command(name).description(groups[name] ?? "");
}

const exampleText = ({ examples }: AnyCommand): string =>
  `\nExamples:\n${examples.map(([line, does]) => `  $ ${programName} ${line}\n      ${does}`).join("\n")}\n`;

function argumentOf({ name, about, optional, several, choices }: ArgumentSpec): Argument {
  const text = several === true ? `${name}...` : name;
  const argument = new Argument(optional === true ? `[${text}]` : `<${text}>`, about);
  return choices === undefined ? argument : argument.choices(choices);
}

function optionOf({ flags, about, required, choices, parse, ...rest }: OptionSpec): Option {
  const option = new Option(flags, about).makeOptionMandatory(required === true);
  if (choices !== undefined) option.choices(choices);
  if (rest.default !== undefined) option.default(rest.default);
  if (parse !== undefined) option.argParser((text: string) => parsed(parse, text));
  return option;
}

/** A mistake in a value, told with the option that it belongs to. */
function parsed(parse: (text: string) => unknown, text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof UsageError) throw new InvalidArgumentError(error.message);
    throw error;
  }
}
