import type { z } from "zod";
import { envelopeOf } from "./envelope";
import type { Operation } from "./operations";
import { totalOf } from "./paging";
import { ExchangeError, type Reply } from "./transport";

/**
 * Reads an answer of success. What the definitions say of it is checked, and the answer itself is given on as it came:
 * nothing that we do not know is lost, renamed or reordered, a `__proto__` key stays an ordinary one.
 */
export function readAnswer(operation: Operation, reply: Reply): unknown {
  if (operation.reads === "nothing" || !operation.answer) return undefined;
  if (operation.reads === "csv") return reply.text;
  if (operation.reads === "total") return total(reply);
  const check = checkOf(operation.answer);
  const answer = reply.text.trim() === "" ? emptyAnswer(check, reply.status) : parse(reply.text);
  const checked = check.safeParse(answer);
  if (!checked.success) throw new UnexpectedAnswer(firstProblem(checked.error));
  return answer;
}

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

function firstProblem(error: z.ZodError): string {
  const [issue] = error.issues;
  return issue ? `${issue.path.map(String).join(".") || "the answer"}: ${issue.message}` : error.message;
}
