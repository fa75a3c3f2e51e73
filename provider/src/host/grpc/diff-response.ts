import type { PropertyChange } from "./detailed-diff";
import {
  type Answer,
  DetailedDiffEntry,
  DiffChanges,
  type DiffResponse,
  PropertyDiff,
  PropertyDiffKind,
} from "./protocol";

/** A plan as the engine is told of it. */
export const diffResponse = (
  isChanged: boolean,
  replaces: string[],
  changes: readonly PropertyChange[],
): Answer<typeof DiffResponse> => ({
  changes: isChanged ? DiffChanges.some : DiffChanges.none,
  replaces,
  // Names are unique, so the old object must be gone first. Where only an option or a command asks for a replacement,
  // nothing is deleted unasked: the new resource takes the object over, or is refused.
  deleteBeforeReplace: replaces.length > 0,
  hasDetailedDiff: true,
  detailedDiff: changes.map(({ path, kind, replaces: isReplacing }) => {
    const shown = PropertyDiffKind[kind][isReplacing ? "replaces" : "changes"];
    return DetailedDiffEntry.encode({ key: path, value: PropertyDiff.encode({ kind: shown, inputDiff: true }) });
  }),
});
