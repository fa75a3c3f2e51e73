import { isDeepStrictEqual } from "node:util";

/** What a property says of its case when it does not hold. */
export function fail(what: string, value: unknown): never {
  throw new Error(`${what}: ${JSON.stringify(value, null, 1)}`);
}

/** Without the order of keys, with everything else. */
export function identical(left: unknown, right: unknown, what: string): void {
  if (!isDeepStrictEqual(left, right)) fail(what, { left, right });
}

export function nothing(list: readonly unknown[], what: string): void {
  if (list.length > 0) fail(what, list);
}
