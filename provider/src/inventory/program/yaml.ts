import { Document, Pair, Scalar, YAMLMap, YAMLSeq, type Node } from "yaml";
import { type Expression, Said, visible } from "./expression";
import { type Language, type Program, providerAt } from "./language";
import type { Resource } from "./resources";

/** All in one file, since a program in YAML is one. */
export const yaml: Language = {
  files: (program) => new Map([["Main.yaml", printedYaml(programOf(program))]]),
  shown: (program) => ["Main.yaml", printedYaml(programOf(program))],
  settings: `runtime: yaml\n${providerAt("sailpoint", "plugin")}`,
  devDependencies: {},
  unsayable: (key) =>
    FUNCTION.test(key) ? "which a program in YAML would run as a function (one in TypeScript would not)" : undefined,
  told: {
    sources: "all in `Main.yaml`",
    secrets:
      "In `Main.yaml` each stands in a comment: it is not declared, and the tenant keeps the one\n" +
      "that it has. Set it and take the `#` away, and it is managed.",
  },
};

function programOf({ name, sources, shared, asked }: Program): Record<string, Expression> {
  const part = (name: string, members: Record<string, Expression>): Record<string, Expression> =>
    Object.keys(members).length === 0 ? {} : { [name]: members };
  return {
    // Pulumi's reader breaks on a key of the configuration in a program without a name.
    name,
    ...part("config", Object.fromEntries(asked.values.map(({ key }) => [key, { type: "string" }]))),
    ...part("variables", Object.fromEntries(shared.all)),
    resources: Object.fromEntries(
      sources.flatMap(({ resource, all }) =>
        all.map((one): [string, Expression] => [one.name, declared(one, resource)]),
      ),
    ),
  };
}

function declared({ name, kind, properties, imported, isProtected, after }: Resource, source: string): Expression {
  const options: Record<string, Expression> = {
    ...(after.length === 0 ? {} : { dependsOn: after.map((other) => new Said("reference", other)) }),
    ...(name === source ? {} : { deletedWith: new Said("reference", source) }),
    ...(isProtected ? { protect: true } : {}),
    ...(imported === undefined ? {} : { import: imported }),
  };
  return {
    type: `sailpoint:${kind.name}`,
    properties,
    ...(Object.keys(options).length === 0 ? {} : { options }),
  };
}

/** As YAML that Pulumi's older reader takes for the same. */
export function printedYaml(expression: Expression): string {
  const document = new Document(undefined, { compat: "yaml-1.1" });
  document.contents = nodeOf(expression);
  // What is not plain stands in double quotes, whose escapes are also JSON's.
  return visible(document.toString({ lineWidth: 0, blockQuote: false, singleQuote: false }));
}

/** @param isComment Secrets are said, too. */
function nodeOf(expression: Expression, isComment = false): Node {
  if (expression instanceof Said) return new Scalar(wordsOf(expression));
  if (typeof expression === "string") return scalar(expression);
  if (Array.isArray(expression)) {
    const list = new YAMLSeq();
    list.items = expression.map((member) => nodeOf(member, isComment));
    return list;
  }
  if (expression === null || typeof expression !== "object") return new Scalar(expression);
  return mapOf(expression, isComment);
}

/** A secret is a comment: what is named in YAML has to be set. */
function mapOf(object: Readonly<Record<string, Expression>>, isComment: boolean): Node {
  const map = new YAMLMap();
  let comments: string[] = [];
  for (const [key, value] of Object.entries(object)) {
    // They were left out. One that got here all the same would be run, with the rights of whoever deploys.
    if (FUNCTION.test(key)) throw new Error(`Bug: the key ${JSON.stringify(key)} would be run as a function`);
    if (!isComment && isUnset(value)) {
      comments.push(...commentOf(key, value));
      continue;
    }
    const name = scalar(key);
    if (comments.length > 0) name.commentBefore = comments.join("\n");
    comments = [];
    map.items.push(new Pair(name, nodeOf(value, isComment)));
  }
  if (comments.length > 0) map.comment = comments.join("\n");
  return map;
}

/** What Pulumi runs, wherever it is a key; it has no way to say that a key stands for itself. */
const FUNCTION = /^fn::/i;

const isSecret = (value: Expression): boolean => value instanceof Said && value.is === "secret";

/** A secret, or what is nothing, or not the same, without the secrets in it. */
function isUnset(value: Expression): boolean {
  if (isSecret(value)) return true;
  if (Array.isArray(value)) return value.some(isUnset);
  if (typeof value !== "object" || value === null || value instanceof Said) return false;
  const members = Object.values(value);
  return members.length > 0 && members.every(isUnset);
}

function commentOf(key: string, value: Expression): string[] {
  const map = new YAMLMap();
  map.items.push(new Pair(scalar(key), nodeOf(value, true)));
  const document = new Document(undefined, { compat: "yaml-1.1" });
  document.contents = map;
  return document
    .toString({ lineWidth: 0, blockQuote: false })
    .trimEnd()
    .split("\n")
    .map((line) => ` ${line}`);
}

function wordsOf({ is, name }: Said): string {
  return is === "source" ? `\${${name}.id}` : `\${${name}}`;
}

/** Text that stands for itself. */
function scalar(text: string): Scalar<string> {
  const plain = new Scalar(/\$[${]/.test(text) ? text.replaceAll("$", "$$$$") : text);
  if (/[^\x20-\x7e]/.test(text)) plain.type = Scalar.QUOTE_DOUBLE;
  return plain;
}
