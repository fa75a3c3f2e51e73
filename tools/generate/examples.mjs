/**
 * The example of a resource in the languages of the plugin, made from the one in TypeScript: what that declares is looked
 * at, and written down anew.
 */
import { runInNewContext } from "node:vm";
import { stringify } from "yaml";

/**
 * @typedef {import("./words.mjs").Field} Field
 * @typedef {import("./words.mjs").Kind} Kind
 * @typedef {import("./words.mjs").Action} Action
 * @typedef {{ name: string, args: Record<string, unknown>, after?: Reference, variable?: string, exported?: { name: string, output: string } }} Example
 */

/** Another resource that an example names: by its variable, and where there are none, by its own name. */
class Reference {
  variable;
  name;
  /** @param {string} variable @param {string} name */
  constructor(variable, name) {
    this.variable = variable;
    this.name = name;
  }
}
/** The other resources that examples name, by their variables: their own names, and where they are declared. */
const others = {
  hr: { name: "hr", what: "the source of the page [Source](source.md)" },
  ad: {
    name: "ad",
    what: "a source of Active Directory, as [examples/active-directory](../../examples/active-directory) declares one",
  },
  account: { name: "hr-account", what: "the schema of the page [Schema](schema.md)" },
};
/** A file that an example hands over. */
class File {
  path;
  /** @param {string} path */
  constructor(path) {
    this.path = path;
  }
}

/** @param {Kind | Action} kind */
export function yamlExampleOf(kind) {
  const { name, args, after, exported } = declaredBy(kind);
  const options = after && { dependsOn: [`\${${after.name}}`] };
  const resources = {
    [name]: { type: `sailpoint:${kind.name}`, properties: yamlOf(args), ...(options && { options }) },
  };
  const outputs = exported && { [exported.name]: `\${${name}.${exported.output}}` };
  return stringify({ resources, ...(outputs && { outputs }) }, { lineWidth: 0 }).trim();
}

/** @param {Kind | Action} kind */
export function pythonExampleOf(kind) {
  const { name, args, after, variable, exported } = declaredBy(kind);
  const given = Object.entries(args).map(
    ([key, value]) => `    ${snake(key)}=${pythonOf(value, kind.fields[key], 4)},\n`,
  );
  const options = after && `    opts=pulumi.ResourceOptions(depends_on=[${after.variable}]),\n`;
  const declaration = `sailpoint.${kind.name}(\n    "${name}",\n${given.join("")}${options ?? ""})`;
  const shown = exported && `\npulumi.export("${exported.name}", ${variable}.${snake(exported.output)})`;
  return `${variable === undefined ? "" : `${variable} = `}${declaration}${shown ?? ""}`;
}

/** What the example of a resource names without declaring it; nothing where it names none. @param {Kind | Action} kind */
export function namedBy(kind) {
  const { args, after } = declaredBy(kind);
  const named = [...Object.values(args), after].filter((value) => value instanceof Reference);
  return Object.entries(others)
    .filter(([other]) => named.some(({ variable }) => variable === other))
    .map(([variable, { name, what }]) => {
      const inYaml = name === variable ? "" : ` (\`${name}\` in YAML)`;
      return `\`${variable}\`${inYaml} is ${what}.`;
    })
    .join(" ");
}

/** What an example declares. @param {Kind | Action} kind @returns {Example} */
function declaredBy({ name: kind, example }) {
  const [, exportName, output] = /^export const (\w+) = \w+\.(\w+);$/m.exec(example) ?? [];
  const [, variable] = /^const (\w+) = new/m.exec(example) ?? [];
  /** @type {Example | undefined} */
  let declared;
  runInNewContext(example.replace(/^export .*$/m, ""), {
    ...Object.fromEntries(
      Object.entries(others).map(([variable, { name }]) => [variable, new Reference(variable, name)]),
    ),
    /** @param {string} name @param {Record<string, unknown>} args @param {{ dependsOn?: Reference }} [options] */
    [kind]: function (name, args, { dependsOn: after } = {}) {
      declared = { name, args, ...(after && { after }) };
    },
    pulumi: { asset: { FileAsset: File } },
  });
  if (declared === undefined) throw new Error(`The example of ${kind} declares none.`);
  return {
    ...declared,
    ...(variable !== undefined && { variable }),
    ...(exportName !== undefined && output !== undefined && { exported: { name: exportName, output } }),
  };
}

/** @param {unknown} value @returns {unknown} */
function yamlOf(value) {
  if (value instanceof Reference) return `\${${value.name}.id}`;
  if (value instanceof File) return { "fn::fileAsset": value.path };
  if (Array.isArray(value)) return value.map(yamlOf);
  // A dollar sign begins an expression; two are one in a text.
  if (typeof value === "string") return value.replaceAll("$", "$$$$");
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, yamlOf(member)]));
}

/** Keys are as Python has them, but for those of free JSON. @param {unknown} value @param {Field | undefined} field @param {number} indent @returns {string} */
function pythonOf(value, field, indent) {
  if (value instanceof Reference) return `${value.variable}.id`;
  if (value instanceof File) return `pulumi.FileAsset(${JSON.stringify(value.path)})`;
  if (typeof value === "boolean") return value ? "True" : "False";
  const inner = " ".repeat(indent + 4);
  if (Array.isArray(value)) {
    const of = field && "of" in field && !Array.isArray(field.of) ? /** @type {Field} */ (field.of) : undefined;
    const members = value.map((member) => pythonOf(member, of, indent + 4));
    const short = `[${members.join(", ")}]`;
    if (short.length < 80 && !short.includes("\n")) return short;
    return `[\n${members.map((member) => `${inner}${member},\n`).join("")}${" ".repeat(indent)}]`;
  }
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const fields = field?.type === "object" ? field.fields : undefined;
  const entries = Object.entries(value).map(([key, member]) => {
    const written = field?.type === "json" ? key : snake(key);
    return `${JSON.stringify(written)}: ${pythonOf(member, fields?.[key], indent + 4)}`;
  });
  const short = `{${entries.join(", ")}}`;
  if (short.length < 80 && !short.includes("\n")) return short;
  return `{\n${entries.map((entry) => `${inner}${entry},\n`).join("")}${" ".repeat(indent)}}`;
}

/** @param {string} name */
const snake = (name) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
