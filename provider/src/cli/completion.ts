import type { Command } from "commander";
import type { AnyCommand, CommandSpec } from "./command";

type Shell = keyof typeof scripts;

/* Each script asks the program itself, so that it never has to be made anew. */
const scripts = {
  bash: `_pulumi_sailpoint() {
  local IFS=$'\\n'
  COMPREPLY=($(pulumi-sailpoint __complete "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o default -F _pulumi_sailpoint pulumi-sailpoint
`,
  zsh: `#compdef pulumi-sailpoint
_pulumi_sailpoint() {
  local -a found
  found=(\${(f)"$(pulumi-sailpoint __complete "\${(@)words[2,CURRENT]}" 2>/dev/null)"})
  if (( \${#found} )); then compadd -a found; else _files; fi
}
# Loaded from fpath this file is the function itself; sourced it is not.
if [[ $funcstack[1] == _pulumi-sailpoint ]]; then _pulumi_sailpoint; else compdef _pulumi_sailpoint pulumi-sailpoint; fi
`,
  fish: `complete -c pulumi-sailpoint -a '(pulumi-sailpoint __complete (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)'
`,
} as const;

const spec: CommandSpec<{ shell: Shell }> = {
  name: "completion",
  about: "print the script that completes commands and options in a shell",
  arguments: [{ name: "shell", about: "the shell", choices: Object.keys(scripts) }],
  examples: [
    ["completion bash >> ~/.bashrc", "for bash"],
    ['completion zsh > "${fpath[1]}/_pulumi-sailpoint"', "for zsh"],
    ["completion fish > ~/.config/fish/completions/pulumi-sailpoint.fish", "for fish"],
  ],
  offline: true,
  run: (_context, { shell }) => {
    const script = scripts[shell];
    return Promise.resolve({ data: { shell, script }, text: () => script.trimEnd() });
  },
};

export const completion: AnyCommand = spec;

/** What the scripts ask for: the words that may stand where the last of these stands, which may be begun. */
export const completionCommand = "__complete";

export function candidates(program: Command, words: readonly string[]): string[] {
  const begun = words.at(-1) ?? "";
  let command = program;
  for (const word of words.slice(0, -1)) {
    command = command.commands.find((one) => one.name() === word) ?? command;
  }
  const previous = words.at(-2);
  const options = [command, program].flatMap((one) => one.createHelp().visibleOptions(one));
  const awaiting = options.find(
    ({ long, short }) => previous !== undefined && (long === previous || short === previous),
  );
  if (awaiting?.required === true) return (awaiting.argChoices ?? []).filter((choice) => choice.startsWith(begun));
  const names = begun.startsWith("-")
    ? options.flatMap(({ long }) => (long === undefined ? [] : [long]))
    : [
        ...command
          .createHelp()
          .visibleCommands(command)
          .map((one) => one.name()),
        ...command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []),
      ];
  return [...new Set(names)].filter((name) => name.startsWith(begun));
}
