import type { Json, JsonObject, Maybe } from "./json";

/**
 * The declared paths that were there before the program declared them, as a tree that is small in a state: `true` at
 * each. Keys are steps by their own name, members of lists and sets by the JSON of what names them.
 */
export type Found = JsonObject;

/** In the tree of an ordered list: the list itself was there, whatever of its members was. */
export const WHOLE = "whole";

export const isFound = (found: Maybe): boolean => found === true;

/** The step to a member, by what names it. */
export const memberStep = (name: Json): string => JSON.stringify(name);
