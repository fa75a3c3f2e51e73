import type { Goal, Json } from "../engine-model/goal";
import { atomsOf } from "./atoms";
import type { Kept } from "../engine-model/state";
import { NAMES, PLACES, type Place } from "./stack";
import { type Stock, idOn, sourceObject } from "./tenant-atoms";
import { wantedAtoms } from "./wanted";
import type { World } from "./world";

/** What a command that failed without a fault met. */
export interface Circumstances {
  world: World;
  goals: readonly Goal[];
  /** The state before. */
  kept: readonly Readonly<Kept>[];
  /** What others had changed, and the state had not seen. */
  unseen: ReadonlySet<string>;
  before: Stock;
}

/** A refusal that is right, and what makes it so. */
interface Excuse {
  says: RegExp;
  holds: (circumstances: Circumstances, message: string) => boolean;
}

const sourceGoal = (goals: readonly Goal[], place: Place) =>
  goals.find(({ kind, args }) => kind === "source" && args["name"] === NAMES[place]);

const EXCUSES: readonly Excuse[] = [
  // By us, or by the tenant where its answer of who uses it was an old one.
  { says: /is in use(?:, so| by)/, holds: ({ world }) => world.used.size > 0 },
  // The engine's own.
  { says: /not specified in the list of targets/, holds: () => true },
  { says: /protect/, holds: ({ kept }) => kept.some(({ protect }) => protect) },
  {
    says: /is on the tenant already\. If/,
    holds: ({ goals, kept, before }, message) =>
      PLACES.some((place) => {
        const goal = sourceGoal(goals, place);
        if (!goal || goal.args["adopt"] === true || !message.includes(`"${NAMES[place]}"`)) return false;
        // Under another name, or not in the state at all.
        return idOn(before, place) !== undefined || kept.some(({ inputs }) => inputs["name"] === NAMES[place]);
      }),
  },
  {
    says: /is on the tenant already, but with another/,
    holds: ({ goals }) => goals.some(({ args }) => args["adopt"] === true),
  },
  {
    says: /was changed on the tenant since the state last saw it: (.*)\. Nothing was written/,
    holds: (circumstances, message) => {
      const [, paths = ""] = /last saw it: (.*?)\. Nothing/.exec(message) ?? [];
      return paths.split(", ").every((path) => hasMoved(circumstances, path));
    },
  },
  { says: /is no longer on the tenant, so/, holds: ({ unseen }) => [...unseen].length > 0 },
  {
    says: /accepted the change, but did not take it/,
    holds: ({ goals }) => goals.some(({ args }) => JSON.stringify(args["connectorAttributes"] ?? {}).includes('"spC')),
  },
  {
    says: /does not say what it shall be \(ignoreChanges\)/,
    holds: ({ goals }) => goals.some(({ ignoreChanges }) => ignoreChanges.length > 0),
  },
  { says: /the source has none, or is not there|not found|has no source/i, holds: ({ unseen }) => unseen.size > 0 },
];

/** Whether the program asks for another value at this path than it had, and others have been there meanwhile. */
function hasMoved({ goals, kept, unseen, before, world }: Circumstances, path: string): boolean {
  // Other cipher text, in a list that holds some, too, may be another secret: only a refresh, which reads twice, can tell.
  if (world.isBlind && /assword|secret|connectionParameters/.test(path)) return true;
  const steps = path.split(/[.[\]"]+/).filter((step) => /\D/.test(step));
  const isThere = (atom: string) => steps.every((step) => atom.includes(step));
  if (![...unseen].some(isThere)) return false;
  const isSource = before.ids.size > 0 && /^(connectorAttributes|description|features|deleteThreshold)/.test(path);
  if (!isSource) return true;
  if (path === OPERATIONS && orderIn(goals.map(({ args }) => args)) !== orderIn(kept.map(({ inputs }) => inputs))) {
    return true;
  }
  const { atoms, ignored } = wantedAtoms(goals, before);
  const had = new Map(
    kept.flatMap(({ kind, id, inputs }) => (kind === "source" ? atomsOf(inputs, sourceObject(id)) : [])),
  );
  return [...new Set([...atoms.keys(), ...had.keys()])].some(
    (atom) => isThere(atom) && !ignored(atom) && atoms.get(atom) !== had.get(atom),
  );
}

const OPERATIONS = "connectorAttributes.connectionParameters";

/** The operations of all sources as they stand one after the other: their order is no atom. */
const orderIn = (declared: readonly Json[]): string =>
  JSON.stringify(
    declared.flatMap((args) => {
      const { connectionParameters: list } = (args["connectorAttributes"] ?? {}) as { connectionParameters?: unknown };
      return Array.isArray(list)
        ? [list.map((operation) => (operation as { uniqueNameForEndPoint: string }).uniqueNameForEndPoint)]
        : [];
    }),
  );

/** The messages for which there is no good reason. */
export function told(errors: readonly string[], circumstances: Circumstances): string[] {
  return errors
    .filter((message) => !EXCUSES.some(({ says, holds }) => says.test(message) && holds(circumstances, message)))
    .map((message) => `a failure without a reason: ${message.slice(0, 600)}`);
}
