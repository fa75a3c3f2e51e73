/** What a long operation tells meanwhile. The engine shows each line beside the resource. */
export function say(line: string): void {
  console.log(line);
}

/** Advice that does not stop anything. */
export function warn(line: string): void {
  console.warn(`warning: ${line}`);
}
