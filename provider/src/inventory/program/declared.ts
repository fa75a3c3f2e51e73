import type { z } from "zod";
import type { Field, Fields } from "../../kinds/tree/field";
import { otherForm } from "../../kinds/tree/validation";
import { type Json, type JsonObject, type Maybe, type Step, isObject, own, pathText, put } from "../../reconcile";
import { parentOf } from "../entries";
import { type Entry, type Inventory, type Note, nameKey, titleOf } from "../inventory";

/** The alias or name of what a program has to name and nobody could: its configuration says it. */
export const ASKED = "[asked of the configuration]";

/** What a program can say of an object, and what it cannot. */
export interface Declaration {
  /** Nothing where the object cannot be declared at all. */
  inputs: JsonObject | undefined;
  notes: Note[];
}

/**
 * An entry as a program declares it: references by what they are found by, nothing that means something on one tenant
 * only, and nothing that would be refused. What falls away for that is told.
 *
 * @param unsayable Why a key of the tenant's cannot stand in the program.
 */
export function declaration(
  source: string,
  entry: Entry,
  { unnamable }: Pick<Inventory, "unnamable">,
  unsayable: Unsayable,
): Declaration {
  const notes: Note[] = [];
  const note = (why: string) => {
    notes.push({ source, title: titleOf(entry), why });
  };
  const { fields } = entry.kind;
  const portable = new Portable(unnamable, unsayable, note).inputs(entry.inputs, fields);
  const inputs = acceptable(entry, portable, note);
  return { inputs, notes };
}

type Unsayable = (key: string) => string | undefined;

/** Nothing where the value cannot be carried. */
class Portable {
  constructor(
    private readonly unnamable: ReadonlyMap<string, string>,
    private readonly unsayable: Unsayable,
    private readonly note: (why: string) => void,
  ) {}

  inputs(inputs: JsonObject, fields: Fields, path: readonly string[] = []): JsonObject {
    const result: JsonObject = {};
    for (const [name, field] of Object.entries(fields)) {
      const value = own(inputs, name);
      const carried = value === undefined ? asked(field) : this.value(value, field, [...path, name]);
      if (carried !== undefined) put(result, name, carried);
    }
    return result;
  }

  private value(value: Json, field: Field, path: readonly string[]): Maybe {
    if (field.type === "reference") return isObject(value) ? this.reference(value, field, path) : undefined;
    if (field.type === "object" && isObject(value)) {
      const inner = this.inputs(value, field.fields, path);
      return isWhole(inner, value, field.fields) ? inner : undefined;
    }
    if (field.type === "keyed" && Array.isArray(value)) {
      return value.flatMap((member) => this.value(member, field.of, path) ?? []);
    }
    if (field.type === "list" && Array.isArray(value)) {
      const members = value.flatMap((member) => this.value(member, field.of, path) ?? []);
      // An ordered list is the program's as a whole: without one of its members it would be another.
      return members.length === value.length ? members : undefined;
    }
    return field.type === "json" ? this.json(value, path) : value;
  }

  private json(value: Json, path: readonly Step[]): Json {
    if (Array.isArray(value)) return value.map((member, i) => this.json(member, [...path, i]));
    if (!isObject(value)) return value;
    const result: JsonObject = {};
    for (const [key, member] of Object.entries(value)) {
      const why = this.unsayable(key);
      if (why !== undefined) this.note(`${pathText(path)}: a key named ${key}, ${why}`);
      else put(result, key, this.json(member, [...path, key]));
    }
    return result;
  }

  private reference(value: JsonObject, field: Field & { type: "reference" }, path: readonly string[]): Maybe {
    const why = this.unnamable.get(nameKey(field.to, value));
    if (why === undefined) {
      const alias = field.by.includes("alias") ? own(value, "alias") : undefined;
      return alias === undefined ? { name: own(value, "name") ?? "" } : { alias };
    }
    this.note(
      `${pathText(path)}: ${field.what} ${JSON.stringify(value["name"])} cannot be named: ${why}. ` +
        (field.required === true
          ? "The stack's configuration names it"
          : "Declare it by { id }, which differs by tenant"),
    );
    return asked(field);
  }
}

/** A reference that must be given, and is not. */
const asked = (field: Field): Maybe =>
  field.type === "reference" && field.required === true ? { [field.by[0] ?? "name"]: ASKED } : undefined;

/** Whether nothing of an object that belongs to a list fell away: half of it would say something else. */
const isWhole = (inner: JsonObject, value: JsonObject, fields: Fields): boolean =>
  Object.keys(value).every((name) => !Object.hasOwn(fields, name) || Object.hasOwn(inner, name)) ||
  Object.values(fields).some(({ type }) => type === "list" || type === "keyed");

/** As often as something falls away that something else needs. */
const ROUNDS = 20;

/** The source is another resource of the program: its id is none yet. */
const ANY_ID = "0";

/** What passes the check that every program goes through: tenants hold what they would not take. */
function acceptable(entry: Entry, declared: JsonObject, note: (why: string) => void): JsonObject | undefined {
  const { kind } = entry;
  const parent = parentOf(kind);
  let inputs = declared;
  for (let round = 0; round < ROUNDS; round += 1) {
    const candidate = parent === undefined ? inputs : { [parent]: ANY_ID, ...inputs };
    const checked = kind.inputs.safeParse(kind.normalise?.(candidate) ?? candidate, { error: otherForm });
    const issue = checked.success ? undefined : checked.error.issues[0];
    if (issue === undefined) return inputs;
    const left = without(inputs, kind.fields, issue);
    note(`${pathText(issue.path.map(asStep))}: ${issue.message}`);
    if (left === undefined) return undefined;
    inputs = left;
  }
  return undefined;
}

/** Without what is wrong: a member that is told by a key, else the whole field. Nothing where it cannot be missed. */
function without(
  inputs: JsonObject,
  fields: Fields,
  { path: [name, member] }: z.core.$ZodIssue,
): JsonObject | undefined {
  const key = String(name);
  const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
  const value = own(inputs, key);
  if (field?.type === "keyed" && typeof member === "number" && Array.isArray(value)) {
    return { ...inputs, [key]: value.filter((_, i) => i !== member) };
  }
  if (field?.required === true || value === undefined) return undefined;
  const { [key]: _wrong, ...rest } = inputs;
  return rest;
}

const asStep = (step: PropertyKey): string | number => (typeof step === "number" ? step : String(step));
