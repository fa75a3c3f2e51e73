import type { z } from "zod";
import { envelopeOf } from "./envelope";
import { fit } from "./fit";
import type { Operation } from "./operations";
import { totalOf } from "./paging";
import { ExchangeError, type Reply } from "./transport";

export interface ReadAnswer {
  answer: unknown;
  /** What was left out because it is not as documented: see {@link fit}. */
  oddities: readonly string[];
  /** How many members of a list were left out. */
  skipped: number;
}

/**
 * Reads an answer of success. What the definitions say of it is checked, and the answer itself is given on as it came:
 * nothing that we do not know is lost, renamed or reordered, a `__proto__` key stays an ordinary one. What does not fit
 * is left out; only an answer that cannot be told for what it is fails.
 */
export function readAnswer(operation: Operation, reply: Reply): ReadAnswer {
  if (operation.reads === "nothing" || !operation.answer) return asItCame(undefined);
  if (operation.reads === "csv") return asItCame(reply.text);
  if (operation.reads === "total") return asItCame(total(reply));
  const check = checkOf(operation.answer);
  const parsed = reply.text.trim() === "" ? emptyAnswer(check, reply.status) : parse(reply.text);
  const answer = parsed === null && check.safeParse({}).success ? {} : parsed;
  if (check.safeParse(answer).success) return asItCame(answer);
  const { value, oddities } = fit(operation.answer, answer);
  if (value === undefined) throw new UnexpectedAnswer(oddities.at(-1) ?? "the answer is of another kind");
  const skipped = Array.isArray(answer) && Array.isArray(value) ? answer.length - value.length : 0;
  return { answer: value, oddities, skipped };
}

const asItCame = (answer: unknown): ReadAnswer => ({ answer, oddities: [], skipped: 0 });

function total({ headers }: Reply): number {
  const count = totalOf(headers);
  if (count === undefined) throw new UnexpectedAnswer("X-Total-Count: it is missing");
  return count;
}

/** JSON, and not as documented: repeating would not change it. */
export class UnexpectedAnswer extends Error {}

/**
 * No content where a config is expected is a config without content, such as the correlation of a fresh source. Where
 * something must be there, it is an answer that was lost; so is an empty list that is not called so (204).
 */
function emptyAnswer(check: z.ZodType, status: number): unknown {
  if (check.safeParse({}).success) return {};
  if (status === 204 && check.safeParse([]).success) return [];
  throw new ExchangeError("unreadable", "empty", "it has no content");
}

const checks = new WeakMap<z.ZodType, z.ZodType>();

function checkOf(type: z.ZodType): z.ZodType {
  let check = checks.get(type);
  if (!check) checks.set(type, (check = envelopeOf(type)));
  return check;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const page = text.trimStart().startsWith("<");
    const message = page ? "a web page instead of an answer" : `not JSON, perhaps cut off (${text.length} characters)`;
    throw new ExchangeError("unreadable", "JSON", message, undefined, { cause: error });
  }
}
