import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Notes of interrupted creations belong to the tenants of a test, not to the user whose machine runs it. */
export function keepNotesApart(): void {
  process.env["XDG_STATE_HOME"] = mkdtempSync(join(tmpdir(), "pulumi-sailpoint-notes-"));
}
