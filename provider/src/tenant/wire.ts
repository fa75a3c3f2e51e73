import type { z } from "zod";
import { isNotFound } from "../api/errors";
import { operations } from "../api/operations";
import { ProblemError } from "./problem";
import { type JsonObject, isObject } from "../reconcile";

/** The border to the client's types: below it, what the tenant answered is plain JSON with nothing lost. */

export function asObject(answer: unknown): JsonObject {
  if (isObject(answer)) return answer;
  throw new ProblemError(
    `The tenant answered ${answer === undefined ? "nothing" : JSON.stringify(answer)} where an object belongs`,
  );
}

/** An answer that may be empty: a configuration that nobody has set yet. */
export const asSettings = (answer: unknown): JsonObject =>
  answer === undefined || answer === null || answer === "" ? {} : asObject(answer);

export const asObjects = (answer: unknown): JsonObject[] => (Array.isArray(answer) ? answer.filter(isObject) : []);

/** "It is not there" as a value; every other failure stays one. */
export async function absentAsUndefined<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/** The operations that send JSON. */
type WithBody = { [Id in keyof typeof operations]: (typeof operations)[Id] extends { body: z.ZodType } ? Id : never };
type BodyId = WithBody[keyof typeof operations];

/** JSON as the body of an operation, held against its definition. */
export function asBody<Id extends BodyId>(id: Id, body: unknown): z.output<(typeof operations)[Id]["body"]> {
  return operations[id].body.parse(body) as z.output<(typeof operations)[Id]["body"]>;
}
