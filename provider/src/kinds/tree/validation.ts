import { distance } from "fastest-levenshtein";
import { z } from "zod";
import { isObject } from "../../reconcile";
import { UNKNOWN } from "../../reconcile/unknown";
import { isAsset } from "../assets";
import type { Check, Field, Fields, NumberField, ObjectField, ReferenceField, TextField, WordField } from "./field";

/**
 * The form of a kind's inputs as a zod schema, made from its tree. Messages say what to do, since they are shown as they
 * are.
 */
export function schemaOf(fields: Fields, notInputs: Readonly<Record<string, string>>, check?: Check): z.ZodType {
  const inputs = Object.entries(fields).map(([name, field]) => [name, declaredAs(field)] as const);
  // Outputs that people try to set.
  const outputs = Object.entries(notInputs).map(([name, why]) => [
    name,
    z.undefined({ error: `cannot be set: ${why}` }).optional(),
  ]);
  return checked(z.strictObject(Object.fromEntries([...inputs, ...outputs])), check);
}

const declaredAs = (field: Field): z.ZodType => (field.required === true ? formOf(field) : formOf(field).optional());

function formOf(field: Field): z.ZodType {
  switch (field.type) {
    case "text":
      return textOf(field);
    case "word":
      return wordOf(field);
    case "flag":
      return z.boolean({ error: (issue) => expected(issue.input, "true or false") });
    case "number":
      return numberOf(field);
    case "json":
      // What JSON cannot carry is found for all kinds alike, in check.
      return z.record(z.string(), z.unknown(), { error: (issue) => expected(issue.input, "an object") });
    case "object":
      return checked(objectOf(field), field.check);
    case "list":
      return field.distinct === true && typeof field.by === "string"
        ? distinct(z.array(formOf(field.of)), field.by)
        : z.array(formOf(field.of));
    case "keyed":
      return distinct(z.array(formOf(field.of)), field.by);
    case "set":
      return z.array(formOf(field.of));
    case "commaSet":
      return plainText(field.give);
    case "reference":
      return referenceOf(field);
    case "file":
      return TEXT_FILE;
    case "files":
      return z.array(FILE);
    case "parent":
      return nonEmpty(A_SOURCE).refine((id) => id === "" || ID.test(id), {
        error: ({ input }) => `${JSON.stringify(input)} is no source's id: give ${A_SOURCE} (getSource gives it)`,
      });
  }
}

const A_SOURCE = "a Source, or a source's id";
/** Ids of tenants are hexadecimal digits, some with hyphens between; names hardly ever are. */
const ID = /^[0-9a-f-]+$/i;

const plainText = (give: string) => z.string({ error: (issue) => expected(issue.input, give, "text") });
// Not `min` and `max`, which count the members of a list as well.
const nonEmpty = (give: string) => plainText(give).refine((value) => value !== "", { error: `is empty: give ${give}` });
/** Nothing has a name of spaces alone. */
const notBlank = (give: string) =>
  plainText(give).refine((value) => value.trim() !== "", { error: `is empty: give ${give}` });

function textOf({ give, mayBeEmpty, most, check }: TextField): z.ZodType {
  const text = mayBeEmpty === true ? plainText(give) : nonEmpty(give);
  const bounded =
    most === undefined ? text : text.refine((value) => Array.from(value).length <= most.length, { error: most.told });
  if (check === undefined) return bounded;
  return bounded.superRefine((value, context) => {
    const mistake = value === "" ? undefined : check(value);
    if (mistake !== undefined) context.addIssue({ code: "custom", message: mistake });
  });
}

function wordOf({ of, what, open, required }: WordField): z.ZodType {
  if (open !== undefined) return nonEmpty(open.give);
  const choice = of.join(", ");
  // Tenants print "" where there is none.
  const isKnown = (word: string) => of.includes(word) || (word === "" && required !== true);
  return z.string({ error: (issue) => expected(issue.input, `one of ${choice}`) }).refine(isKnown, {
    error: (issue) => `${JSON.stringify(issue.input)} is no ${what}: use one of ${choice}`,
  });
}

function numberOf({ give, least, most }: NumberField): z.ZodType {
  const number = z
    .int({ error: (issue) => expected(issue.input, give, "a whole number") })
    .min(least, { error: `is below ${String(least)}: give ${give}` });
  return most === undefined ? number : number.max(most, { error: `is above ${String(most)}: give ${give}` });
}

