import type { Goal, Json } from "../engine-model/goal";
import type { Kept } from "../engine-model/state";
import { type Atoms, atomsOf } from "./atoms";
import type { ChildKind } from "./stack";
import { PARTS, type Stock, childObject, sourceObject } from "./tenant-atoms";

export interface Wanted {
  atoms: Atoms;
  /** What the program ignores: it may be as declared, which it is at first, or as others have it. */
  optional: (atom: string) => boolean;
  /** Where the engine puts what stood at a position before, whoever stands there now. */
  byPosition: (atom: string) => boolean;
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
        const source = goals.find((other) => other.name === ref && other.kind === "source");
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
  return { atoms, optional, byPosition };
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
  const by = PARTS[kind as ChildKind].by;
  const { source: _source, ...content } = args;
  const key = by === undefined ? "" : String(args[by]);
  const { name: _name, ...rest } = content;
  return { object: childObject(id, { kind: kind as ChildKind, key }), content: rest };
}

/** The objects that the state's resources stand for. */
export function managedObjects(kept: readonly Readonly<Kept>[]): ReadonlySet<string> {
  return new Set(
    kept.map(({ kind, id, inputs }) => {
      if (kind === "source") return sourceObject(id);
      const by = PARTS[kind as ChildKind].by;
      const key = by === undefined ? "" : String(inputs[by]);
      return childObject(String(inputs["source"]), { kind: kind as ChildKind, key });
    }),
  );
}
