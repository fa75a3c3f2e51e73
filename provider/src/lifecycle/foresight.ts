import { SailPointError } from "../api/errors";
import type { Kind, Part } from "../kinds/kind";
import type { Field } from "../kinds/tree/field";
import {
  type Change,
  type IsSecret,
  type JsonObject,
  type Path,
  type Step,
  compare,
  describeChanges,
  describeLost,
  lost,
  own,
  pathText,
  planned,
  replaces,
  unmarked,
} from "../reconcile";
import { UNKNOWN, holdsUnknown } from "../reconcile/unknown";
import { type References, isOfSource } from "../tenant/lookup";
import { type ResolvedIds, recalled, resolveAll } from "../tenant/references";
import { ProblemError } from "../tenant/problem";
import { NotConnected, type Session, besideSession } from "../tenant/session";
import { ExplainedError } from "./explained";
import type { Journal } from "./journal";
import { keyOf } from "./owners";
import { recordOf } from "./record";
import { inputsOf } from "./state";
import { wholeOf } from "./update";
import { overlap, viewed } from "./view";
import { unsendable } from "./write";

/*
 * What a preview cannot show by itself: what a newly declared path has on the tenant now, what stands behind a secret
 * that hides a whole list, what of others goes, what a replacement takes with it. Values are shown only where they
 * cannot be secrets: what the program has marked as one, a host may not know.
 */

export interface Foresight {
  lines: string[];
  /** What is lost by it, or may break. */
  warnings?: string[];
  /** The fields that really replace the object, where it is known now what the tenant has. */
  replaces?: string[];
}

/** What an update or a replacement will do beyond what the plan shows. Asks the tenant only where the state cannot tell. */
export async function foresee(
  session: Session,
  kind: Kind,
  id: string,
  olds: JsonObject,
  inputs: JsonObject,
): Promise<Foresight> {
  const record = recordOf(olds);
  const before = inputsOf(kind, olds);
  const changes = planned(inputs, before, kind.rules);
  const asked = replaces(changes, kind.rules);
  const isSecret = kind.secrets?.(inputs);
  const isHidden = (change: Change) => holdsList(change) || isSecretAt(change, isSecret);
  const warnings = changes.some(isRenaming) ? await toldOfName(session, kind, id, before) : [];
  if (asked.length === 0 && !changes.some((change) => isUnseen(change) || holdsList(change))) {
    return { lines: described(changes.filter(isHidden), kind), warnings };
  }
  const live = await kind.api.get(session, id, false, olds);
  if (live === undefined) return { lines: [] };
  const applied = await recalled(before, kind.rules, record.ids);
  const view = viewed(kind, id, live, applied, record.secrets);
  const replaced = replaces(changes, kind.rules, view);
  if (replaced.length > 0) {
    // A new object has nothing that would correspond; found out by its creation, the old one would be gone.
    const { missing } = unmarked(inputs, undefined, kind.rules);
    if (missing.length > 0) throw new ProblemError(unsendable(kind.title(inputs), missing));
    await kind.refuseReplacement?.(session, id, kind.title(before));
    replacedOn(session).add(keyOf(kind, id));
    return {
      lines: [],
      warnings: kind.goesWithIt === undefined ? [] : [`will be replaced: ${kind.goesWithIt}`],
      replaces: replaced,
    };
  }
  const desired = wholeOf(
    kind,
    await inTheirTerms(session, kind, id, inputs, { inputs: before, ids: record.ids }),
    record.former,
  );
  const options = { found: record.found };
  const writes = compare(desired, applied, view, kind.rules, view, options).filter(({ path }) =>
    changes.some((other) => overlap(path, other.path)),
  );
  const told = writes.filter((change) => isUnseenAt(change.path, changes) || isHidden(change));
  const lines = [
    ...described(
      told.filter(({ path: [name] }) => partAt(kind, name)?.foretold === undefined),
      kind,
    ),
    ...toldOfParts(kind, changes, desired, applied),
    ...describeLost(lost(writes, applied, kind.rules)),
  ];
  warnings.push(...(kind.notOffered?.(desired, live) ?? []));
  return { lines: [...lines, ...staying(changes, writes, view)], warnings, replaces: [] };
}