function objectOf({ fields, open }: ObjectField): z.ZodType {
  const known = Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, declaredAs(field)]));
  if (open !== true) return z.strictObject(known);
  return z.looseObject(known).superRefine((declared, context) => {
    const keys = Object.keys(declared).filter(
      (key) => !Object.hasOwn(fields, key) && isNearMiss(key, Object.keys(fields)),
    );
    if (keys.length > 0) context.addIssue({ code: "unrecognized_keys", keys, input: declared });
  }, EVEN_IF_WRONG);
}

/** A name of our own, misspelt; what is further off may be one that we do not know. */
const isNearMiss = (key: string, known: readonly string[]): boolean =>
  known.some((name) => distance(key.toLowerCase(), name.toLowerCase()) <= key.length / 3);

/** A reference by exactly one of its keys. */
function referenceOf({ what, by, asId }: ReferenceField): z.ZodType {
  const named = namedBy(what, by);
  if (asId !== true) return named;
  const form = (value: unknown) => (typeof value === "string" ? nonEmpty("an id") : named);
  return z.unknown().superRefine((value, context) => {
    for (const issue of form(value).safeParse(value).error?.issues ?? []) context.addIssue({ ...issue });
  });
}

/** An object of the tenant, named by exactly one of these keys. */
export function namedBy(what: string, by: readonly string[]): z.ZodType {
  const choice = by.map((key) => `{ ${key} }`).join(" or ");
  return z
    .strictObject(Object.fromEntries(by.map((key) => [key, notBlank(key).optional()])), {
      error: (issue) =>
        issue.code === "unrecognized_keys" ? undefined : expected(issue.input, `${what} as ${choice}`),
    })
    .superRefine((value: unknown, context) => {
      if (!isObject(value)) return;
      const given = by.filter((key) => value[key] !== undefined);
      if (given.length === 1) return;
      context.addIssue({
        code: "custom",
        message:
          given.length === 0
            ? `names no ${what}: give ${choice}`
            : `names the ${what} by ${given.join(" and ")}: give exactly one of ${choice}, so that they cannot contradict`,
      });
    }, EVEN_IF_WRONG);
}

const FILE = z.custom((value) => isAsset(value) && typeof value["path"] === "string", {
  error: "is no file: give new pulumi.asset.FileAsset(path)",
});
const TEXT_FILE = z.custom(
  (value) => isAsset(value) && (typeof value["path"] === "string" || typeof value["text"] === "string"),
  { error: "is no text: give new pulumi.asset.FileAsset(path) or new pulumi.asset.StringAsset(text)" },
);

/**
 * A rule about several values is held also when some of them are wrong in themselves, so that all mistakes are told
 * together. Its values may therefore be of any form, or not known yet.
 */
const EVEN_IF_WRONG = { when: () => true } as const;

function checked(form: z.ZodType, check: Check | undefined): z.ZodType {
  if (check === undefined) return form;
  return form.superRefine((declared: unknown, context) => {
    if (!isObject(declared)) return;
    for (const { path, message } of check(declared)) context.addIssue({ code: "custom", path: [...path], message });
  }, EVEN_IF_WRONG);
}

/** A list whose members are told by a key: these are different. */
function distinct(form: z.ZodType, by: string): z.ZodType {
  return form.superRefine((members: unknown, context) => {
    if (!Array.isArray(members)) return;
    const noKey = new Set<unknown>([undefined, "", UNKNOWN]);
    const keys = members.map((member) => (isObject(member) ? member[by] : undefined));
    for (const [i, key] of keys.entries()) {
      if (keys.indexOf(key) === i || noKey.has(key)) continue;
      context.addIssue({ code: "custom", path: [i, by], message: `${JSON.stringify(key)} is declared twice` });
    }
  }, EVEN_IF_WRONG);
}

/** For lists and objects, whose definitions say nothing of their own for a value of another form. */
export const otherForm: z.core.$ZodErrorMap = (issue) => {
  if (issue.code !== "invalid_type" || !(issue.expected in FORMS)) return undefined;
  return expected(issue.input, FORMS[issue.expected as keyof typeof FORMS]);
};
const FORMS = { array: "a list", object: "an object" };

function expected(input: unknown, give: string, form?: string): string {
  if (input === undefined) return `is missing: give ${give}`;
  return `is ${whatItIs(input)}${form === undefined ? "" : ` where ${form} belongs`}: give ${give}`;
}

function whatItIs(input: unknown): string {
  if (Array.isArray(input)) return "a list";
  if (input === null) return "null";
  if (typeof input === "number") return `the number ${String(input)}`;
  if (input instanceof Promise) return "a promise";
  // Pulumi's mark of an Output; Pulumi itself is not loaded here.
  if (isObject(input) && input["__pulumiOutput"] === true) return "an Output";
  return typeof input === "object" ? "an object" : `a ${typeof input}`;
}
