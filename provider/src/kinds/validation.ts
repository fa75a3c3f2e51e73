import { z } from "zod";

/** Building blocks of what a program may declare. Messages say what to do, since they are shown as they are. */

export const text = (what: string) => z.string({ error: (issue) => expected(issue.input, what, "text") });
export const flag = z.boolean({ error: (issue) => expected(issue.input, "true or false") });
export const whole = (what: string, least?: number) => {
  const number = z.int({ error: (issue) => expected(issue.input, what, "a whole number") });
  return least === undefined ? number : number.min(least, { error: `is below ${String(least)}: give ${what}` });
};

export const required = (what: string) => text(what).min(1, { error: `is empty: give ${what}` });

/** A JSON object of any form. What JSON cannot carry is found for all kinds alike, in check. */
export const jsonObject = z.record(z.string(), z.unknown(), {
  error: (issue) => expected(issue.input, "an object"),
});

/** One of a fixed list of words; a near miss is named. */
export const oneOf = (what: string, words: readonly string[]) =>
  z
    .string({ error: (issue) => expected(issue.input, `one of ${words.join(", ")}`) })
    .refine((word) => words.includes(word), {
      error: (issue) => `${JSON.stringify(issue.input)} is no ${what}: use one of ${words.join(", ")}`,
    });

/** A reference by exactly one of the given keys. */
export function reference(what: string, by: readonly ("id" | "name" | "alias")[] = ["name", "id"]) {
  const choice = by.map((key) => `{ ${key} }`).join(" or ");
  return z
    .strictObject(Object.fromEntries(by.map((key) => [key, required(key).optional()])), {
      error: (issue) =>
        issue.code === "unrecognized_keys" ? undefined : expected(issue.input, `${what} as ${choice}`),
    })
    .superRefine((value, context) => {
      const given = by.filter((key) => value[key] !== undefined);
      if (given.length === 1) return;
      context.addIssue({
        code: "custom",
        message:
          given.length === 0
            ? `names no ${what}: give ${choice}`
            : `names the ${what} by ${given.join(" and ")}: give exactly one of ${choice}, so that they cannot contradict`,
      });
    });
}

/**
 * For a rule about several values: it is held also when some of them are wrong in themselves, so that all mistakes are
 * told together. Its values may therefore be of any form, or not known yet.
 */
export const EVEN_IF_WRONG = { when: () => true } as const;

/** An output that people try to set. */
export const outputOnly = (reason: string) => z.undefined({ error: `cannot be set: ${reason}` }).optional();

/** For lists and objects, whose definitions say nothing of their own for a value of another form. */
export const otherForm: z.core.$ZodErrorMap = (issue) => {
  if (issue.code !== "invalid_type" || !(issue.expected in FORMS)) return undefined;
  return expected(issue.input, FORMS[issue.expected as keyof typeof FORMS]);
};
const FORMS = { array: "a list", object: "an object" };

function expected(input: unknown, what: string, form?: string): string {
  if (input === undefined) return `is missing: give ${what}`;
  return `is ${kindOf(input)}${form === undefined ? "" : ` where ${form} belongs`}: give ${what}`;
}

function kindOf(input: unknown): string {
  if (Array.isArray(input)) return "a list";
  if (input === null) return "null";
  if (typeof input === "number") return `the number ${String(input)}`;
  return typeof input === "object" ? "an object" : `a ${typeof input}`;
}
