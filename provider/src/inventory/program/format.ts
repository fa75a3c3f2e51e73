/** Files whose form is Prettier's; of the others it knows none. */
const PARSERS: Readonly<Record<string, string>> = {
  ".ts": "typescript",
  ".json": "json",
  ".yaml": "yaml",
  ".md": "markdown",
};

/** As Prettier writes it by default, whatever its settings are in the folder where we happen to run. */
export async function formatted(path: string, text: string): Promise<string> {
  // What npm itself writes is as JSON.stringify has it.
  const parser = path === "package.json" ? "json-stringify" : PARSERS[/\.\w+$/.exec(path)?.[0] ?? ""];
  if (parser === undefined) return text;
  // Loaded when something is exported, since it takes a while.
  const { format } = await import("prettier");
  return format(text, { parser });
}
