import type { CallOptions, Client, OperationId } from "../api";
import { isNotFound } from "../api/errors";
import { type JsonObject, isObject } from "../reconcile";
import { ProblemError } from "./problem";

/*
 * The border between the typed client and the kinds: on this side, what is sent and what the tenant answered is plain
 * JSON, with nothing lost.
 */

/** What an operation is called with: path and query parameters by name, the body as `body`. */
export type CallParameters = Readonly<Record<string, unknown>>;

/** Calls an operation whose parameters are JSON. */
export const ask = (
  client: Client,
  id: OperationId,
  parameters: CallParameters,
  options?: CallOptions,
): Promise<unknown> => (client.call as AnyCall)(id, parameters, options);

/** What a call takes depends on the operation, which a caller of any operation does not know. */
type AnyCall = (id: OperationId, parameters: CallParameters, options?: CallOptions) => Promise<unknown>;

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
