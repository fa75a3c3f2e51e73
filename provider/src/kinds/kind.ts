import type { ZodType } from "zod";
import type { OperationId } from "../api/operations";
import type { IsSecret, Json, JsonObject, Maybe, ObjectRule, Patch, Path } from "../reconcile";
import type { Session } from "../tenant/session";
import type { Check, Fields } from "./tree/field";
import { schemaOf } from "./tree/validation";

/** What the kinds of both sorts, objects and actions, say of themselves as data. */
interface Description {
  /** The kind's name as in the type token: `Source`. */
  readonly name: string;
  /** What it is, for whoever declares it: the text above the class and at the top of its page. */
  readonly doc: string;
  /** The operations of the API behind it. */
  readonly operations: readonly OperationId[];
  /** A program that declares one, in TypeScript, and what the example assumes to be there. */
  readonly example: string;
  /** What a program may declare. */
  readonly fields: Fields;
  /** Outputs and other names that people try to set, and why they cannot. */
  readonly notInputs: Readonly<Record<string, string>>;
  /** Rules about several inputs. */
  readonly check?: Check;
  /** What the tenant decides beside the id. */
  readonly outputs: Readonly<Record<string, Output>>;
  /** The output that tells an object from another one that was made anew under its key. */
  readonly identity?: string;
  /** The operation that the kind cannot do without; a version of the API that lacks it is an error in preview. */
  readonly needs?: OperationId;
  /** The same for some inputs only. */
  readonly needsFor?: (inputs: JsonObject) => OperationId | undefined;
  /** Advice on inputs that are allowed, but do not do what one may think. */
  readonly warnings?: (inputs: JsonObject) => string[];
  /** Inputs in the spelling that the API uses now. */
  readonly normalise?: (inputs: JsonObject) => JsonObject;
  /** How the object is called in messages: `Source "HR Feed"`. */
  readonly title: (inputs: JsonObject) => string;
  /** The source that the object with this id belongs to (or is). */
  readonly sourceOf: (id: string) => string;
}

/** What the tenant decided, as an output of the resource. */
export interface Output {
  readonly doc: string;
  /** `id` is the resource's id under another name, and stands in no state of its own. */
  readonly type: "id" | "text" | "texts" | "flag" | "textByName" | "numberByName";
  /** The tenant may say nothing of it. */
  readonly optional?: true;
  /** From the live object; an action returns its outputs itself. A flag that is off is left out of the state. */
  readonly of?: (live: JsonObject) => Json | undefined;
}

/**
 * Everything that is special about one kind of resource, as data first and thin calls second. What is the same for all
 * kinds is in lifecycle/.
 */
export interface KindDefinition extends Description {
  /** How the id of such an object reads, for import. */
  readonly importId: string;
  /** The resource's id, from what is declared and what the tenant answered. */
  readonly id: (inputs: JsonObject, live: JsonObject) => string;
  /** What an update brings with it that the program does not say. Asked for before anything is written. */
  readonly consequences?: (session: Session, id: string, applied: JsonObject, desired: JsonObject) => Promise<string[]>;
  /** Live by the names of the inputs, with what the API does not return taken from what was applied. */
  readonly view: (live: JsonObject, applied: JsonObject, id: string) => JsonObject;
  /** The inputs that an object nobody declared yet would be declared with; for import, `.get` and export. */
  readonly imported: (live: JsonObject, id: string) => JsonObject;
  /** What of a live object says something beyond what every such object says; for export and comparison. */
  readonly telling?: (live: JsonObject) => JsonObject;
  /** All that a source has of this kind, as the tenant has them; absent for what hangs on no source. */
  readonly listed?: (session: Session, source: JsonObject) => Promise<JsonObject[]>;
  /** Whether a source is there, where it may have none of this kind. Asks no more than a look for one of it does. */
  readonly hasSource?: (session: Session, sourceId: string) => Promise<boolean>;
  /** What of a live object no program can declare, each as a line for people. */
  readonly uncarried?: (live: JsonObject) => string[];
  /** Why a live object cannot be told from others of its kind, where its key does not say all. */
  readonly indistinct?: (live: JsonObject) => string | undefined;
  /** Which managed values are secrets, given the live object. */
  readonly secrets?: (live: JsonObject) => IsSecret;
  /** Declared paths that the tenant keeps secret, and of which nothing but its answer says so. */
  readonly unknownSecrets?: (declared: JsonObject, live: JsonObject) => Path[];
  /** What of an object that is taken over stays although one may think that it goes, in words. */
  readonly besides?: (desired: JsonObject, live: JsonObject) => string | undefined;
  /** What of the desired the object does not offer, by what the tenant says, in words: a write of it would be refused. */
  readonly notOffered?: (desired: JsonObject, live: JsonObject) => string[];
  /**
   * What happens when the object is already there at creation: `always` takes it over, keeps its former content and
   * restores it at deletion; `onRequest` takes it over when the program says `adopt: true`, else it is an error.
   */
  readonly adoption: "always" | "onRequest";
  readonly api: Endpoints;
  /**
   * Paths of a new object that are set by an update right after its creation: what the tenant has there beside us is
   * known only then.
   */
  readonly afterCreation?: (desired: JsonObject) => Path[];
  /** What is lost on the system's side when the object is deleted, for whoever replaces one. */
  readonly goesWithIt?: string;
  /** Who uses it, for as long as which the tenant does not delete it. */
  readonly users?: (session: Session, id: string, title: string) => Promise<string[]>;
  /** Refuses what the tenant would refuse only after all that hangs on the object is gone. */
  readonly refuseReplacement?: (session: Session, id: string, title: string) => Promise<unknown>;
  /** Fields with an endpoint of their own (`apart` in the tree). */
  readonly parts?: Readonly<Record<string, Part>>;
}

