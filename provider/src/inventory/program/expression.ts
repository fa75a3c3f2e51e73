import type { Json } from "../../reconcile";

/** What stands for a value that the program does not write out. Each language says it in its own words. */
export class Said {
  /**
   * @param is What the program itself calls by this name, a secret of the configuration that need not be set, a value of
   *   it that must be, or the source that is declared just now.
   * @param name What it is called; of a source the name of its resource.
   */
  constructor(
    readonly is: "reference" | "secret" | "value" | "source",
    readonly name: string,
  ) {}
}

/** What stands in an exported program: JSON, and what is said otherwise. */
export type Expression = Json | Said | Expression[] | { [key: string]: Expression };

/** Nothing that turns the direction of a line, or hides in it, is left as it is: as escapes of a quoted text. */
export const visible = (quoted: string): string =>
  quoted.replaceAll(
    /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
