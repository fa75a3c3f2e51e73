import { isDeepStrictEqual } from "node:util";
import type { Json, JsonObject, Maybe, Patch } from "../../provider/src/reconcile";

/** A guard did not hold: the tenant would refuse the whole patch with a conflict. */
export class GuardFailed extends Error {}

/**
 * RFC 6902 to the letter, for any key: `add`, `remove`, `replace` and `test`, each refused where it may not be. The
 * object is not changed.
 */
export function applyStrictly(document: Json, patch: Patch): Json {
  let root: Json = copy(document);
  for (const operation of patch) {
    const tokens = tokensOf(operation.path);
    const last = tokens.pop();
    const value = copy("value" in operation ? operation.value : null);
    if (last === undefined) {
      if (operation.op === "test" && !isDeepStrictEqual(root, value)) throw new GuardFailed("/");
      if (operation.op === "remove") root = null;
      if (operation.op === "add" || operation.op === "replace") root = value;
      continue;
    }
    const parent = tokens.reduce<Maybe>(child, root);
    if (typeof parent !== "object" || parent === null) {
      throw operation.op === "test" ? new GuardFailed(operation.path) : new Error(`no parent: ${operation.path}`);
    }
    const there = child(parent, last);
    switch (operation.op) {
      case "test":
        if (there === undefined || !isDeepStrictEqual(there, value)) throw new GuardFailed(operation.path);
        break;
      case "add":
        if (Array.isArray(parent)) parent.splice(last === "-" ? parent.length : index(last, parent.length), 0, value);
        else define(parent, last, value);
        break;
      case "replace":
        if (there === undefined) throw new Error(`replaces what is not there: ${operation.path}`);
        if (Array.isArray(parent)) parent[index(last, parent.length - 1)] = value;
        else define(parent, last, value);
        break;
      case "remove":
        if (there === undefined) throw new Error(`removes what is not there: ${operation.path}`);
        if (Array.isArray(parent)) parent.splice(index(last, parent.length - 1), 1);
        else Reflect.deleteProperty(parent, last);
        break;
    }
  }
  return root;
}

/** Also of keys such as `__proto__`. */
export const copy = <T extends Json>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

export function tokensOf(pointer: string): string[] {
  if (pointer === "") return [];
  if (!pointer.startsWith("/")) throw new Error(`no pointer: ${pointer}`);
  if (/~(?![01])/.test(pointer)) throw new Error(`badly escaped: ${pointer}`);
  return pointer
    .slice(1)
    .split("/")
    .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function index(token: string, most: number): number {
  if (!/^(0|[1-9]\d*)$/.test(token) || Number(token) > most) throw new Error(`no index: ${token}`);
  return Number(token);
}

function child(parent: Maybe, token: string): Maybe {
  if (Array.isArray(parent)) return /^(0|[1-9]\d*)$/.test(token) ? parent[Number(token)] : undefined;
  if (typeof parent !== "object" || parent === null) return undefined;
  return Object.getOwnPropertyDescriptor(parent, token)?.value as Maybe;
}

const define = (object: JsonObject, key: string, value: Json) =>
  Object.defineProperty(object, key, { value, enumerable: true, writable: true, configurable: true });
