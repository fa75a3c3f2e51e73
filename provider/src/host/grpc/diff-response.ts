import * as proto from "@pulumi/pulumi/proto/provider_pb";
import type { PropertyChange } from "./detailed-diff";

/** A plan as the engine is told of it. */
export function diffResponse(
  isChanged: boolean,
  replaces: string[],
  changes: readonly PropertyChange[],
): proto.DiffResponse {
  const { DIFF_SOME, DIFF_NONE } = proto.DiffResponse.DiffChanges;
  const response = new proto.DiffResponse()
    .setChanges(isChanged ? DIFF_SOME : DIFF_NONE)
    .setReplacesList(replaces)
    // Names are unique, so the old object must be gone first. Where only an option or a command asks for a replacement,
    // nothing is deleted unasked: the new resource takes the object over, or is refused.
    .setDeletebeforereplace(replaces.length > 0)
    .setHasdetaileddiff(true);
  for (const change of changes) {
    const { kind, replaces: isReplacing } = change;
    const shown = new proto.PropertyDiff()
      .setKind(SHOWN[kind][isReplacing ? "replaces" : "changes"])
      .setInputdiff(true);
    response.getDetaileddiffMap().set(change.path, shown);
  }
  return response;
}

const { Kind: Shown } = proto.PropertyDiff;
const SHOWN = {
  added: { changes: Shown.ADD, replaces: Shown.ADD_REPLACE },
  modified: { changes: Shown.UPDATE, replaces: Shown.UPDATE_REPLACE },
  removed: { changes: Shown.DELETE, replaces: Shown.DELETE_REPLACE },
} as const;
