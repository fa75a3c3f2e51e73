import { randomBytes } from "node:crypto";
import { appendFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SentRequests } from "../api/limiter";
import type { Began } from "../api/windows";
import { makeFolder } from "./make-folder";
import { digestOf, notedLines, notesFolder } from "./notes-folder";
import type { Settings } from "./settings";

/** So many notes of one process are kept before those that no longer count are thrown away. */
const NOTES_KEPT = 500;
/** Longer ago than this, a request counts no more. */
const WINDOW_MS = 10_000;
/** So long it is believed that a tenant does not count in windows. */
const DAY_MS = 24 * 3_600_000;
const NO_WINDOWS = "no-windows";
/** A clock that was set meanwhile must not make anybody wait. */
const FUTURE_MS = 1_000;

/**
 * What all processes of this machine have sent with one client id, since the tenant counts them together: the preview
 * and the `up` after it, a command of the CLI beside them. A line for each request: when, by whom, and between which
 * moments the tenant's window began.
 */
export function sentRequests({ baseUrl, clientId }: Pick<Settings, "baseUrl" | "clientId">): SentRequests {
  const folder = notesFolder("requests");
  const file = join(folder, digestOf([baseUrl, clientId]));
  const me = randomBytes(4).toString("hex");
  let noted = NOTES_KEPT; // so that the first note clears away what earlier processes have left
  let isWritable = true;

  const note = (added: Note) => {
    if (!isWritable) return;
    try {
      if (noted >= NOTES_KEPT) {
        // A pipe, say: whoever wrote into it would wait.
        isWritable = statSync(file, { throwIfNoEntry: false })?.isFile() ?? true;
        if (!isWritable) return;
        makeFolder(folder);
        writeFileSync(file, notesOf(file, added.at).map(line).join(""), { mode: 0o600 });
        noted = 0;
      }
      appendFileSync(file, line(added));
      noted += 1;
    } catch {
      isWritable = false; // Then the tenant's refusals tell what others have sent.
    }
  };

  return {
    ofOthers(now) {
      const notes = notesOf(file, now);
      const others = notes.filter(({ who }) => who !== me && who !== NO_WINDOWS);
      const began = others.at(-1)?.began;
      return {
        answered: others.map(({ at }) => at),
        ...(began && { began }),
        noWindows: notes.some(({ who }) => who === NO_WINDOWS),
      };
    },
    note: (at, began) => note({ at, who: me, ...(began && { began }) }),
    noteNoWindows: (at) => note({ at, who: NO_WINDOWS }),
  };
}

interface Note {
  at: number;
  who: string;
  began?: Began;
}

const line = ({ at, who, began }: Note): string =>
  `${[Math.round(at), who, ...(began ? [Math.floor(began.earliest), Math.ceil(began.latest)] : [])].join(" ")}\n`;

/** The notes that still tell something. */
function notesOf(file: string, now: number): Note[] {
  return notedLines(file).flatMap((noted): Note[] => {
    const [at, who = "", earliest, latest] = noted.split(" ");
    const note = { at: Number(at), who, began: { earliest: Number(earliest), latest: Number(latest) } };
    const keptMs = who === NO_WINDOWS ? DAY_MS : WINDOW_MS;
    if (who === "" || !(note.at > now - keptMs && note.at <= now + FUTURE_MS)) return [];
    const { began } = note;
    return [began.earliest <= began.latest && began.latest <= note.at + FUTURE_MS ? note : { at: note.at, who }];
  });
}
