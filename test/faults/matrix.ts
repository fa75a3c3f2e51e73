import { type Recording, type Row, type Verdict, judge, phases, record, rowsOf } from "./row";
import { subjects } from "./subjects";

/** Rows wait far more than they work. */
const AT_ONCE = 12;

export interface Case {
  row: Row;
  expected: Recording;
}

/** Every row: what each phase of each subject really sends, with every fault. */
export async function cases(wanted: (subject: string) => boolean = () => true): Promise<Case[]> {
  const found: Case[] = [];
  for (const subject of subjects.filter(({ name }) => wanted(name))) {
    for (const phase of phases) {
      const expected = await record(subject, phase);
      found.push(...rowsOf(subject, phase, expected).map((row) => ({ row, expected })));
    }
  }
  return found;
}

export async function judgeAll(all: readonly Case[], seen: (verdict: Verdict) => void): Promise<Verdict[]> {
  const waiting = [...all];
  const verdicts: Verdict[] = [];
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const verdict = await judge(next.row, next.expected).catch((error: unknown) => failed(next.row, error));
      verdicts.push(verdict);
      seen(verdict);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return verdicts;
}

const failed = (row: Row, error: unknown): Verdict => ({
  row,
  commands: 0,
  problems: [`the row broke: ${error instanceof Error ? String(error.stack) : String(error)}`],
  duplicates: [],
  orphans: [],
  leaks: [],
  missed: false,
});

export const titleOf = ({ subject, phase, operationId, nth, fault }: Row): string =>
  `${subject.name}, ${phase}: ${fault} at ${operationId}${nth === 0 ? "" : ` (${nth + 1})`}`;

export const isGood = ({ problems, duplicates, orphans, leaks, missed }: Verdict): boolean =>
  problems.length + duplicates.length + orphans.length + leaks.length === 0 && !missed;
