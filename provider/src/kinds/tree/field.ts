import type {
  CommaSetRule,
  FreeRule,
  JsonObject,
  KeyedRule,
  ListRule,
  ObjectRule,
  ReferenceRule,
  SetRule,
  ValueRule,
} from "../../reconcile";

/**
 * A field of a kind: all that is said about it, once. It is the rule by which it is compared and merged (reconcile/), and
 * besides what validation, the resource classes, the reference pages and the plugin's schema are made from.
 */
export type Field =
  | TextField
  | WordField
  | FlagField
  | NumberField
  | JsonField
  | ObjectField
  | ListField
  | KeyedField
  | SetField
  | CommaSetField
  | ReferenceField
  | FileField
  | FilesField
  | ParentField;

export type Fields = Readonly<Record<string, Field>>;

interface Described {
  /** What it is, as sentences; what the other properties say is not repeated. */
  readonly doc: string;
  /** What holds where nothing is declared, for people; a flag's is false. */
  readonly default?: string;
  /** Whether the value is a secret wherever it stands. */
  readonly secret?: true;
  /** It says how the object is made, so that another value later changes nothing. */
  readonly once?: true;
}

/** Text. `give` completes the sentence "give …" where it is missing. */
export interface TextField extends ValueRule, Described {
  readonly type: "text";
  readonly give: string;
  readonly mayBeEmpty?: true;
  readonly most?: { length: number; told: string };
  /** What is wrong with it, or nothing. */
  readonly check?: (text: string) => string | undefined;
  /** The vendor moves it on existing sources: an object is taken over whatever it has there. */
  readonly movedByVendor?: true;
  /** What of the tenant's it names: looked for before anything is written. */
  readonly names?: "connector";
}

/** One of a few words. */
export interface WordField extends ValueRule, Described {
  readonly type: "word";
  readonly what: string;
  readonly of: readonly string[];
  /** Newer tenants may know more: a word that is not listed is advised of, and sent. */
  readonly open?: { give: string };
}

/** True or false; off where it is not declared, unless it must be. */
export interface FlagField extends ValueRule, Described {
  readonly type: "flag";
  readonly absent?: false;
}

/** A whole number. */
export interface NumberField extends ValueRule, Described {
  readonly type: "number";
  readonly give: string;
  readonly least: number;
  readonly most?: number;
}

/** JSON of any form below a key. */
export interface JsonField extends FreeRule, Described {
  readonly type: "json";
  /** Keys in it may hold secrets, at any depth. */
  readonly holdsSecrets?: true;
}

export interface ObjectField extends ObjectRule, Described {
  readonly type: "object";
  readonly fields: Fields;
  /** The name of its TypeScript interface, where it has one of its own. */
  readonly named?: string;
  /** Rules about several of its fields. */
  readonly check?: Check;
  /** Tenants print keys here that no document names: they are accepted and sent; a near miss of a known name is an error. */
  readonly open?: true;
}

export interface ListField extends ListRule, Described {
  readonly type: "list";
  readonly of: Field;
  /** The members' key is theirs alone. */
  readonly distinct?: true;
  /** Tenants print null where there are none, so that null declares just that. */
  readonly nullIsEmpty?: true;
}

export interface KeyedField extends KeyedRule, Described {
  readonly type: "keyed";
  readonly of: ObjectField;
}

export interface SetField extends SetRule, Described {
  readonly type: "set";
  readonly of: TextField | WordField;
}

/** One text that is a set, its members separated by commas. */
export interface CommaSetField extends CommaSetRule, Described {
  readonly type: "commaSet";
  readonly give: string;
}

/** Another object of the tenant, named by exactly one key. */
export interface ReferenceField extends ReferenceRule, Described {
  readonly type: "reference";
  readonly what: string;
  readonly by: readonly ReferenceKey[];
  /** A resource of this kind may stand in its place. */
  readonly resource?: string;
}
export type ReferenceKey = "alias" | "name" | "id";

/** A text: a file of this machine, or one that the program has made. */
export interface FileField extends ValueRule, Described {
  readonly type: "file";
}

/** Files of this machine, told by their names. */
export interface FilesField extends ValueRule, Described {
  readonly type: "files";
}

/** The source that the object hangs on. */
export interface ParentField extends ValueRule, Described {
  readonly type: "parent";
}

/** A mistake in the values of several fields: where, and what to do. */
export interface Mistake {
  readonly path: readonly (string | number)[];
  readonly message: string;
}
/** Its values may be of any form: what is wrong with one of them alone is told beside. */
export type Check = (declared: JsonObject) => readonly Mistake[];

type Options<F extends Field, Given extends keyof F = never> = Omit<F, "is" | "type" | Given>;

export const text = (options: Options<TextField>): TextField => ({ is: "value", type: "text", ...options });

export const word = (options: Options<WordField>): WordField => ({ is: "value", type: "word", ...options });

export function flag(options: Options<FlagField, "absent"> | string): FlagField {
  const given = typeof options === "string" ? { doc: options } : options;
  const off = given.required === true ? {} : { absent: false as const, default: "false" };
  return { is: "value", type: "flag", ...off, ...given };
}

export const number = (options: Options<NumberField>): NumberField => ({ is: "value", type: "number", ...options });

export const json = (options: Options<JsonField>): JsonField => ({ is: "free", type: "json", ...options });

export const object = (options: Options<ObjectField, "rest">): ObjectField => ({
  is: "object",
  type: "object",
  ...(options.open === true ? { rest: { is: "value", carried: true } } : {}),
  ...options,
});

/** Order and membership are the program's. */
export const list = (options: Options<ListField>): ListField => ({ is: "list", type: "list", ...options });

/** Members are told by a key; others are left alone. */
export const keyed = (options: Options<KeyedField>): KeyedField => ({ is: "keyed", type: "keyed", ...options });

/** Members are what counts; others are left alone. */
export const set = (options: Options<SetField>): SetField => ({ is: "set", type: "set", ...options });

/** Members are what counts; those of others are left alone. */
export const commaSet = (options: Options<CommaSetField>): CommaSetField => ({
  is: "commaSet",
  type: "commaSet",
  ...options,
});

export const reference = (
  options: Options<ReferenceField, "by"> & { by?: readonly ReferenceKey[] },
): ReferenceField => ({ is: "reference", type: "reference", by: ["name", "id"], ...options });

export const file = (options: Options<FileField>): FileField => ({ is: "value", type: "file", ...options });

export const files = (options: Options<FilesField>): FilesField => ({ is: "value", type: "files", ...options });

/** @param what What hangs on the source: "a schedule". */
export const parent = (what: string): ParentField => ({
  is: "value",
  type: "parent",
  doc: "The source: a Source, or a source's id.",
  required: true,
  immutable: `${what} belongs to one source`,
  apart: true,
});
