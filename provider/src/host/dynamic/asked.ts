import { isDeepStrictEqual } from "node:util";
import type { JsonObject } from "../../reconcile";

/** Some resources may be checked before the first of them is compared. */
const MOST = 256;

/**
 * What the program declares, as it was checked. A refresh asks for diffs, too, of what the state had declared: nothing of
 * that will be done, and the stock host does not say which of the two a diff is.
 */
export class Asked {
  private readonly checked: JsonObject[] = [];

  add(inputs: JsonObject): void {
    this.checked.push(inputs);
    if (this.checked.length > MOST) this.checked.shift();
  }

  /** Whether these inputs were checked and not compared yet. */
  take(inputs: JsonObject): boolean {
    const i = this.checked.findIndex((other) => isDeepStrictEqual(other, inputs));
    if (i >= 0) this.checked.splice(i, 1);
    return i >= 0;
  }
}
