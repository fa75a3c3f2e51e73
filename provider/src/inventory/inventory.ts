import { kinds } from "../kinds";
import { type Kind, isAction } from "../kinds/kind";
import { type Fingerprints, type JsonObject, type Maybe, isObject } from "../reconcile";

/** What stands in the place of a secret: that there is one, and no more. */
export const SECRET = "[secret: not shown]";

/** The name of what only an id is known of. */
export const UNNAMED = "[known by its id only]";

/** One object, as a program would declare it. */
export interface Entry {
  kind: Kind;
  /** What tells it from others of its kind on its source; empty where a source has but one. */
  key: string;
  /**
   * Its inputs without the source that it hangs on: nothing that the tenant owns, references by `name` and, where it is
   * known, `alias`, {@link SECRET} in the place of secrets, everything in an order that is always the same.
   */
  inputs: JsonObject;
  /** As the tenant answered it; nothing where it was not read from a tenant just now. */
  live?: JsonObject;
  /** The id of the resource that would manage it there. */
  id?: string;
  /** What the state of a program knows of it beyond its inputs. */
  applied?: Applied;
}

export interface Applied {
  /** The inputs in the terms of the tenant that they were applied to. */
  inputs: JsonObject;
  /** Fingerprints of that tenant's cipher text. */
  secrets: Fingerprints;
  /** The id that the object has there. */
  id: string;
}

/** A source and all that hangs on it. */
export interface SourceEntry extends Entry {
  /** What tells it on its tenant. */
  name: string;
  children: Entry[];
  /** Kinds, by their names, of which it is not known whether the source has any. */
  unsaid?: readonly string[];
}

/** What could not be taken along. */
export interface Note {
  source: string;
  /** `Source "HR Feed"`, `ProvisioningPolicy CREATE` … */
  title: string;
  why: string;
}

/** The sources of one side: of a tenant, a program, a file. */
export interface Inventory {
  /** What it is of, for people: `tenant acme`, `stack production`, `folder export`. */
  title: string;
  sources: SourceEntry[];
  notes: Note[];
  /** References that name nothing that could be looked up by its name, each with the reason; see {@link nameKey}. */
  unnamable: Map<string, string>;
  /** The tenant that it was read from, or that a program was deployed to. */
  tenant?: string;
  /** Where a program declares only what it manages: the rest of an object says nothing. */
  partial?: true;
  /** Where only some sources were kept: of others it says nothing. */
  excerpt?: true;
}

/** What a reference names, as a key. */
export const nameKey = (to: string, { alias, name }: JsonObject): string => JSON.stringify([to, alias ?? name ?? null]);

/** The kinds that stand on a tenant, in the order in which people read of them. Actions leave nothing to read. */
export const objectKinds: readonly Kind[] = Object.values(kinds).filter((kind): kind is Kind => !isAction(kind));
export const sourceKind: Kind = kinds.source;
/** The kinds that hang on a source. */
export const childKinds: readonly Kind[] = objectKinds.filter((kind) => kind !== sourceKind);

export const kindNamed = (name: string): Kind | undefined => objectKinds.find((kind) => kind.name === name);

/** How an object is called on its source. */
export const titleOf = ({ kind, key, inputs }: Pick<Entry, "kind" | "key" | "inputs">): string =>
  key === "" && kind !== sourceKind ? kind.name : kind.title(inputs);

/** How many secrets stand in a value. */
export function secretsIn(value: Maybe): number {
  if (value === SECRET) return 1;
  const members = Array.isArray(value) ? value : isObject(value) ? Object.values(value) : [];
  return members.reduce<number>((sum, member) => sum + secretsIn(member), 0);
}

/** In an order that does not depend on the machine's language. */
export const byText = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);
