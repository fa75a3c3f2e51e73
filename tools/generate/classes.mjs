import { operationsText, plain, sentencesOf, withArticle, wrapped } from "./words.mjs";

/**
 * @typedef {import("./words.mjs").Field} Field
 * @typedef {import("./words.mjs").Kind} Kind
 * @typedef {import("./words.mjs").Action} Action
 * @typedef {import("./words.mjs").Output} Output
 */

const WIDTH = 120;

/** @param {readonly (readonly [string, Kind | Action])[]} entries */
export function indexOf(entries) {
  const lines = entries.map(([, { name, fields }]) => {
    const types = [`${name}Args`, ...namedObjects(fields).map(({ named }) => named)].map((type) => `type ${type}`);
    return `export { ${[name, ...types].join(", ")} } from "./${fileName(name)}";`;
  });
  return `${notice("kinds/index.ts")}\n${lines.join("\n")}\n`;
}

/**
 * The module of one resource: the interfaces of what is declared, and the class.
 * @param {string} handler the name that the frozen module exports the kind's handler under
 * @param {Kind | Action} kind
 */
export function classesOf(handler, kind) {
  const { name, fields } = kind;
  const interfaces = namedObjects(fields).map(
    ({ named, doc, open, fields: members }) =>
      `${comment([doc])}\nexport interface ${named} {\n${argsOf(members, open)}\n}\n`,
  );
  const body = `${interfaces.join("\n")}
/** What a program declares of ${withArticle(plain(name))}. */
export interface ${name}Args {
${argsOf(fields)}
}

${classComment(kind)}
export class ${name} extends SailPointResource<${name}Args> {
  protected static override readonly shell: Shell = {
    kind: ${JSON.stringify(name)},
    handler: ${JSON.stringify(handler)},
    outputs: [${[...Object.keys(fields), ...storedOutputs(kind)].map((key) => JSON.stringify(key)).join(", ")}],${shellOf(kind)}
  };

${Object.entries(fields)
  .map(([key, field]) => `declare readonly ${key}: pulumi.Output<${optional(outputType(field), field.required)}>;`)
  .join("\n")}

${Object.entries(kind.outputs)
  .map(([key, output]) => outputOf(key, output))
  .join("\n")}
${"adoption" in kind ? getter(kind) : ""}
}
`;
  return `${notice(`kinds/${fileName(name)}.ts`)}\n${importsFor(name, body)}\n${body}`;
}

/** @param {string} from */
const notice = (from) => `// Made from ${from} by \`npm run generate\`: edit that.`;

