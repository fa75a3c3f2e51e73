import { Sessions } from "../../tenant/session";
import { journalOnDisk } from "../journal";
import { isDestroying, isRunningProgram, watchEngine } from "../processes";
import { Calls } from "./calls";
import { engineReports } from "./engine-log";
import type { Face } from "./face";
import type { Ground } from "./service";

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
    journal: journalOnDisk(watchEngine(false), engine),
    destroys: isDestroying(false),
    runsProgram: isRunningProgram(),
  };
}
