import type { Fields } from "../kinds/tree/field";
import { SIGNATURE } from "../kinds/assets";
import { recordOf } from "../lifecycle/record";
import { type Json, type JsonObject, type Maybe, isObject, own, put } from "../reconcile";
import { recalled } from "../tenant/references";
import { ProblemError } from "../tenant/problem";
import { canonical } from "./canonical";
import { keyOf, parentOf } from "./entries";
import {
  type Entry,
  type Inventory,
  type Note,
  SECRET,
  type SourceEntry,
  byText,
  objectKinds,
  sourceKind,
} from "./inventory";

/** How Pulumi marks a secret in what it exports of a state. */
const SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270";

/** Both sets of type tokens: `pulumi-nodejs:dynamic/sailpoint:Source` and `sailpoint:index:Source`. */
const TYPE = /^(?:pulumi-nodejs:dynamic\/sailpoint|sailpoint:index):(\w+)$/;

interface Resource {
  kind: Entry["kind"];
  id: string;
  inputs: JsonObject;
  outputs: JsonObject;
}

/**
 * What a stack declares, from what `pulumi stack export` tells of its state.
 *
 * @param nameOf The name of a source that hangs in the air: its id is declared, and its source is of no resource.
 */
export async function stackInventory(
  exported: unknown,
  title: string,
  nameOf: (sourceId: string) => string | undefined,
): Promise<Inventory> {
  const resources = resourcesIn(exported, title);
  const tenants = [...new Set(resources.map(({ outputs }) => outputs["tenant"]))].filter(
    (one) => typeof one === "string",
  );
  const inventory: Inventory = { title, sources: [], notes: [], unnamable: new Map(), partial: true };
  const [tenant, ...others] = tenants;
  if (tenant !== undefined && others.length === 0) inventory.tenant = tenant;
  const sources = new Map<string, SourceEntry>();
  for (const resource of resources.filter(({ kind }) => kind === sourceKind)) {
    const entry = await entryOf(resource, inventory.notes, String(resource.inputs["name"]));
    sources.set(resource.id, { ...entry, name: String(resource.inputs["name"]), children: [] });
  }
  for (const resource of resources.filter(({ kind }) => kind !== sourceKind)) {
    const sourceId = resource.kind.sourceOf(resource.id);
    const source = sources.get(sourceId) ?? unmanaged(nameOf(sourceId) ?? sourceId);
    sources.set(sourceId, source);
    source.children.push(await entryOf(resource, inventory.notes, source.name));
  }
  inventory.sources = [...sources.values()].sort((left, right) => byText(left.name, right.name));
  return inventory;
}

/** A source that others manage: nothing of itself is declared. */
const unmanaged = (name: string): SourceEntry => ({ kind: sourceKind, key: "", name, inputs: { name }, children: [] });

async function entryOf({ kind, id, inputs, outputs }: Resource, notes: Note[], source: string): Promise<Entry> {
  const { [parentOf(kind) ?? ""]: _parent, ...declared } = inputs;
  const { ids, secrets } = recordOf(outputs);
  const entry: Entry = { kind, key: keyOf(kind, declared), inputs: {} };
  const known: JsonObject = {};
  for (const [name, value] of Object.entries(inputs)) {
    if (value !== SECRET) put(known, name, value);
    else
      notes.push({ source, title: kind.title(declared), why: `${name}: all of it is a secret, so it is not compared` });
  }
  const applied = { inputs: await recalled(known, kind.rules, ids), secrets, id };
  return { ...entry, inputs: canonical(comparable(known, kind.fields), kind.fields), applied };
}

/** The inputs that a tenant tells of. The others are ours alone, or it gives them in another form. */
const comparable = (inputs: JsonObject, fields: Fields): JsonObject =>
  Object.fromEntries(
    Object.entries(inputs).filter(([name]) => fields[name]?.apart !== true || fields[name].type === "list"),
  );

function resourcesIn(exported: unknown, title: string): Resource[] {
  const deployment = isObject(exported) ? exported["deployment"] : undefined;
  if (!isObject(deployment)) throw new ProblemError(`${title}: \`pulumi stack export\` gave no state`);
  const listed = deployment["resources"];
  return (Array.isArray(listed) ? listed : []).flatMap((resource): Resource[] => {
    const name = TYPE.exec(String(own(resource, "type")))?.[1];
    const kind = objectKinds.find((one) => one.name === name);
    const [id, inputs, outputs] = ["id", "inputs", "outputs"].map((key) => own(resource, key));
    // What is only read (`.get`) declares nothing, and what is pending deletion is gone for the program.
    const isDeclared = own(resource, "external") !== true && own(resource, "delete") !== true;
    if (!kind || !isDeclared || typeof id !== "string") return [];
    return [{ kind, id, inputs: declaredIn(kind, hidden(inputs)), outputs: isObject(outputs) ? outputs : {} }];
  });
}

/** The inputs among what the state has of a resource. */
function declaredIn({ fields }: Entry["kind"], value: Maybe): JsonObject {
  const result: JsonObject = {};
  for (const name of Object.keys(fields)) {
    const input = own(value, name);
    if (input !== undefined && input !== null) put(result, name, input);
  }
  return result;
}

/** Secrets are encrypted in what Pulumi exports: there is one, and no more is known. */
function hidden(value: Maybe): Maybe {
  if (Array.isArray(value)) return value.map((member) => hidden(member) ?? null);
  if (!isObject(value)) return value;
  if (value[SIGNATURE] === SECRET_SIGNATURE) return SECRET;
  const result: JsonObject = {};
  for (const [key, member] of Object.entries(value)) put(result, key, hidden(member) ?? (null as Json));
  return result;
}