/** @param {string} name */
export const fileName = (name) => name.replaceAll(/(?<!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();

/** Imports of what a module's text uses. @param {string} name @param {string} body */
function importsFor(name, body) {
  /** @param {string} word */
  const uses = (word) => new RegExp(`\\b${word}\\b`).test(body.replaceAll(/\/\*\*[\s\S]*?\*\//g, ""));
  const fromInputs = ["JsonInput", "Reference"].filter(uses);
  return [
    `import type * as pulumi from "@pulumi/pulumi";`,
    ...(fromInputs.length > 0 ? [`import type { ${fromInputs.join(", ")} } from "./inputs";`] : []),
    `import { SailPointResource, type Shell } from "./resource";`,
    ...(uses("Siblings") ? [`import { Siblings } from "./siblings";`] : []),
    ...(name !== "Source" && uses("Source") ? [`import type { Source } from "./source";`] : []),
    "",
  ].join("\n");
}

/** @param {Kind | Action} kind */
function shellOf(kind) {
  const flags = Object.entries(kind.outputs).flatMap(([key, { type }]) => (type === "flag" ? [key] : []));
  const secrets = Object.entries(kind.fields).flatMap(([key, field]) =>
    field.type === "json" && field.holdsSecrets === true ? [key] : [],
  );
  const siblings = Object.entries(kind.fields).flatMap(([list, field]) => {
    if (!("of" in field) || Array.isArray(field.of) || !("type" in field.of) || field.of.type !== "object") return [];
    return Object.entries(field.of.fields).flatMap(([key, member]) =>
      member.type === "reference" && member.resource === kind.name ? [{ list, key }] : [],
    );
  });
  const [sibling] = siblings;
  return [
    ...(flags.length > 0 ? [`flags: ${JSON.stringify(flags)},`] : []),
    ...(secrets.length > 0 ? [`secrets: ${JSON.stringify(secrets)},`] : []),
    ...(sibling ? [`siblings: new Siblings(${JSON.stringify(sibling.list)}, ${JSON.stringify(sibling.key)}),`] : []),
  ]
    .map((line) => `\n${line}`)
    .join("");
}

/** Outputs that stand in the state; the id is Pulumi's. @param {Kind | Action} kind */
const storedOutputs = (kind) => Object.entries(kind.outputs).flatMap(([key, { type }]) => (type === "id" ? [] : [key]));

/** @param {string} key @param {Output} output */
function outputOf(key, output) {
  const text = comment([output.doc]);
  if (output.type === "id") return `${text}\nget ${key}(): pulumi.Output<string> {\nreturn this.id;\n}\n`;
  const type = OUTPUT_TYPES[output.type];
  return `${text}\ndeclare readonly ${key}: pulumi.Output<${optional(type, output.optional !== true)}>;`;
}
const OUTPUT_TYPES = {
  text: "string",
  texts: "string[]",
  flag: "boolean",
  textByName: "Record<string, string>",
  numberByName: "Record<string, number>",
};

/** @param {Kind} kind */
function getter({ name, importId }) {
  return `
${comment([`One that is on the tenant already, read by its id \`${importId}\` and not managed.`])}
static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): ${name} {
  return new ${name}(name, undefined as unknown as ${name}Args, { ...opts, id });
}`;
}

/** @param {Kind | Action} kind */
function classComment({ doc, operations, example }) {
  const text = wrapped(`${doc} ${operationsText(operations)}`, WIDTH, " * ");
  return ["/**", ...text, " *", " * @example", ...example.split("\n").map((line) => ` * ${line}`), " */"].join("\n");
}

/** @param {readonly string[]} sentences */
function comment(sentences) {
  const text = sentences.join(" ");
  if (text === "") return "";
  const line = `/** ${text} */`;
  if (line.length <= WIDTH - 2) return line;
  return ["/**", ...wrapped(text, WIDTH - 2, " * "), " */"].join("\n");
}

/** @param {Readonly<Record<string, Field>>} fields @param {true} [open] */
function argsOf(fields, open) {
  return Object.entries(fields)
    .map(
      ([key, field]) =>
        `${comment(sentencesOf(field))}\n${key}${field.required === true ? "" : "?"}: ${inputOf(field, open)};`,
    )
    .join("\n");
}

/** The type of an argument. @param {Field} field @param {true} [open] Its object may be a copy of what the tenant prints. */
function inputOf(field, open) {
  if (field.type === "parent") return "Source | pulumi.Input<string>";
  const printed = open && field.required !== true ? (field.type === "word" ? ' | "" | null' : " | null") : "";
  const none = field.type === "list" && field.nullIsEmpty ? " | null" : "";
  const type = optional(inputType(field) + printed + none, field.required);
  const resource = field.type === "reference" ? field.resource : undefined;
  return resource === undefined ? `pulumi.Input<${type}>` : `${resource} | pulumi.Input<${type}>`;
}

/** @param {string} type @param {boolean | undefined} required */
const optional = (type, required) => (required === true ? type : `${type} | undefined`);

/** @param {Field} field @returns {string} */
function inputType(field) {
  switch (field.type) {
    case "text":
    case "commaSet":
    case "parent":
      return "string";
    case "word":
      return wordType(field);
    case "flag":
      return "boolean";
    case "number":
      return "number";
    case "json":
      return "Record<string, JsonInput>";
    case "object":
      return field.named ?? `{ ${argsOf(field.fields)} }`;
    case "list":
    case "keyed":
    case "set": {
      const member = inputType(field.of);
      // Who holds a resource at a plain place must be told apart from an output of the whole.
      return holdsResource(field.of) ? `(${member} | pulumi.Input<${member}>)[]` : `pulumi.Input<${member}>[]`;
    }
    case "reference":
      return field.by.join() === "name,id"
        ? `Reference${field.asId === true ? " | string" : ""}`
        : `Reference<${field.by.map((key) => JSON.stringify(key)).join(" | ")}>`;
    case "file":
      return "pulumi.asset.FileAsset | pulumi.asset.StringAsset";
    case "files":
      return "pulumi.Input<pulumi.asset.FileAsset>[]";
  }
}

/** @param {Extract<Field, { type: "word" }>} field */
const wordType = ({ of, open }) => (open ? "string" : of.map((word) => JSON.stringify(word)).join(" | "));

/** @param {Field} field */
const holdsResource = (field) =>
  field.type === "object" &&
  Object.values(field.fields).some((member) => member.type === "reference" && member.resource !== undefined);

/** The type of an output: what is known once the deployment has run. @param {Field} field @returns {string} */
function outputType(field) {
  switch (field.type) {
    case "word":
      return "string";
    case "json":
      return "Record<string, unknown>";
    case "object":
      return objectOutput(field);
    case "list":
    case "keyed":
    case "set":
      return `${outputType(field.of)}[]`;
    case "file":
      return "pulumi.asset.Asset";
    case "files":
      return "pulumi.asset.Asset[]";
    default:
      return inputType(field);
  }
}

/** What must be there is named; what may be is left to whoever looks. @param {Extract<Field, { type: "object" }>} field */
function objectOutput({ fields }) {
  const entries = Object.entries(fields);
  const required = entries.filter(([, field]) => field.required === true);
  if (required.length === 0) return "Record<string, unknown>";
  const members = required.map(([key, field]) => `${key}: ${outputType(field)}`);
  if (required.length < entries.length) members.push("[key: string]: unknown");
  return `{ ${members.join("; ")} }`;
}

/**
 * The objects with an interface of their own, each once.
 * @param {Readonly<Record<string, Field>>} fields
 * @returns {{ named: string, doc: string, open: true | undefined, fields: Readonly<Record<string, Field>> }[]}
 */
function namedObjects(fields) {
  /** @type {Map<string, { named: string, doc: string, open: true | undefined, fields: Readonly<Record<string, Field>> }>} */
  const found = new Map();
  /** @param {Field} field */
  const look = (field) => {
    if (field.type === "list" || field.type === "keyed") look(field.of);
    if (field.type !== "object") return;
    Object.values(field.fields).forEach(look);
    const { named, doc, open } = field;
    if (named !== undefined) found.set(named, { named, doc, open, fields: field.fields });
  };
  Object.values(fields).forEach(look);
  return [...found.values()];
}
