import { counted } from "../inventory/counted";
import { type Inventory, type Note, secretsIn } from "../inventory/inventory";
import {
  type LanguageName,
  type PrintOptions,
  languageNames,
  printedSource,
  projectOf,
} from "../inventory/program/project";
import { scriptName, templatesOf } from "../inventory/program/templates";
import { readTenant } from "../inventory/reading";
import type { Session } from "../tenant/session";
import type { AnyCommand, CommandSpec, Context } from "./command";
import { CommandError, UsageError } from "./failure";
import { didYouMean } from "../reconcile/nearest";
import { packageVersion } from "../api/package-version";
import { projectName, putProject } from "./project-folder";
import { type Style, printable, printableLines } from "./style";

interface Input {
  sources: string[];
  out?: string;
  print?: boolean;
  filters?: string;
  connector?: string;
  all?: boolean;
  language: LanguageName;
  import?: boolean;
  force?: boolean;
}

const spec: CommandSpec<Input> = {
  name: "export",
  about: "write sources, and all that hangs on them, as a Pulumi project",
  details:
    "One file for each source, with its schemas, policies, schedules and configurations; references by alias and name. " +
    "Nothing that the tenant owns and no id is written, and no secret that is told by its key: each becomes `config.getSecret(…)`, which declares " +
    "nothing until it is set; what a text holds within is as it is (docs/secrets.md). The first `pulumi up` of the project takes over what is there and changes nothing. The same " +
    "tenant gives the same bytes. The project is called after the folder, and keeps its name. A folder that is there is updated where its files are as an export of this tenant wrote " +
    "them; the file of a stack stays as Pulumi keeps it. What cannot be carried over is told, and listed in the project's " +
    "README.md.",
  arguments: [
    { name: "sources", about: "names of sources, `*` for any text; default: all", optional: true, several: true },
  ],
  options: [
    { flags: "--out <folder>", about: "the project's folder" },
    { flags: "--print", about: "print one source to standard output instead" },
    { flags: "--filters <expression>", about: "the API's filter, such as 'name sw \"HR\"'" },
    { flags: "--connector <script-name>", about: "only sources of this connector, such as delimited-file" },
    { flags: "--all", about: "also what a new source of the connector has from the start" },
    {
      flags: "--language <name>",
      about: "the program's language; YAML goes through the plugin, and is one file",
      default: "typescript",
      choices: languageNames,
    },
    {
      flags: "--import",
      about: "import what is there by its ids, instead of taking it over by `adopt`; for this tenant only",
    },
    {
      flags: "--force",
      about: "write over files that were changed since they were exported, or are of another tenant",
    },
  ],
  examples: [
    ["export --out sources", "all sources, as a project in the folder sources"],
    ["export 'HR *' \"Corporate Directory\" --out hr", "some of them"],
    ['export "HR Feed" --print', "one source, to look at"],
    ["export --out sources --language yaml", "the same as a program in YAML"],
    ["export --env production --out backup --all", "everything of another tenant, for compare and restore"],
  ],
  async run(context, input) {
    const folder = input.out?.trim() === "" ? undefined : input.out;
    if ((folder === undefined) === (input.print !== true)) {
      throw new UsageError("Say where the project goes, --out FOLDER, or --print for one source.");
    }
    const session = await context.session();
    const inventory = await inventoryOf(context, session, input);
    const options = {
      name: await projectName(folder),
      templates: await templatesOf(session, inventory.sources),
      language: input.language,
      all: input.all === true,
      imports: input.import === true,
    };
    if (folder === undefined) return print(inventory, options);
    const { baseUrl } = session.client;
    const project = await projectOf(inventory, {
      ...options,
      baseUrl,
      tenant: session.tenant,
      version: packageVersion(),
    });
    if (context.signal.aborted) throw new CommandError("interrupted", "nothing was written.");
    const { written, removed } = await putProject(folder, project, input.force === true);
    const { notes } = project;
    const secrets = project.asked.secrets.map(({ key }) => key);
    return {
      data: {
        tenant: session.tenant,
        folder,
        project: options.name,
        stack: project.stack,
        sources: inventory.sources.map(({ name, children }) => ({ name, objects: children.length + 1 })),
        secrets,
        values: project.asked.values.map(({ key }) => key),
        notes,
        written,
        removed,
      },
      text: (style) =>
        [
          `${style.bold(counted(inventory.sources.length, "source"))} of ${session.tenant} in ${printable(folder)}: ` +
            `${counted(written.length, "file")} written, ${String(removed.length)} removed.`,
          ...(secrets.length === 0
            ? []
            : [`${counted(secrets.length, "secret")} can be set: README.md tells under which keys.`]),
          ...notesText(notes, style),
        ].join("\n"),
    };
  },
};

export const exportCommand: AnyCommand = spec;

async function inventoryOf(
  { progress }: Context,
  session: Session,
  { sources, filters, connector }: Input,
): Promise<Inventory> {
  const patterns = sources.map((name) => ({ name, matches: patternOf(name) }));
  const names = new Set<string>();
  const connectors = new Set<string>();
  const which = (source: Record<string, unknown>): boolean => {
    const name = String(source["name"]);
    names.add(name);
    connectors.add(scriptName(String(source["connector"])));
    const isNamed = patterns.length === 0 || patterns.some(({ matches }) => matches.test(name));
    const ofConnector = connector === undefined || scriptName(String(source["connector"])) === scriptName(connector);
    return isNamed && ofConnector;
  };
  const inventory = await progress.during(`Reading the sources of ${session.tenant}`, (tell) =>
    readTenant(session, {
      which,
      ...(filters === undefined ? {} : { filters }),
      onProgress: (done, of) => {
        tell(`${String(done)} of ${String(of)}`);
      },
    }),
  );
  for (const { name, matches } of patterns) {
    if ([...names].some((one) => matches.test(one))) continue;
    throw none(`"${name}"`, didYouMean(name, [...names]));
  }
  const isWhole = patterns.length === 0 && connector === undefined && filters === undefined;
  if (isWhole) return inventory;
  if (inventory.sources.length === 0) {
    const isKnown = connector === undefined || connectors.has(scriptName(connector));
    throw isKnown
      ? none("that fits all that was asked for")
      : none(`of the connector "${connector}"`, didYouMean(connector, [...connectors]));
  }
  return { ...inventory, excerpt: true };

  function none(what: string, hint = ""): CommandError {
    return new CommandError("notFound", `The tenant ${session.tenant} has no source ${what}.${hint}`);
  }
}

/** A name in which `*` stands for any text. */
const patternOf = (name: string): RegExp =>
  new RegExp(
    `^${name
      .split("*")
      .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"))
      .join(".*")}$`,
    "su",
  );

async function print(inventory: Inventory, options: PrintOptions) {
  const [source, ...others] = inventory.sources;
  if (!source || others.length > 0) {
    throw new UsageError(
      `--print prints one source, and ${counted(inventory.sources.length, "is meant", "are meant")}: name one.`,
    );
  }
  const program = await printedSource(inventory, options);
  return {
    data: { source: source.name, program, secrets: secretsIn(source.inputs), notes: inventory.notes },
    text: () => printableLines(program).trimEnd(),
  };
}

/** What could not be taken along, for people. */
export function notesText(
  notes: readonly Note[],
  style: Style,
  one = "could not be taken along:",
  several = one,
): string[] {
  if (notes.length === 0) return [];
  return [
    style.warning(counted(notes.length, `thing ${one}`, `things ${several}`)),
    ...notes.map(({ source, title, why }) => `  ${printable(source)}: ${printable(title)}: ${printable(why)}`),
  ];
}
