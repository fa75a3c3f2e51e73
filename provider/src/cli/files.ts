import { writeFile } from "node:fs/promises";
import type { Schema } from "../api";
import { type AnyCommand, type CommandSpec, type OptionSpec, sourceArgument } from "./command";
import { fileToUpload } from "./options";
import { findSource, titleOf } from "./sources";
import { printableLines } from "./style";

interface Which {
  source: string;
  entitlements?: boolean;
  schemaName?: string;
}

const which: readonly OptionSpec[] = [
  { flags: "--entitlements", about: "the schema of entitlements instead of the account schema" },
  {
    flags: "--schema-name <name>",
    about: "which schema of entitlements, where there are several; implies --entitlements",
  },
];

const delimitedOnly = "Only sources of the type DelimitedFile (created with provisionAsCsv) have schemas as CSV files.";

/** The name of an entitlement schema to ask for; undefined for the account schema. */
const entitlementSchema = ({ entitlements, schemaName }: Which): { schemaName?: string } | undefined =>
  entitlements === true || schemaName !== undefined ? (schemaName === undefined ? {} : { schemaName }) : undefined;

const download: CommandSpec<Which & { output?: string }> = {
  name: "schema download",
  about: "download a schema of a Delimited File source as CSV",
  details: `The file has one row: the names of the attributes. ${delimitedOnly}`,
  arguments: [sourceArgument],
  options: [...which, { flags: "--output <file>", about: "write to this file instead of standard output" }],
  examples: [
    ['schema download "HR Feed" > accounts.csv', "the account schema"],
    ['schema download "HR Feed" --entitlements --output groups.csv', "the schema of its groups"],
  ],
  async run({ client, progress, signal }, input) {
    const csv = await progress.during(`Downloading the schema of ${JSON.stringify(input.source)}`, async () => {
      const source = await findSource(client, input.source, signal);
      const how = { signal, context: titleOf(source) };
      const named = entitlementSchema(input);
      return named === undefined
        ? client.call("getAccountsSchema", { id: source.id }, how)
        : client.call("getEntitlementsSchema", { id: source.id, ...named }, how);
    });
    const { output } = input;
    if (output === undefined) return { data: { csv }, text: () => printableLines(csv).trimEnd() };
    await writeFile(output, csv);
    return { data: { csv, file: output }, text: () => `Written to ${output}` };
  },
};

const upload: CommandSpec<Which & { file: string }> = {
  name: "schema upload",
  about: "make the columns of a CSV file the attributes of a Delimited File source's schema",
  details: `The file's first row names the attributes; those that it does not name leave the schema. ${delimitedOnly}`,
  arguments: [sourceArgument, { name: "file", about: "the CSV file" }],
  options: which,
  examples: [
    ['schema upload "HR Feed" accounts.csv', "the account schema"],
    ['schema upload "HR Feed" teams.csv --schema-name team', "the schema of entitlements called team"],
  ],
  writes: true,
  async run({ client, progress, signal }, input) {
    const body = { file: await fileToUpload(input.file) };
    const schema = await progress.during(`Uploading the schema of ${JSON.stringify(input.source)}`, async () => {
      const source = await findSource(client, input.source, signal);
      const how = { signal, context: titleOf(source) };
      const named = entitlementSchema(input);
      return named === undefined
        ? client.call("importAccountsSchema", { id: source.id, body }, how)
        : client.call("importEntitlementsSchema", { id: source.id, ...named, body }, how);
    });
    return {
      data: schema,
      text: (style) => style.table(["ATTRIBUTE", "TYPE", "IS"], (schema.attributes ?? []).map(row(schema))),
    };
  },
};

const row =
  ({ identityAttribute, displayAttribute }: Schema) =>
  ({ name, type, isMulti, isEntitlement, isGroup }: NonNullable<Schema["attributes"]>[number]): string[] => [
    name,
    type ?? "",
    Object.entries({
      identity: name === identityAttribute,
      display: name === displayAttribute,
      multi: isMulti,
      entitlement: isEntitlement,
      group: isGroup,
    })
      .filter(([, holds]) => holds === true)
      .map(([word]) => word)
      .join(", "),
  ];

const connectorFile: CommandSpec<{ source: string; files: string[] }> = {
  name: "upload",
  about: "upload connector files, such as a JDBC driver, to a source",
  details: "A file of the same name is replaced. The source lists its files in connectorAttributes.connector_files.",
  arguments: [sourceArgument, { name: "files", about: "the files", several: true }],
  examples: [['upload "HR Database" postgresql-42.7.4.jar', "gives the source its driver"]],
  writes: true,
  async run({ client, progress, signal }, input) {
    const files = await Promise.all(input.files.map(fileToUpload));
    const source = await findSource(client, input.source, signal);
    const how = { signal, context: titleOf(source) };
    let listed: string[] = [];
    for (const file of files) {
      const changed = await progress.during(`Uploading ${file.name} to ${JSON.stringify(source.name)}`, () =>
        client.call("importConnectorFile", { sourceId: source.id, body: { file } }, how),
      );
      listed = String(changed.connectorAttributes?.["connector_files"] ?? "")
        .split(",")
        .map((name) => name.trim());
    }
    const uploaded = files.map(({ name }) => name);
    return {
      data: { source: { id: source.id, name: source.name }, uploaded, connectorFiles: listed },
      text: () => `${source.name}: uploaded ${uploaded.join(", ")}. Its connector files: ${listed.join(", ")}.`,
    };
  },
};

export const files: readonly AnyCommand[] = [download, upload, connectorFile];
