import type { Goal, Json } from "../engine-model/goal";
import type { Kept } from "../engine-model/state";
import { type Atoms, atomsOf } from "./atoms";
import type { ChildKind } from "./stack";
import { PARTS, type Stock, childObject, sourceObject } from "./tenant-atoms";

export interface Wanted {
  atoms: Atoms;
  /** What the program ignores: it may be as declared, which it is at first, or as others have it. */
  optional: ReadonlySet<string>;
}

/** What a program declares, as atoms of the tenant. */
export function wantedAtoms(goals: readonly Goal[], { ids }: Stock): Wanted {
  const atoms = new Map<string, string>();
  const optional = new Set<string>();
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
    // A position in a list says nothing of a name: then it may be any member.
    const ignored = ignoreChanges.map((path) => `${of.object}.${path.split("[")[0] ?? ""}`);
    for (const [atom, value] of atomsOf(of.content, of.object)) {
      atoms.set(atom, value);
      if (ignored.some((path) => atom.startsWith(path))) optional.add(atom);
    }
  }
  return { atoms, optional };
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
