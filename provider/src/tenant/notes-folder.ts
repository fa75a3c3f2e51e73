import { homedir } from "node:os";
import { join } from "node:path";

/** Where one process notes on this machine's disk what later ones need, by the sort of notes. */
export function notesFolder(sort: "creating" | "owners" | "declared" | "requests"): string {
  const { XDG_STATE_HOME } = process.env;
  const base = XDG_STATE_HOME === undefined || XDG_STATE_HOME === "" ? join(homedir(), ".local/state") : XDG_STATE_HOME;
  return join(base, "pulumi-sailpoint", sort);
}
