import type { Step, JsonObject } from "../../reconcile";
import { own } from "../../reconcile";
import type { Entry } from "../inventory";
import { Code, type Expression, printed } from "./expression";
import { identifier, slug, unique } from "./names";
import { type SharedReferences, withReferences } from "./references";
import { type ConfiguredSecret, configured } from "./secrets";

/** An object that is declared. */
export interface Declared {
  entry: Entry;
  inputs: JsonObject;
}

export interface SourceProgram {
  /** The source's name on the tenant. */
  source: string;
  /** Its resource's name, and that of its file. */
  resource: string;
  objects: readonly [source: Declared, ...children: Declared[]];
}

/** What the program asks of its configuration. */
export interface Asked {
  secrets: ConfiguredSecret[];
  values: { key: string; source: string; what: string }[];
}

/** One file of the program: a source and all that hangs on it. */
export function sourceFile(program: SourceProgram, shared: SharedReferences, keys: Set<string>, asked: Asked): string {
  const { source, resource, objects } = program;
  const [declared, ...children] = objects;
  const constants = new Set<string>();
  const before = asked.secrets.length + asked.values.length;
  const variable = variableOf(resource, shared);
  const context = { source, resource, shared, constants, keys, asked };
  const argumentsOf = (one: Declared): Record<string, Expression> => expressionOf(one, context);
  const statements = [
    `export const ${variable} = new ${declared.entry.kind.name}(${printed(resource)}, ${printed({
      ...argumentsOf(declared),
      adopt: true,
    })});`,
    ...named(resource, inOrder(children)).map(
      ([name, child]) =>
        `new ${child.entry.kind.name}(${printed(name)}, ${printed({
          source: new Code(variable),
          ...argumentsOf(child),
        })});`,
    ),
  ];
  const asks = asked.secrets.length + asked.values.length > before;
  const classes = [...new Set(objects.map(({ entry }) => entry.kind.name))].sort();
  return [
    ...(asks ? [`import * as pulumi from "@pulumi/pulumi";`] : []),
    `import { ${classes.join(", ")} } from "pulumi-sailpoint";`,
    ...(constants.size === 0 ? [] : [`import { ${[...constants].sort().join(", ")} } from "../references";`]),
    "",
    ...(asks ? ["const config = new pulumi.Config();", ""] : []),
    statements.join("\n\n"),
    "",
  ].join("\n");
}

/** A variable that no import of the same file has. */
function variableOf(resource: string, shared: SharedReferences): string {
  const name = identifier(resource);
  return name === "config" || shared.all.some(([constant]) => constant === name) ? `${name}Source` : name;
}

interface FileContext {
  source: string;
  resource: string;
  shared: SharedReferences;
  constants: Set<string>;
  keys: Set<string>;
  asked: Asked;
}

function expressionOf({ entry, inputs }: Declared, context: FileContext): Record<string, Expression> {
  const { source, resource, shared, constants, keys, asked } = context;
  const { fields } = entry.kind;
  const use = (to: string, reference: JsonObject) => {
    const constant = shared.constant(to, reference);
    if (constant === undefined) return undefined;
    constants.add(constant);
    return new Code(constant);
  };
  const ask = (name: string) => {
    const key = unique(`${resource}-${name}`, keys);
    asked.values.push({ key, source, what: name });
    return new Code(`config.require(${printed(key)})`);
  };
  const result = withReferences(inputs, fields, use, ask);
  for (const [name, value] of Object.entries(inputs)) {
    const field = fields[name];
    if (field?.type !== "json" || field.holdsSecrets !== true) continue;
    const at = { source, resource, path: [] as Step[] };
    result[name] = configured({ [name]: value }, at, keys, (secret) => asked.secrets.push(secret), []);
    result[name] = (result[name] as Record<string, Expression>)[name] ?? null;
  }
  return result;
}

/** What hangs on a source, each with a name that no other resource of the program has. */
function named(resource: string, children: readonly Declared[]): (readonly [string, Declared])[] {
  const taken = new Set<string>();
  return children.map((child) => {
    const { kind, key } = child.entry;
    const words = [resource, slug(key), slug(kind.name)].filter((word) => word !== "");
    return [unique(words.join("-"), taken), child] as const;
  });
}

/** A schema comes after those that its attributes refer to. */
function inOrder(children: readonly Declared[]): Declared[] {
  const schemas = new Map(
    children.filter(({ entry }) => entry.kind.name === "Schema").map((one) => [one.entry.key, one]),
  );
  const placed = new Set<Declared>();
  const place = (one: Declared, onTheWay: ReadonlySet<Declared>) => {
    if (placed.has(one) || onTheWay.has(one)) return;
    for (const name of schemasNamedBy(one.inputs)) {
      const other = schemas.get(name);
      if (other) place(other, new Set([...onTheWay, one]));
    }
    placed.add(one);
  };
  for (const child of children) place(child, new Set());
  return [...placed];
}

function schemasNamedBy({ attributes }: JsonObject): string[] {
  if (!Array.isArray(attributes)) return [];
  return attributes.flatMap((attribute) => {
    const name = own(own(attribute, "schema"), "name");
    return typeof name === "string" ? [name] : [];
  });
}

/** The file of what several sources refer to. */
export const referencesFile = ({ all }: SharedReferences): string =>
  [
    "/** Objects of the tenant that several sources refer to, by names that are the same on every tenant. */",
    "",
    ...all.map(([name, reference]) => `export const ${name} = ${printed(reference)};`),
    "",
  ].join("\n");
