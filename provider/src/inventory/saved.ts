import { type Json, type JsonObject, type Maybe, isObject, own } from "../reconcile";
import type { Kind } from "../kinds/kind";
import { ProblemError } from "../tenant/problem";
import { distinct } from "./distinct";
import { asWritten, entryOf } from "./entries";
import { type Entry, type Inventory, byText, childKinds, sourceKind } from "./inventory";
import { deserialised, isSerialised } from "./serialised";

/**
 * What a file holds of sources: what an export keeps, a source as the API answers it (or several), what hangs on it
 * beside it, or what SP-Config exports.
 */
export async function savedInventory(file: unknown, title: string): Promise<Inventory> {
  if (isSerialised(file)) return deserialised(file, title).inventory;
  const objects = sourcesIn(file);
  if (objects.length === 0) {
    throw new ProblemError(
      `${title} holds no source. \`pulumi-sailpoint export --out FOLDER\` and \`pulumi-sailpoint api getSource --id "NAME"\` ` +
        `save some; an SP-Config export of the type SOURCE is read, too`,
    );
  }
  const inventory: Inventory = { title, sources: [], notes: [], unnamable: new Map(), excerpt: true };
  const isConfig = isObject(file) && Array.isArray(file["objects"]);
  for (const { source, around } of objects) await add(inventory, source, around, isConfig);
  inventory.sources.sort((left, right) => byText(left.name, right.name));
  return inventory;
}

interface Found {
  source: JsonObject;
  /** The object that holds it and, perhaps, what hangs on it. */
  around: JsonObject;
}

function sourcesIn(file: unknown): Found[] {
  if (Array.isArray(file)) return file.flatMap(sourcesIn);
  if (!isObject(file)) return [];
  // SP-Config: { objects: [{ self: { type }, object }] }
  if (Array.isArray(file["objects"])) {
    return file["objects"].flatMap((one: Json) => {
      const object = own(one, "object");
      return own(own(one, "self"), "type") === "SOURCE" && isObject(object) ? [{ source: object, around: object }] : [];
    });
  }
  const inner = file["source"];
  if (isObject(inner) && typeof inner["name"] === "string" && !("connector" in file)) {
    return [{ source: inner, around: file }];
  }
  return typeof file["name"] === "string" && typeof file["connector"] === "string"
    ? [{ source: file, around: file }]
    : [];
}

async function add(inventory: Inventory, source: JsonObject, around: JsonObject, isConfig: boolean): Promise<void> {
  const name = String(source["name"]);
  const id = String(source["id"] ?? "");
  const entry = await entryOf(sourceKind, source, id, asWritten, inventory.unnamable);
  const children: Entry[] = [];
  const lacking: string[] = [];
  for (const kind of childKinds) {
    const found = childrenIn(around, kind);
    if (found === undefined) lacking.push(kind.name);
    for (const child of found ?? []) {
      const read = await entryOf(kind, child, kind.id({ ...child, source: id }, child), asWritten, inventory.unnamable);
      if (Object.keys(read.inputs).length > 0) children.push(read);
    }
  }
  if (lacking.length > 0) {
    const what = isConfig ? "an SP-Config export" : "the file";
    inventory.notes.push({
      source: name,
      title: "what hangs on it",
      why: `${what} holds no ${lacking.join(", ")}: they stay as they are`,
    });
  }
  inventory.sources.push({ ...entry, name, children: distinct(name, children, inventory.notes), unsaid: lacking });
}

/** What hangs on a source, as a list (`schemas`, `provisioningPolicies` …) or, where it has but one, as an object. */
function childrenIn(around: JsonObject, kind: Kind): JsonObject[] | undefined {
  const name = kind.name.slice(0, 1).toLowerCase() + kind.name.slice(1);
  const one: Maybe = own(around, name);
  if (isObject(one)) return [one];
  const many = own(around, name.endsWith("y") ? `${name.slice(0, -1)}ies` : `${name}s`);
  if (!Array.isArray(many)) return undefined;
  const objects = many.filter(isObject);
  // A source names its schemas; that is not the schemas themselves.
  const areReferences = objects.every((object) =>
    Object.keys(object).every((key) => ["type", "id", "name"].includes(key)),
  );
  return objects.length > 0 && areReferences ? undefined : objects;
}
