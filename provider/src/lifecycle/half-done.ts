import { type JsonObject, type Path, isObject, own } from "../reconcile";

/** An object that is there although its creation or update did not come to its end: the engine updates it next time. */
export class HalfDoneError extends Error {
  /** @param title Of the object, with which the message begins. */
  constructor(
    title: string,
    readonly id: string,
    readonly properties: JsonObject,
    cause: unknown,
  ) {
    const message = cause instanceof Error ? cause.message : String(cause);
    super(message.startsWith(title) ? message : `${title}: ${message}`, { cause });
    this.stack = this.message;
  }

  get reasons(): string[] {
    return [this.message];
  }
}

/** A copy in which these paths are as they were earlier. Where a path leads into a list, the whole list is. */
export function setBack(now: JsonObject, earlier: JsonObject, paths: readonly Path[]): JsonObject {
  return paths.reduce((object, path) => {
    const end = path.findIndex((step) => typeof step !== "string");
    return setOneBack(object, earlier, (end === -1 ? path : path.slice(0, end)) as readonly string[]);
  }, now);
}

function setOneBack(now: JsonObject, earlier: JsonObject, [key = "", ...rest]: readonly string[]): JsonObject {
  const [is, was] = [own(now, key), own(earlier, key)];
  if (rest.length > 0 && isObject(is)) {
    return { ...now, [key]: setOneBack(is, isObject(was) ? was : {}, rest) };
  }
  const others = Object.fromEntries(Object.entries(now).filter(([other]) => other !== key));
  return was === undefined || was === null ? others : { ...others, [key]: was };
}
