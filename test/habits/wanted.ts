import type { Goal, Json } from "../engine-model/goal";
import type { Kept } from "../engine-model/state";
import { type Atoms, atomsOf } from "./atoms";
import { type Stock, childObject, sourceObject } from "./tenant-atoms";

export interface Wanted {
  atoms: Atoms;
  /** What the program ignores: it may be as declared, which it is at first, or as others have it. */
  optional: (atom: string) => boolean;
  /** Where the engine puts what stood at a position before, whoever stands there now. */
  byPosition: (atom: string) => boolean;
  /** What is ignored wherever it stands. */
  ignored: (atom: string) => boolean;
}

/** What a program declares, as atoms of the tenant. */
export function wantedAtoms(goals: readonly Goal[], { ids }: Stock): Wanted {
  const atoms = new Map<string, string>();
  const ignored: string[] = [];
  const positions: { list: string; member: string }[] = [];
  for (const { kind, args, ignoreChanges } of goals) {
    const of = objectOfGoal(
      kind,
      args,
      (ref) => {
        const source = goals.find(({ urn }) => urn === ref);
        return ids.get(String(source?.args["name"]));
      },
      ids,
    );
    if (of === undefined) continue;
    for (const path of ignoreChanges) {
      const [, list, member = ""] = /^(.*)\[\d+\](.*)$/.exec(path) ?? [];
      if (list !== undefined) positions.push({ list: `${of.object}.${list}`, member });
    }
    // A position in a list says nothing of a name: then it may be any member.
    ignored.push(...ignoreChanges.map((path) => `${of.object}.${path.split("[")[0] ?? ""}`));
    for (const [atom, value] of atomsOf(of.content, of.object)) {
      atoms.set(atom, value);
    }
  }
  const byPosition = (atom: string) =>
    positions.some(({ list, member }) => atom.startsWith(`${list}[`) && atom.endsWith(`]${member}`));
  const optional = (atom: string) => ignored.some((path) => atom.startsWith(path));
  const isIgnored = (atom: string) => optional(atom) && !positions.some(({ list }) => atom.startsWith(`${list}[`));
  return { atoms, optional, byPosition, ignored: isIgnored };
}

function objectOfGoal(
  kind: Goal["kind"],
  args: Json,
  idOfRef: (name: string) => string | undefined,
  ids: Stock["ids"],
): { object: string; content: Json } | undefined {
  if (kind === "source") {
    const id = ids.get(String(args["name"]));
    const { adopt: _adopt, owner: _owner, connectorClass: _class, ...content } = args;
    return id === undefined ? { object: "source (missing)", content } : { object: sourceObject(id), content };
  }
  const id = idOfRef(String((args["source"] as { ref?: unknown }).ref)) ?? "(missing)";
  const { source: _source, name: _name, ...content } = args;
  const object = childObject(id, kind, args);
  return object === undefined ? undefined : { object, content };
}

/** The objects that the state's resources stand for. */
export function managedObjects(kept: readonly Readonly<Kept>[]): ReadonlySet<string> {
  return new Set(
    kept.flatMap(({ kind, id, inputs }) =>
      kind === "source" ? [sourceObject(id)] : [childObject(String(inputs["source"]), kind, inputs) ?? []].flat(),
    ),
  );
}
