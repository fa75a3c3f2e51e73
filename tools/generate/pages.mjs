import { code, table } from "../docs/markdown.mjs";
import { fileName } from "./classes.mjs";
import { namedBy, pythonExampleOf, yamlExampleOf } from "./examples.mjs";
import { operationsText, sentencesOf } from "./words.mjs";

/**
 * @typedef {import("./words.mjs").Field} Field
 * @typedef {import("./words.mjs").Kind} Kind
 * @typedef {import("./words.mjs").Action} Action
 */

/** @param {readonly (readonly [string, Kind | Action])[]} entries */
export function pagesIndexOf(entries) {
  const rows = entries.map(([, { name, doc }]) => [`[${name}](${fileName(name)}.md)`, doc.split(/(?<=\.) /)[0] ?? ""]);
  return `<!-- Made from provider/src/kinds by \`npm run generate\`. -->

# Resources

${table(["Resource", "What it is"], rows)}
`;
}

/** The reference page of one resource. @param {Kind | Action} kind */
export function pageOf(kind) {
  const { name, doc, example, fields, outputs, operations, notInputs } = kind;
  return `<!-- Made from provider/src/kinds/${fileName(name)}.ts by \`npm run generate\`. -->

# ${name}

${doc}

${namedBy(kind)}

\`\`\`ts
${example}
\`\`\`

\`\`\`yaml
${yamlExampleOf(kind)}
\`\`\`

\`\`\`python
${pythonExampleOf(kind)}
\`\`\`

## Inputs

${inputTable(fields)}
${nested(fields)
  .map(({ path, field }) => `\n### ${path}\n\n${field.doc}\n\n${inputTable(field.fields)}\n`)
  .join("")}
Cannot be set: ${Object.entries(notInputs)
    .map(([key, why]) => `${code(key)} (${why})`)
    .join(", ")}.

## Outputs

Every input, as declared, and:

${table(
  ["Output", "Type", "What it is"],
  [
    ["tenant", "text", "The tenant that holds the object."],
    ...Object.entries(outputs).map(([key, output]) => [key, TYPES[output.type], output.doc]),
  ].map(([key = "", type = "", what = ""]) => [code(key), type, what]),
)}
${"importId" in kind ? `\n## Reading one that is there\n\nIts id reads ${code(kind.importId)}: \`${name}.get("name", id)\`.\n` : ""}
${operationsText(operations)}
`;
}

const TYPES = {
  id: "text",
  text: "text",
  texts: "list of texts",
  flag: "true or false",
  textByName: "texts by name",
  numberByName: "numbers by name",
};

/** @param {Readonly<Record<string, Field>>} fields */
function inputTable(fields) {
  const rows = Object.entries(fields).map(([key, field]) => [
    `${code(key)}${field.required === true ? " (required)" : ""}`,
    typeOf(field),
    sentencesOf(field).join(" "),
  ]);
  return table(["Input", "Type", "What it is"], rows);
}

/** @param {Field} field @returns {string} */
function typeOf(field) {
  switch (field.type) {
    case "word":
      return field.open ? "text" : field.of.map(code).join(", ");
    case "flag":
      return "true or false";
    case "number":
      return `whole number, ${field.most === undefined ? `${field.least} or more` : `${field.least} to ${field.most}`}`;
    case "json":
      return "JSON by key";
    case "list":
      return `ordered list of ${typeOf(field.of)}`;
    case "keyed":
      return `list of ${typeOf(field.of)}, by ${code(field.by)}`;
    case "set":
      return `set of ${typeOf(field.of)}`;
    case "reference":
      return `reference by ${field.by.map(code).join(" or ")}${field.resource === undefined ? "" : `, or a ${field.resource}`}${field.asId === true ? ", or an id as text" : ""}`;
    case "file":
      return "FileAsset or StringAsset";
    case "files":
      return "FileAssets";
    case "commaSet":
      return "names, separated by commas";
    case "parent":
      return "Source or text";
    default:
      return field.type;
  }
}

/**
 * Objects below the inputs, by their paths.
 * @param {Readonly<Record<string, Field>>} fields @param {string} [above]
 * @returns {{ path: string, field: Extract<Field, { type: "object" }> }[]}
 */
function nested(fields, above = "") {
  return Object.entries(fields).flatMap(([key, outer]) => {
    const path = above === "" ? key : `${above}.${key}`;
    const field = outer.type === "list" || outer.type === "keyed" ? outer.of : outer;
    return field.type === "object" ? [{ path, field }, ...nested(field.fields, path)] : [];
  });
}
