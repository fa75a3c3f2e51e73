import type { ZodType } from "zod";
import type { Session } from "../connection";
import type { IsSecret, Json, JsonObject, ObjectRule, Patch } from "../reconcile";

/**
 * Everything that is special about one kind of resource, as data first and thin calls second. What is the same for all
 * kinds is in lifecycle.ts.
 */
export interface Kind {
  /** The kind's name as in the type token: `Source`. */
  readonly name: string;
  /** What a program may declare. Every mistake it finds is reported together, in preview. */
  readonly inputs: ZodType;
  /** How each input is compared, merged and written. */
  readonly rules: ObjectRule;
  /** Advice on inputs that are allowed, but do not do what one may think. */
  warnings?(inputs: JsonObject): string[];
  /** Inputs in the spelling that the API uses now. */
  normalise?(inputs: JsonObject): JsonObject;

  /** How the object is called in messages: `Source "HR Feed"`. */
  title(inputs: JsonObject): string;
  /** The resource's id, from what is declared and what the tenant answered. */
  id(inputs: JsonObject, live: JsonObject): string;
  /** The source that the object with this id belongs to (or is). */
  sourceOf(id: string): string;
  /** What the tenant decided, as outputs of the resource. */
  outputs(live: JsonObject, id: string): JsonObject;
  /** Live by the names of the inputs, with what the API does not return taken from what was applied. */
  view(live: JsonObject, applied: JsonObject, id: string): JsonObject;
  /** The inputs that an object nobody declared yet would be declared with; for import, `.get` and export. */
  imported(live: JsonObject, id: string): JsonObject;
  /** Which managed values are secrets, given the live object. */
  secrets?(live: JsonObject): IsSecret;

  /**
   * What happens when the object is already there at creation: `always` takes it over, keeps its former content and
   * restores it at deletion; `onRequest` takes it over when the program says `adopt: true`, else it is an error.
   */
  readonly adoption: "always" | "onRequest";
  readonly api: Endpoints;
  /** Fields with an endpoint of their own (`apart` in the rules). */
  readonly parts?: Readonly<Record<string, Part>>;
}

/** The kind's operations on the tenant. An object that is not there is `undefined`, never an error. */
export interface Endpoints {
  /** By natural key, as declared; never from a cache. */
  find(session: Session, inputs: JsonObject): Promise<JsonObject | undefined>;
  /** By id. `fresh` reads are never shared with others. */
  get(session: Session, id: string, fresh: boolean): Promise<JsonObject | undefined>;
  /** Absent where the tenant makes the object itself and it always exists. */
  create?(session: Session, body: JsonObject, inputs: JsonObject): Promise<JsonObject>;
  /** Absent where the API can only PUT. */
  patch?(session: Session, id: string, live: JsonObject, patch: Patch): Promise<JsonObject>;
  /** Writes the whole object; for what PATCH cannot express. */
  put?(session: Session, id: string, whole: JsonObject): Promise<JsonObject>;
  /** Absent where the object cannot be deleted: its former content is restored instead. */
  remove?(session: Session, id: string, applied: JsonObject): Promise<void>;
}

/** A field that is written by its own call. */
export interface Part {
  apply(session: Session, id: string, desired: Json | undefined, live: JsonObject): Promise<JsonObject | undefined>;
}
