import { text } from "../kinds/tree/field";
import { namedBy, schemaOf } from "../kinds/tree/validation";
import { type JsonObject, isObject } from "../reconcile";
import { type LookUp, functions } from "../tenant/answers";
import { type Form, mistakesOf, textOf, told } from "./mistakes";

export interface CheckedArguments {
  /** Those that are given: null is none. */
  args: JsonObject;
  failures: { property: string; reason: string }[];
}

/** Every mistake in what a function is asked with, told together, before the tenant is asked. */
export function checkArguments(name: keyof typeof functions, given: unknown): CheckedArguments {
  const args = isObject(given) ? withoutNulls(given) : (given ?? {});
  const failures = mistakesOf(formOf(name), args).map((mistake) => ({
    property: textOf(mistake.path),
    reason: told(mistake),
  }));
  return { args: isObject(args) ? args : {}, failures };
}

function formOf(name: keyof typeof functions): Form {
  const { takes, finds }: LookUp<unknown> = functions[name];
  const fields = Object.fromEntries(
    Object.entries(takes).map(([key, { doc, give }]) => [key, text({ doc, give, check: blank(give) })]),
  );
  const values = finds === undefined ? schemaOf(fields, {}) : namedBy(finds, Object.keys(takes));
  return { values, fields, stranger: `is no argument of ${name}` };
}

/** A filter of spaces alone would select nothing or everything. */
const blank = (give: string) => (value: string) => (value.trim() === "" ? `is empty: give ${give}` : undefined);

const withoutNulls = (args: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(args).filter(([, value]) => value !== null));
