import { pathText } from "../../reconcile";
import { counted } from "../counted";
import type { Note } from "../inventory";
import type { Language } from "./language";
import type { Asked } from "./resources";

export interface ReadmeFacts {
  name: string;
  tenant: string;
  stack: string;
  sources: number;
  asked: Asked;
  notes: readonly Note[];
  imports: boolean;
  told: Language["told"];
}

/** What to do next with an exported project. */
export function readme({ name, tenant, stack, sources, asked, notes, imports, told }: ReadmeFacts): string {
  const otherHost = imports || told.host === undefined ? "" : ` ${told.host}`;
  return `# The sources of ${code(tenant)}

Written by \`pulumi-sailpoint export\`: ${counted(sources, "source")}, ${told.sources}. It declares what is on the
tenant now, by names that are the same on every tenant. From here on it is yours.

## Next

\`\`\`sh
npm install
export SAIL_CLIENT_ID=…  SAIL_CLIENT_SECRET=…
pulumi stack init ${stack}
pulumi up --stack ${stack}
npx pulumi-sailpoint compare stack:${stack}
\`\`\`

\`npm install\` comes first: \`Pulumi.yaml\` leads to the host that it brings.${otherHost}

The project is called \`${name}\`. Where \`pulumi stack init\` says that the stack exists already, another project has this
name, and \`pulumi up\` would delete what that one has: choose another \`name\` in \`Pulumi.yaml\` first. Exports keep it.

${imports ? IMPORTED : ADOPTED}

\`compare\` ends with 0 when the tenant is what the program says. From then on a preview shows what somebody changed by
hand.

For another tenant: \`pulumi stack init production\`, \`pulumi config set sailpoint:baseUrl https://TENANT.api.identitynow.com\`,
\`pulumi preview\`. Names that the tenant lacks are told there.

Destroying or replacing a source deletes it with its accounts. So each has the option \`protect\`, and Pulumi refuses
both: take it out, run \`pulumi up\`, and only then the source out of the program.

${secretsPart(asked, stack, told.secrets)}${valuesPart(asked)}${notesPart(notes)}## This export

\`export.json\` holds what was read, without secrets and ids: \`pulumi-sailpoint compare\` and \`restore\` take this folder.
Exporting again into it writes only over files that are as they were written.
`;
}

const ADOPTED =
  "The first `pulumi up` takes over what is there (`adopt: true`) and writes nothing to the tenant. Pulumi knows none of it\n" +
  "yet, so its summary counts all of it as `to create`; below it the preview tells of each source that it\n" +
  "`takes over what is there (ID); changes: nothing`. A line that names a change is one that `up` would write.";
const IMPORTED =
  "The first `pulumi up` imports what is there, by ids that are this tenant's own, and changes nothing on it. Then take\n" +
  "the `import` options away: `pulumi-sailpoint export --out` into this folder, without `--import`, does so for all.";

const code = (text: string): string => `\`${text.replaceAll("`", "'")}\``;
/** A value in a table's cell. */
const cell = (text: string): string =>
  text
    .replaceAll(/\s+/g, " ")
    .replaceAll(/[\\`*_[\]<>|&#~]/g, (sign) => `\\${sign}`)
    .trim();

function secretsPart({ secrets }: Asked, stack: string, told: string): string {
  if (secrets.length === 0) return "";
  const rows = secrets.map(({ key, source, path }) => `| \`${key}\` | ${cell(source)} | ${cell(pathText(path))} |`);
  return `## Secrets

A tenant does not give its secrets away. ${told}
A source that the program makes, on another tenant, has none until it is set: set them before the first \`pulumi up\` there.

\`\`\`sh
pulumi config set --secret KEY --stack ${stack}
\`\`\`

| Key | Source | What it is |
| --- | --- | --- |
${rows.join("\n")}

`;
}

function valuesPart({ values }: Asked): string {
  if (values.length === 0) return "";
  const rows = values.map(({ key, source, what }) => `| \`${key}\` | ${cell(source)} | ${cell(what)} |`);
  return `## To be set before the first \`pulumi up\`

| Key | Source | What it is |
| --- | --- | --- |
${rows.join("\n")}

`;
}

function notesPart(notes: readonly Note[]): string {
  if (notes.length === 0) return "";
  const rows = notes.map(({ source, title, why }) => `| ${cell(source)} | ${cell(title)} | ${cell(why)} |`);
  return `## What is not in this program

| Source | Of | What, and why |
| --- | --- | --- |
${rows.join("\n")}

`;
}
