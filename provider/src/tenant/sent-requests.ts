import { randomBytes } from "node:crypto";
import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SentRequests } from "../api/limiter";
import { digestOf, notedLines, notesFolder } from "./notes-folder";
import type { Settings } from "./settings";

/** So many notes of one process are kept before those that no longer count are thrown away. */
const NOTES_KEPT = 500;
/** Longer ago than this, a request counts no more. */
const WINDOW_MS = 10_000;
/** A clock that was set meanwhile must not make anybody wait. */
const FUTURE_MS = 1_000;

/**
 * What all processes of this machine have sent with one client id, since the tenant counts them together: the preview
 * and the `up` after it, a command of the CLI beside them. A line for each request, when and by whom.
 */
export function sentRequests({ baseUrl, clientId }: Pick<Settings, "baseUrl" | "clientId">): SentRequests {
  const folder = notesFolder("requests");
  const file = join(folder, digestOf([baseUrl, clientId]));
  const me = randomBytes(4).toString("hex");
  let noted = NOTES_KEPT; // so that the first note clears away what earlier processes have left
  let isWritable = true;

  return {
    ofOthers(now) {
      return counting(file, now).flatMap(([at, who]) => (who === me ? [] : [at]));
    },
    note(at) {
      if (!isWritable) return;
      try {
        if (noted >= NOTES_KEPT) {
          mkdirSync(folder, { recursive: true });
          writeFileSync(file, counting(file, at).map(line).join(""), { mode: 0o600 });
          noted = 0;
        }
        appendFileSync(file, line([at, me]));
        noted += 1;
      } catch {
        isWritable = false; // Then the tenant's refusals tell what others have sent.
      }
    },
  };
}

type Sent = [at: number, who: string];

const line = ([at, who]: Sent): string => `${String(Math.round(at))} ${who}\n`;

function counting(file: string, now: number): Sent[] {
  return notedLines(file).flatMap((noted): Sent[] => {
    const [at, who] = noted.split(" ");
    const counts = who !== undefined && Number(at) > now - WINDOW_MS && Number(at) <= now + FUTURE_MS;
    return counts ? [[Number(at), who]] : [];
  });
}
