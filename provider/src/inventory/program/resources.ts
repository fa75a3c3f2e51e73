import type { Kind } from "../../kinds/kind";
import { type JsonObject, type Step, own } from "../../reconcile";
import type { Entry } from "../inventory";
import { type Expression, Said } from "./expression";
import { slug, unique } from "./names";
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

/** A resource of the program, in no language yet. */
export interface Resource {
  name: string;
  kind: Kind;
  properties: Record<string, Expression>;
  /** The id under which it is imported; nothing where it is taken over by `adopt`. */
  imported?: string;
  /** Whether Pulumi neither destroys nor replaces it until the program says otherwise, as with what it imports. */
  isProtected: boolean;
  /** Resources of the same source that have to be there before. */
  after: readonly string[];
}

/** A source and all that hangs on it. */
export interface SourceResources {
  resource: string;
  all: readonly [source: Resource, ...children: Resource[]];
  /** The shared references that it uses. */
  references: ReadonlySet<string>;
  /** Whether it asks anything of the configuration. */
  asks: boolean;
}

export interface Words {
  shared: SharedReferences;
  /** Names that are taken in the whole program: of resources, references and configuration. */
  taken: Set<string>;
  asked: Asked;
  /** Whether objects are imported, by their ids on the tenant that was read. */
  imports: boolean;
}

/** The resources of one source, and what they ask of the configuration. */
export function resourcesOf({ source, resource, objects }: SourceProgram, words: Words): SourceResources {
  const { taken, asked, imports } = words;
  const [declared, ...children] = objects;
  const references = new Set<string>();
  const before = asked.secrets.length + asked.values.length;
  const propertiesOf = (one: Declared) => expressionOf(one, { ...words, source, resource, references });
  const imported = ({ entry: { id } }: Declared) => (imports && id !== undefined ? { imported: id } : {});
  const placed = named(resource, inOrder(children), taken);
  const schemas = new Map(
    placed.filter(([, { entry }]) => isSchema(entry)).map(([name, { entry }]) => [entry.key, name]),
  );
  const all: SourceResources["all"] = [
    {
      name: resource,
      kind: declared.entry.kind,
      properties: { ...propertiesOf(declared), ...(imports ? {} : { adopt: true }) },
      ...imported(declared),
      isProtected: true,
      after: [],
    },
    ...placed.map(([name, child]) => ({
      name,
      kind: child.entry.kind,
      properties: { source: new Said("source", resource), ...propertiesOf(child) },
      ...imported(child),
      isProtected: false,
      after: schemasNamedBy(child.inputs).flatMap((other) => schemas.get(other) ?? []),
    })),
  ];
  return { resource, all, references, asks: asked.secrets.length + asked.values.length > before };
}

interface SourceContext extends Words {
  source: string;
  resource: string;
  references: Set<string>;
}

function expressionOf({ entry, inputs }: Declared, context: SourceContext): Record<string, Expression> {
  const { source, resource, shared, references, taken, asked } = context;
  const { fields } = entry.kind;
  const use = (to: string, reference: JsonObject) => {
    const constant = shared.constant(to, reference);
    if (constant === undefined) return undefined;
    references.add(constant);
    return new Said("reference", constant);
  };
  const ask = (name: string) => {
    const key = unique(`${resource}-${name}`, taken);
    asked.values.push({ key, source, what: name });
    return new Said("value", key);
  };
  const result = withReferences(inputs, fields, use, ask);
  for (const [name, value] of Object.entries(inputs)) {
    const field = fields[name];
    if (field?.type !== "json" || field.holdsSecrets !== true) continue;
    const at = { source, resource, path: [] as Step[] };
    result[name] = configured({ [name]: value }, at, taken, (secret) => asked.secrets.push(secret), []);
    result[name] = (result[name] as Record<string, Expression>)[name] ?? null;
  }
  return result;
}

/** What hangs on a source, each with a name that no other resource of the program has. */
function named(resource: string, children: readonly Declared[], taken: Set<string>): (readonly [string, Declared])[] {
  return children.map((child) => {
    const { kind, key } = child.entry;
    const words = [resource, slug(key), slug(kind.name)].filter((word) => word !== "");
    return [unique(words.join("-"), taken), child] as const;
  });
}

const isSchema = ({ kind }: Entry): boolean => kind.name === "Schema";

/** A schema comes after those that its attributes refer to. */
function inOrder(children: readonly Declared[]): Declared[] {
  const schemas = new Map(children.filter(({ entry }) => isSchema(entry)).map((one) => [one.entry.key, one]));
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
