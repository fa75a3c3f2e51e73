import { isDeepStrictEqual } from "node:util";
import { hashOf, isAsset } from "../../kinds/assets";
import { type Json, type JsonObject, isObject } from "../../reconcile";

/** Some resources may be checked before the first of them is compared. */
const MOST = 256;

/**
 * What the program declares, as it was checked. A refresh asks for diffs, too, of what the state had declared: nothing of
 * that will be done, and the stock host does not say which of the two a diff is.
 */
export class Asked {
  private readonly checked: Json[] = [];

  add(inputs: JsonObject): void {
    this.checked.push(comparable(inputs));
    if (this.checked.length > MOST) this.checked.shift();
  }

  /** Whether these inputs were checked and not compared yet. */
  take(inputs: JsonObject): boolean {
    const meant = comparable(inputs);
    const i = this.checked.findIndex((other) => isDeepStrictEqual(other, meant));
    if (i >= 0) this.checked.splice(i, 1);
    return i >= 0;
  }
}

/** Of an asset, a diff is told no more than what its content is. */
function comparable(value: Json): Json {
  if (Array.isArray(value)) return value.map(comparable);
  const hash = isAsset(value) ? hashOf(value) : undefined;
  if (hash !== undefined || !isObject(value)) return hash ?? value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, comparable(member)]));
}
