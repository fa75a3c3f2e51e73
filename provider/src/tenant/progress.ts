/** What a long operation tells meanwhile. The engine shows each line beside the resource. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Advice that does not stop anything. */
export function warn(line: string): void {
  process.stderr.write(`warning: ${line}\n`);
}