/** A resource that does something once, and again when its inputs change; the tenant keeps nothing of it to read. */
export interface ActionDefinition extends Description {
  readonly id: (inputs: JsonObject) => string;
  /** Does it, and returns what came of it as outputs. */
  readonly run: (session: Session, inputs: JsonObject) => Promise<JsonObject>;
}

/** What is made from the tree of fields. */
interface Derived {
  /** How each input is compared, merged and written. */
  readonly rules: ObjectRule;
  /** The form of the inputs. Every mistake it finds is reported together, in preview. */
  readonly inputs: ZodType;
}

export type Kind = KindDefinition & Derived;
export type Action = ActionDefinition & Derived;
/** What a resource declares, whatever it does with it. */
export type Declared = Description & Derived;

export const kind = (definition: KindDefinition): Kind => ({ ...definition, ...derived(definition) });
export const action = (definition: ActionDefinition): Action => ({ ...definition, ...derived(definition) });

export const isAction = (of: Kind | Action): of is Action => "run" in of;

function derived({ fields, notInputs, check }: Description): Derived {
  let inputs: ZodType | undefined;
  return {
    rules: { is: "object", fields },
    // Made when the first resource is checked.
    get inputs() {
      return (inputs ??= schemaOf(fields, notInputs, check));
    },
  };
}

/** The kind's operations on the tenant. An object that is not there is `undefined`, never an error. */
export interface Endpoints {
  /** By natural key, as declared; never from a cache. */
  readonly find: (session: Session, inputs: JsonObject) => Promise<JsonObject | undefined>;
  /** By id. `fresh` reads are never shared with others. `known` is the object's state, or an earlier answer. */
  readonly get: (session: Session, id: string, fresh: boolean, known?: JsonObject) => Promise<JsonObject | undefined>;
  /** Absent where the tenant makes the object itself and it always exists. */
  readonly create?: (session: Session, body: JsonObject, inputs: JsonObject) => Promise<JsonObject>;
  /** Absent where the API can only PUT. */
  readonly patch?: (session: Session, id: string, live: JsonObject, patch: Patch) => Promise<JsonObject>;
  /** Writes the whole object; for what PATCH cannot express. */
  readonly put?: (session: Session, id: string, whole: JsonObject) => Promise<JsonObject>;
  /** Absent where the object cannot be deleted: its former content is restored instead. */
  readonly remove?: (session: Session, id: string, applied: JsonObject) => Promise<void>;
}

/** A field that is written by its own call. */
export interface Part {
  readonly apply: (
    session: Session,
    id: string,
    desired: Json | undefined,
    live: JsonObject,
    applied: Json | undefined,
  ) => Promise<JsonObject | undefined>;
  /** What that call will do, in words, where the change does not say it. */
  readonly foretold?: (desired: Maybe, applied: Maybe) => string[];
}
