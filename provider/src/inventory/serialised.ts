import { type JsonObject, type Maybe, isObject, own } from "../reconcile";
import { ProblemError } from "../tenant/problem";
import { type Entry, type Inventory, type Note, type SourceEntry, kindNamed, sourceKind } from "./inventory";

/** What an export keeps beside the program: what was read, from where, and the hash of every file that was written. */
export interface Saved {
  inventory: Inventory;
  files: ReadonlyMap<string, string>;
  /** The tenant that was read; nothing where it was exported before that was kept. */
  origin?: Origin;
}

export interface Origin {
  /** `tenant acme` */
  title: string;
  /** What tells it from others, as in the state of a program. */
  host: string;
}

const FORMAT = 1;

/** The inventory as text: no secret, no id, nothing of the moment. */
export function serialised(inventory: Inventory, host: string, files: ReadonlyMap<string, string>): string {
  const { title, sources, notes, unnamable, excerpt } = inventory;
  const saved = {
    format: FORMAT,
    title,
    host,
    files: Object.fromEntries([...files].sort(([left], [right]) => (left < right ? -1 : 1))),
    unnamable: Object.fromEntries([...unnamable].sort(([left], [right]) => (left < right ? -1 : 1))),
    notes,
    ...(excerpt === true ? { excerpt } : {}),
    sources: sources.map(({ name, inputs, children, unsaid = [] }) => ({
      name,
      inputs,
      ...(unsaid.length > 0 ? { unsaid } : {}),
      children: children.map(({ kind, key, inputs: own }) => ({ kind: kind.name, key, inputs: own })),
    })),
  };
  return `${JSON.stringify(saved, undefined, 2)}\n`;
}

/** Whether it is what {@link serialised} wrote. */
export const isSerialised = (value: unknown): value is JsonObject =>
  isObject(value) && typeof value["format"] === "number" && Array.isArray(value["sources"]) && isObject(value["files"]);

export function deserialised(saved: JsonObject, title: string): Saved {
  if (saved["format"] !== FORMAT) {
    throw new ProblemError(
      `${title} was written by another version of pulumi-sailpoint (format ${String(saved["format"])}): export again`,
    );
  }
  const sources = objects(saved["sources"]).map((source): SourceEntry => {
    const inputs = asObject(source["inputs"]);
    const children = objects(source["children"]).flatMap((child): Entry[] => {
      const kind = kindNamed(String(child["kind"]));
      return kind ? [{ kind, key: String(child["key"] ?? ""), inputs: asObject(child["inputs"]) }] : [];
    });
    const { name, unsaid } = source;
    return {
      ...{ kind: sourceKind, key: "", name: String(name), inputs, children },
      ...(Array.isArray(unsaid) ? { unsaid: unsaid.map(String) } : {}),
    };
  });
  const notes = objects(saved["notes"]).map((note): Note => ({
    source: String(note["source"]),
    title: String(note["title"]),
    why: String(note["why"]),
  }));
  const inventory: Inventory = {
    ...{ title, sources, notes, unnamable: new Map(texts(saved["unnamable"])) },
    ...(saved["excerpt"] === true ? { excerpt: true } : {}),
  };
  const { title: origin, host } = saved;
  return {
    inventory,
    files: new Map(texts(saved["files"])),
    ...(typeof host === "string" ? { origin: { title: String(origin), host } } : {}),
  };
}

const objects = (value: Maybe): JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);
const asObject = (value: Maybe): JsonObject => (isObject(value) ? value : {});
const texts = (value: Maybe): [string, string][] =>
  Object.keys(asObject(value)).map((key) => [key, String(own(value, key))]);
