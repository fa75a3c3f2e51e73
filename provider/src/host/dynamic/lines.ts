import type { Report } from "../../tenant/report";

/**
 * The stock host shows what its provider process prints: lines of standard output as information, those of standard
 * error as diagnostics. It does not know of which resource they speak, so each line says so itself.
 */
export const lines: Report = {
  info: (line) => void process.stdout.write(`${line}\n`),
  status: (line) => void process.stdout.write(`${line}\n`),
  warn: (line) => void process.stderr.write(`warning: ${line}\n`),
};
