import ts from "typescript";
import { SetupFailure } from "../setup/failure.mjs";
import { code, table } from "./markdown.mjs";
import { publicNames } from "./public-names.mjs";

/** @typedef {import("./public-names.mjs").PublicName} PublicName */

const made = (/** @type {string} */ from) => `<!-- Written by \`npm run docs\` from the docstrings of ${from}. -->`;

/** The pages of what programs import, made from its docstrings. Every public name has one. @returns {Record<string, string>} */
export function referencePages() {
  const provider = publicNames("provider", "src/index.ts");
  const client = publicNames("provider", "src/api/index.ts");
  const simulator = publicNames("simulator", "src/index.ts");
  const bare = [...provider, ...client, ...simulator].filter(({ doc }) => doc === "");
  if (bare.length > 0) {
    const list = bare.map(({ name, file }) => `  - ${name} (${file})`).join("\n");
    throw new SetupFailure(`Public names without a docstring:\n${list}`);
  }
  return {
    "docs/functions.md": functionsPage(provider),
    "docs/client.md": clientPage(client),
    "docs/simulator.md": simulatorPage(simulator),
  };
}

/** @param {readonly PublicName[]} all */
function functionsPage(all) {
  const functions = all.filter(({ sort, name }) => sort === "function" && !name.endsWith("Output"));
  const results = all.filter(({ name }) => /(Result|FunctionOptions|CsvOptions)$/.test(name));
  return `${made("provider/src/index.ts")}

# Functions

What a program asks of a tenant, beside its [resources](resources/README.md). Each has a form whose name ends in
\`Output\` and which takes what is known only later, such as another resource's output:

\`\`\`ts
import { Source, getConnectorOutput, getIdentityOutput } from "pulumi-sailpoint";

const owner = getIdentityOutput({ alias: "jane.doe" });
const source = new Source("hr", { name: "HR Feed", owner: { id: owner.id }, connector: "delimited-file" });
export const features = getConnectorOutput({ scriptName: source.connector }).features;
\`\`\`

Without \`Output\` they give promises. \`await\` at the top level needs an ES module; in a CommonJS program, as the guides
have it, it is the error TS1309. Take the form with \`Output\` there, or put the program into
\`export = async () => { … }\`, which returns the stack's outputs.

What is wrong with the arguments is told together, as with a resource's inputs, before anything is asked:
\`getSources: filter: is no argument of getSources; the nearest is "filters"\`. \`null\` and \`undefined\` are no arguments.

In a preview a form with \`Output\` is unknown while a resource that its arguments come from is yet to be made, as
\`getSourceOutput({ name: source.name })\` of a new \`source\`. One that is made and gets another name is not found by it
until \`up\`: ask by \`id\`. In YAML ask by \`id\`, too (\`arguments: { id: "\${hr.id}" }\`): its \`fn::invoke\` looks for the
name of what is yet to be made, also with \`dependsOn\`, and the preview fails.

A reference by name, \`owner: { alias: "jane.doe" }\`, needs no function: it is looked up when it is deployed.
In YAML and other languages they are called as \`sailpoint:index:getIdentity\` ([languages](languages.md)).

${functions.map(functionSection).join("\n")}
## What they answer and take

${results.map((one) => typeSection(one, "###")).join("\n")}
`;
}

/** @param {readonly PublicName[]} all */
function clientPage(all) {
  const wire = all.filter(({ sort, file }) => sort === "type" && file.includes("/api/operations/"));
  const others = all.filter((one) => !wire.includes(one));
  return `${made("provider/src/api")}

# The typed client

\`pulumi-sailpoint/api\` is the client that everything here uses: one token, one limiter, retries of what may be sent again, and
errors that say what to do. It needs no Pulumi.

\`\`\`ts
import { createClient, isNotFound } from "pulumi-sailpoint/api";

const client = createClient({
  baseUrl: "https://acme.api.identitynow.com",
  clientId: process.env.SAIL_CLIENT_ID ?? "",
  clientSecret: process.env.SAIL_CLIENT_SECRET ?? "",
});
try {
  for await (const source of client.paginate("listSources", { filters: 'name sw "HR"' })) {
    console.log(source.name, await client.count("listAccounts", { filters: \`sourceId eq "\${source.id}"\` }));
  }
  await client.call("getSource", { id: "2c91808a" });
} catch (error) {
  if (!isNotFound(error)) throw error;
} finally {
  client.close();
}
\`\`\`

All [operations](operations.md) are called by their names; what each takes and answers the compiler knows. What a token must
be allowed for it, [rights](rights.md) tells.

${others.map((one) => section(one)).join("\n")}
## What is sent and answered

Answers keep what they have beyond these types.

${table(
  ["Type", "What it is"],
  wire.map(({ name, doc }) => [code(name), firstSentence(doc)]),
)}
`;
}

/** @param {readonly PublicName[]} all */
function simulatorPage(all) {
  return `${made("simulator/src/index.ts")}

# The simulator in tests

What a simulated tenant does, and how it is switched, stands on [its own page](../simulator/README.md). This is its
interface for programs and tests.

\`\`\`ts
import { startTenant } from "sailpoint-simulator";

const tenant = await startTenant({ seed: "my test", behaviours: { secrets: "changing" } });
try {
  const client = { baseUrl: tenant.baseUrl, clientId: tenant.clientId, clientSecret: tenant.clientSecret };
  console.log(client, tenant.requests().length);
} finally {
  await tenant.close();
}
\`\`\`

${all.map((one) => section(one)).join("\n")}`;
}

/** @param {PublicName} one */
function section(one) {
  if (one.sort === "function") return functionSection(one);
  return typeSection(one, "##");
}

/** What only tests of our own give stands in no reference. @param {PublicName} one */
function functionSection({ name, doc, signature, examples, throws }) {
  return `## ${name}

\`\`\`ts
declare function ${signature.replace(" & ClientInternals", "").replaceAll("\n", "\ndeclare function ")};
\`\`\`

${doc}
${throws.map((text) => `\nThrows ${text}\n`).join("")}${exampleBlocks(examples)}`;
}

/** @param {PublicName} one @param {string} heading */
function typeSection({ name, doc, members, examples }, heading) {
  const rows = members.map((member) => [
    code(`${member.name}${member.optional ? "?" : ""}`),
    code(member.type),
    member.doc,
  ]);
  const list = rows.length === 0 ? "" : `\n${table(["Member", "Type", "What it is"], rows)}\n`;
  return `${heading} ${name}\n\n${doc}\n${exampleBlocks(examples)}${list}`;
}

/** @param {readonly string[]} examples */
function exampleBlocks(examples) {
  return examples.map((text) => `\n\`\`\`${isProgram(text) ? "ts" : "text"}\n${text}\n\`\`\`\n`).join("");
}

/** An error's example is what it says. @param {string} text */
function isProgram(text) {
  const { diagnostics = [] } = ts.transpileModule(text.replaceAll("…", ""), { reportDiagnostics: true });
  return diagnostics.length === 0;
}

/** @param {string} text */
function firstSentence(text) {
  return text.split(/(?<=\.)\s/)[0] ?? "";
}