const partAt = (kind: Kind, name: Step | undefined): Part | undefined =>
  typeof name === "string" ? kind.parts?.[name] : undefined;

/** What the calls of fields with their own endpoints do, where their changes do not say it. */
const toldOfParts = (kind: Kind, changes: readonly Change[], desired: JsonObject, applied: JsonObject): string[] =>
  [...new Set(changes.map(({ path: [name] }) => String(name)))].flatMap((name) =>
    (partAt(kind, name)?.foretold?.(own(desired, name), own(applied, name)) ?? []).map((line) => `${name}: ${line}`),
  );

const isRenaming = ({ kind, path }: Change): boolean => kind === "modified" && pathText(path) === "name";

/** Others know it by its name. */
async function toldOfName(session: Session, kind: Kind, id: string, before: JsonObject): Promise<string[]> {
  const users = await usersOf(session, kind, id, before);
  if (users.length === 0) return [];
  return [
    `will be renamed, and is used by ${users.join(", ")}: where one of them names it, as transforms and identity ` +
      `profiles do, the new name has to be put there, too`,
  ];
}

const usersOf = (session: Session, kind: Kind, id: string, inputs: JsonObject): Promise<string[]> =>
  asFarAsPossible(async () => (await kind.users?.(session, id, kind.title(inputs))) ?? [], []);

/** Told before the first deletion of a command: the tenant refuses that of what is in use when others are gone already. */
export async function tellUsers(session: Session, kind: Kind, id: string, inputs: JsonObject): Promise<void> {
  const users = await usersOf(session, kind, id, inputs);
  if (users.length === 0) return;
  session.report.warn(
    `${kind.title(inputs)} is in use, and the tenant does not delete it then. It is used by ${users.join(", ")}. Take the source out of ` +
      `these first, or keep the source with retainOnDelete`,
  );
}

/**
 * What a replacement brings that an option of the program or of the command asks for, of which no diff knows. Refused like
 * one that a change asks for.
 */
export async function foreseeReplacement(
  session: Session,
  kind: Kind,
  id: string,
  inputs: JsonObject,
): Promise<Foresight> {
  if (isReplaced(session, kind, id)) return { lines: [] };
  const live = await kind.api.get(session, id, false);
  // Somebody deleted it, or this command did.
  if (live === undefined) return { lines: [] };
  await kind.refuseReplacement?.(session, id, kind.title(kind.imported(live, id)));
  replacedOn(session).add(keyOf(kind, id));
  const clash = live["name"] === inputs["name"] ? `. ${NAME_STAYS}` : "";
  return { lines: [], warnings: [`will be replaced: ${String(kind.goesWithIt)}${clash}`] };
}

const NAME_STAYS =
  "A tenant has one source of a name: give the resource the option deleteBeforeReplace: true, too, unless it has it, or " +
  "else the new one another name";

/** The objects whose replacement is foreseen: they are gone before their successors are made. */
const replacedOn = besideSession(() => new Set<string>());

export const isReplaced = (session: Session, kind: Pick<Kind, "name">, id: string): boolean =>
  replacedOn(session).has(keyOf(kind, id));

/** The sources from which the engine first deletes what hangs on them, as it will replace them. */
const clearedOn = besideSession(() => new Set<string>());

export const willBeCleared = (session: Session, journal: Journal, sourceId: string): void => {
  clearedOn(session).add(sourceId);
  // The provider that deletes may be another one, which the program has no longer.
  journal.note(clearedKey(session, sourceId), "");
};

const clearedKey = ({ host }: Session, sourceId: string): string[] => ["cleared", host, sourceId];

/**
 * Whether an object hangs on a source that is replaced. The engine deletes it before the source: it goes with the source
 * anyway, and must not be missing where the tenant then refuses, or the option retainOnDelete keeps the source.
 */
