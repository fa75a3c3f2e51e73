import type { Journal } from "../../lifecycle";
import { Sessions } from "../../tenant/session";
import { journalOnDisk } from "../journal";
import { commandOfEngine, isDestroying, watchEngine } from "../processes";
import { Calls } from "./calls";
import { type Reports, engineReports } from "./engine-log";
import type { Face } from "./face";

/** What a service of our kinds stands on. */
export interface Ground {
  face: Face;
  sessions: Sessions;
  calls: Calls;
  reports: Reports;
  journal: Journal;
  /** The command destroys, as far as that can be known. */
  destroys: boolean;
}

/**
 * What one process of a provider works with.
 *
 * @param args Those that the engine started the process with: its address.
 */
export function groundOf(face: Face, [engine]: readonly string[]): Ground {
  return {
    face,
    sessions: new Sessions(),
    calls: new Calls(),
    reports: engineReports(engine),
    journal: journalOnDisk(watchEngine(false), commandOfEngine(engine, false)),
    destroys: isDestroying(false),
  };
}
