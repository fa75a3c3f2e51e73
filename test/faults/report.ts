import { mkdirSync, writeFileSync } from "node:fs";
import { faults } from "./kinds-of-faults";
import { type KillVerdict, killTitle } from "./kill";
import { isGood, titleOf } from "./matrix";
import { type Verdict, phases } from "./row";

/** The result as Markdown: a line for each kind and phase, a column for each fault, `converged/rows`. */
export function reportOf(verdicts: readonly Verdict[], kills: readonly KillVerdict[], seconds: number): string {
  const names = Object.keys(faults);
  const subjects = [...new Set(verdicts.map(({ row }) => row.subject.name))];
  const lines = subjects.flatMap((subject) =>
    phases.flatMap((phase) => {
      const mine = verdicts.filter(({ row }) => row.subject.name === subject && row.phase === phase);
      if (mine.length === 0) return [];
      const cells = names.map((fault) => {
        const rows = mine.filter(({ row }) => row.fault === fault);
        return rows.length === 0 ? "" : `${String(rows.filter(converged).length)}/${String(rows.length)}`;
      });
      return [`| ${subject} | ${phase} | ${cells.join(" | ")} |`];
    }),
  );
  const bad = verdicts.filter((verdict) => !isGood(verdict));
  return [
    "# Faults",
    "",
    "Each row: one command with one fault at one request, then commands without it until nothing is left to do. It has",
    "converged when that takes at most two, and the tenant then holds exactly what it holds when nothing goes wrong.",
    "",
    ...(verdicts.length > 0 ? [summaryOf(verdicts, seconds), ""] : []),
    killSummary(kills),
    "",
    `| resource | phase | ${names.join(" | ")} |`,
    `|---|---|${names.map(() => "--:").join("|")}|`,
    ...lines,
    "",
    ...bad.flatMap((verdict) => [`- ${titleOf(verdict.row)}`, ...told(verdict).map((line) => `  - ${line}`)]),
    ...kills
      .filter((verdict) => !isGoodKill(verdict))
      .flatMap((verdict) => [`- ${killTitle(verdict.kill)}`, ...toldOfKill(verdict).map((line) => `  - ${line}`)]),
    "",
  ].join("\n");
}

function killSummary(kills: readonly KillVerdict[]): string {
  const count = (of: (verdict: KillVerdict) => readonly string[]) =>
    kills.reduce((sum, verdict) => sum + of(verdict).length, 0);
  const good = kills.filter(({ problems }) => problems.length === 0).length;
  return (
    `A process killed (SIGKILL) before each request and after each write, another going on from its state: ` +
    `${String(kills.length)} rows, ${String(good)} converged, ${String(count(({ duplicates }) => duplicates))} ` +
    `duplicates, ${String(count(({ orphans }) => orphans))} orphans`
  );
}

export const isGoodKill = ({ problems, duplicates, orphans }: KillVerdict): boolean =>
  problems.length + duplicates.length + orphans.length === 0;

export const toldOfKill = ({ problems, duplicates, orphans }: KillVerdict): string[] => [
  ...problems,
  ...duplicates.map((what) => `duplicate: ${what}`),
  ...orphans.map((id) => `orphan: source ${id}`),
];

function summaryOf(verdicts: readonly Verdict[], seconds: number): string {
  const share = (100 * verdicts.filter(converged).length) / Math.max(1, verdicts.length);
  const sum = (of: (verdict: Verdict) => readonly string[]) =>
    verdicts.reduce((n, verdict) => n + of(verdict).length, 0);
  return (
    `${String(verdicts.length)} rows, ${share.toFixed(share === 100 ? 0 : 2)} % converged, ` +
    `${String(sum(({ duplicates }) => duplicates))} duplicates, ${String(sum(({ orphans }) => orphans))} orphans, ` +
    `${String(sum(({ leaks }) => leaks))} secrets in messages, ` +
    `${String(verdicts.filter(({ missed }) => missed).length)} faults that never struck; ` +
    `${String(verdicts.filter(({ commands }) => commands > 1).length)} rows took a second command (${seconds.toFixed(0)} s)`
  );
}

const converged = ({ problems, missed }: Verdict): boolean => problems.length === 0 && !missed;

export const told = ({ problems, duplicates, orphans, leaks, missed }: Verdict): string[] => [
  ...problems,
  ...duplicates.map((what) => `duplicate: ${what}`),
  ...orphans.map((id) => `orphan: source ${id}`),
  ...leaks.map(() => "a secret in a message"),
  ...(missed ? ["the fault never struck"] : []),
];

export function store(folder: string, file: string, report: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/${file}`, report);
}