export const goesWithSource = (session: Session, journal: Journal, kind: Kind, id: string): boolean => {
  if (kind.adoption !== "always") return false;
  const sourceId = kind.sourceOf(id);
  if (clearedOn(session).has(sourceId) || isReplaced(session, SOURCE, sourceId)) return true;
  return journal.noted(clearedKey(session, sourceId)).length > 0;
};

const SOURCE = { name: "Source" };

/** The inputs in the API's terms, as far as they are known: what hangs on the source may be made by the same command. */
export async function inTheirTerms(
  session: Session,
  kind: Kind,
  id: string,
  inputs: JsonObject,
  earlier?: { inputs: JsonObject; ids: ResolvedIds },
): Promise<JsonObject> {
  const known: Pick<References, "resolve"> = {
    async resolve(to, reference, sourceId) {
      const later = { type: "", id: UNKNOWN, name: "" };
      if (holdsUnknown(reference)) return later;
      try {
        return await session.references.resolve(to, reference, sourceId);
      } catch (error) {
        if (error instanceof ProblemError && isOfSource(to)) return later;
        throw error;
      }
    },
  };
  const { desired } = await resolveAll(inputs, kind.rules, known, kind.sourceOf(id), earlier);
  return desired;
}

const isUnseen = (change: Change): boolean => change.kind !== "modified";

/** Below a path that was not declared before, or is not any more: the state does not know what is there. */
const isUnseenAt = (path: Path, changes: readonly Change[]): boolean =>
  changes.some((change) => isUnseen(change) && startsWith(path, change.path));

/** The engine shows a list as one secret when it holds one anywhere. */
const holdsList = (change: Change): boolean =>
  (change.kind !== "added" && Array.isArray(change.from)) || (change.kind !== "removed" && Array.isArray(change.to));

const isSecretAt = ({ path }: Change, isSecret: IsSecret | undefined): boolean =>
  isSecret?.(path.findLast((step) => typeof step === "string") ?? "", undefined, undefined) === true;

export const described = (changes: readonly Change[], kind: Kind): string[] =>
  changes.flatMap((change) => {
    const isShown = isPlain(fieldAt(kind.fields, change.path));
    return describeChanges([change], kind.rules, { isSecret: () => !isShown });
  });

/** Values of these are no secrets, whoever declares them. */
const isPlain = (field: Field | undefined): boolean =>
  field !== undefined && ["number", "flag", "word", "reference"].includes(field.type);

/** The field at a path, as far as the tree goes. */
function fieldAt(fields: Readonly<Record<string, Field>>, [step, ...rest]: Path): Field | undefined {
  const field = typeof step === "string" && Object.hasOwn(fields, step) ? fields[step] : undefined;
  if (field === undefined || rest.length === 0) return field;
  if (field.type === "object") return fieldAt(field.fields, rest);
  if (field.type === "keyed" && rest.length > 1) return fieldAt(field.of.fields, rest.slice(1));
  return undefined;
}

/** What is taken out of the program and stays on the tenant, since it was there before. */
const staying = (changes: readonly Change[], writes: readonly Change[], view: JsonObject): string[] =>
  changes.flatMap((change) => {
    if (change.kind !== "removed" || writes.some(({ path }) => startsWith(path, change.path))) return [];
    const [name] = change.path;
    return typeof name === "string" && own(view, name) !== undefined
      ? [`${pathText(change.path)}: was there before the program, stays as it is on the tenant`]
      : [];
  });

const startsWith = (path: Path, start: Path): boolean => start.length <= path.length && overlap(path, start);

/** A preview goes on without what the tenant would have told: it may be out of reach. */
export async function asFarAsPossible<T>(look: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await look();
  } catch (error) {
    const cause = error instanceof ExplainedError ? error.cause : error;
    if (cause instanceof SailPointError || cause instanceof NotConnected) return otherwise;
    throw error;
  }
}
