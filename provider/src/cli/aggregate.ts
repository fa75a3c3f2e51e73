import type { CallOptions, Client, Source, UploadFile } from "../api";
import { type AnyCommand, type CommandSpec, sourceArgument } from "./command";
import { UsageError } from "./failure";
import { fileToUpload } from "./options";
import { findSource, titleOf } from "./sources";
import { type Waiting, resultOfTask, waitingOptions } from "./tasks";

interface Input extends Waiting {
  source: string;
  file?: string;
  uncorrelated?: boolean;
  entitlements?: boolean;
  optimization: boolean;
}

const spec: CommandSpec<Input> = {
  name: "aggregate",
  about: "read the accounts or entitlements of a source into the tenant, and wait for it",
  details:
    "A Delimited File source takes a CSV file; any other source reads its system, and takes none. The result counts " +
    "what was created, updated and deleted. A task that fails ends with exit code 6; one that ends with a warning, " +
    "such as a reached delete threshold, by which no account is deleted, shows it and ends with 0, with `--strict` with 6.",
  arguments: [sourceArgument, { name: "file", about: "the CSV file, for a Delimited File source", optional: true }],
  options: [
    { flags: "--entitlements", about: "aggregate entitlements instead of accounts" },
    { flags: "--uncorrelated", about: "correlate uncorrelated accounts by a CSV file, whatever the source" },
    { flags: "--no-optimization", about: "process accounts that did not change, too" },
    ...waitingOptions,
  ],
  examples: [
    ['aggregate "Corporate Directory"', "reads all accounts of the directory"],
    ['aggregate "HR Feed" accounts.csv', "makes the file's rows the accounts of HR Feed"],
    [
      'aggregate "HR Feed" accounts.csv --strict',
      "the same in a nightly job, which fails where the threshold was reached",
    ],
    ['aggregate "HR Feed" groups.csv --entitlements', "makes the file's rows the entitlements"],
    ['aggregate "HR Feed" pairs.csv --uncorrelated', "correlates accounts as the file says"],
    ['aggregate "Corporate Directory" --no-wait --json | jq -r .task.id', "starts, and goes on with the task's id"],
  ],
  writes: true,
  async run(context, input) {
    const { client, signal } = context;
    if (input.uncorrelated === true && input.entitlements === true) {
      throw new UsageError("--uncorrelated and --entitlements exclude each other: run the command twice.");
    }
    const file = input.file === undefined ? undefined : await fileToUpload(input.file);
    const source = await findSource(client, input.source, signal);
    const load = input.uncorrelated === true ? uncorrelated : input.entitlements === true ? entitlements : accounts;
    requireFittingFile(source, file, load);
    const how = { signal, context: titleOf(source) };
    const id = await load.start(client, source.id, { file, disableOptimization: !input.optimization }, how);
    return resultOfTask(
      context,
      { id, source, context: how.context, doing: `${load.doing} of ${JSON.stringify(source.name)}` },
      input,
    );
  },
};

export const aggregate: AnyCommand = spec;

interface Load {
  doing: string;
  /** Takes a file from any source, and needs it. */
  alwaysFile?: boolean;
  start(client: Client, id: string, content: Content, how: CallOptions): Promise<string>;
}

interface Content {
  file: UploadFile | undefined;
  disableOptimization: boolean;
}

const accounts: Load = {
  doing: "Aggregating the accounts",
  async start(client, id, { file, disableOptimization }, how) {
    const body = { ...(file ? { file } : {}), ...(disableOptimization ? { disableOptimization } : {}) };
    return (await client.call("importAccounts", { id, body }, how)).task.id;
  },
};

const entitlements: Load = {
  doing: "Aggregating the entitlements",
  async start(client, sourceId, { file }, how) {
    return (await client.call("importEntitlements", { sourceId, body: file ? { file } : {} }, how)).id;
  },
};

const uncorrelated: Load = {
  doing: "Correlating the uncorrelated accounts",
  alwaysFile: true,
  async start(client, id, { file }, how) {
    return (await client.call("importUncorrelatedAccounts", { id, body: file ? { file } : {} }, how)).task.id;
  },
};

/** Only Delimited File sources (type DelimitedFile) take their accounts from a file, and they need it. */
function requireFittingFile(source: Source, file: UploadFile | undefined, load: Load): void {
  const takesFile = load.alwaysFile === true || source.type === "DelimitedFile";
  if (takesFile && file === undefined) {
    const why = load.alwaysFile === true ? "--uncorrelated" : `${titleOf(source)} is a Delimited File source, and`;
    throw new UsageError(`${why} needs a CSV file: pulumi-sailpoint aggregate ${JSON.stringify(source.name)} FILE …`);
  }
  if (!takesFile && file !== undefined) {
    const type = JSON.stringify(source.type ?? "");
    throw new UsageError(
      `${titleOf(source)} is of the type ${type} and reads its own system: leave the file out. Only a source of the ` +
        'type "DelimitedFile" (created with provisionAsCsv) takes one.',
    );
  }
}
