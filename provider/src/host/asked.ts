import { isDeepStrictEqual } from "node:util";
import { hashOf, isAsset } from "../kinds/assets";
import { type Json, type JsonObject, isObject } from "../reconcile";

/** Some resources may be checked before the first of them is compared. */
const MOST = 256;

/*
 * What the program declares, as it was checked. A refresh asks for diffs, too, of what the state had declared: nothing of
 * that will be done, and the engine does not say which of the two a diff is.
 */

/** For the stock host, which does not say of which resource a call is. */
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

/** The same by resource. A refresh that belongs to an update may compare what was checked, and then the plan does again. */
export class AskedOf {
  private readonly checked = new Map<string, Json>();

  add(urn: string, inputs: JsonObject): void {
    this.checked.set(urn, comparable(inputs));
  }

  /** Whether the program declares this. */
  has(urn: string, inputs: JsonObject): boolean {
    return isDeepStrictEqual(this.checked.get(urn), comparable(inputs));
  }
}

/** Of an asset, a diff is told no more than what its content is. */
function comparable(value: Json): Json {
  if (Array.isArray(value)) return value.map(comparable);
  const hash = isAsset(value) ? hashOf(value) : undefined;
  if (hash !== undefined || !isObject(value)) return hash ?? value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, comparable(member)]));
}
