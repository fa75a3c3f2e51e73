import { z } from "zod";

/** What is left of an answer that is not quite as documented. */
export interface Fitted {
  /** Undefined: what identifies the object is missing, or it is of another kind altogether. */
  value: unknown;
  /** What was left out, each with its path and its reason; without values, which may be secrets. */
  oddities: string[];
}

/**
 * An answer as far as it fits its definition: tenants hold odd objects that others wrote, and one of them must not hide
 * the rest. What a definition requires identifies the object and must be there; every other field that does not fit is
 * left out, and so is an odd member of a list. A number, flag or text written as one of the others is taken for what it
 * says. What is not defined is kept as it came.
 */
export function fit(type: z.ZodType, value: unknown): Fitted {
  const oddities: string[] = [];
  const fitted = fitAt(type, value, "", (at, what) => oddities.push(`${at || "the answer"} is ${what}`));
  return { value: fitted === unfit ? undefined : fitted, oddities };
}

type Tell = (at: string, what: string) => void;

const unfit = Symbol("unfit");

function fitAt(type: z.ZodType, value: unknown, at: string, tell: Tell): unknown {
  if (type instanceof z.ZodOptional || type instanceof z.ZodNullable) {
    if (value === undefined || value === null) return value;
    const fitted = fitAt(zod(type.unwrap()), value, at, tell);
    return fitted === unfit ? undefined : fitted;
  }
  if (type instanceof z.ZodUnion) return fitUnion(type, value, at, tell);
  if (type instanceof z.ZodObject && isRecord(value)) return fitObject(type, value, at, tell);
  if (type instanceof z.ZodArray && Array.isArray(value)) {
    return value.flatMap((member: unknown, i) => {
      const fitted = fitAt(zod(type.element), member, at === "" ? nameOf(member, i) : `${at}[${String(i)}]`, tell);
      return fitted === unfit ? [] : [fitted];
    });
  }
  if (type instanceof z.ZodRecord && isRecord(value)) return value;
  const meant = meaning(type, value);
  if (isScalar(type) && type.safeParse(meant).success) return meant;
  tell(at, wordFor(value));
  return unfit;
}

function fitObject(type: z.ZodObject, value: Json, at: string, tell: Tell): unknown {
  const result = { ...value };
  for (const [key, part] of Object.entries<z.core.SomeType>(type.shape)) {
    const fitted = fitAt(zod(part), value[key], at === "" ? key : `${at}.${key}`, tell);
    if (fitted === unfit) return unfit;
    if (fitted === undefined) Reflect.deleteProperty(result, key);
    else result[key] = fitted;
  }
  return result;
}

/** The alternative that fits as it is, else the first of which something is left. */
function fitUnion(type: z.ZodUnion, value: unknown, at: string, tell: Tell): unknown {
  for (const option of type.options) {
    if (zod(option).safeParse(value).success) return value;
  }
  for (const option of type.options) {
    const told: Parameters<Tell>[] = [];
    const fitted = fitAt(zod(option), value, at, (...oddity) => told.push(oddity));
    if (fitted === unfit) continue;
    for (const oddity of told) tell(...oddity);
    return fitted;
  }
  tell(at, wordFor(value));
  return unfit;
}

function meaning(type: z.ZodType, value: unknown): unknown {
  if (type instanceof z.ZodString && (typeof value === "number" || typeof value === "boolean")) return String(value);
  if (typeof value !== "string") return value;
  if (type instanceof z.ZodBoolean && /^(true|false)$/i.test(value)) return value.toLowerCase() === "true";
  if (type instanceof z.ZodNumber && value.trim() !== "" && Number.isFinite(Number(value))) return Number(value);
  return value;
}

const isScalar = (type: z.ZodType) =>
  !(type instanceof z.ZodObject || type instanceof z.ZodArray || type instanceof z.ZodRecord);

/** A member of the answer's list as a person knows it: its name, else its id, else its place. */
function nameOf(member: unknown, place: number): string {
  const { name, id } = isRecord(member) ? member : {};
  const known = [name, id].find((text) => typeof text === "string" && text !== "");
  return known === undefined ? `[${String(place)}]` : JSON.stringify(known);
}

function wordFor(value: unknown): string {
  if (value === undefined) return "missing";
  if (value === null) return "null";
  return Array.isArray(value) ? "a list" : (words[typeof value] ?? typeof value);
}
const words: Readonly<Record<string, string>> = {
  object: "an object",
  string: "a text",
  number: "a number",
  boolean: "a flag",
};

type Json = Record<string, unknown>;

const isRecord = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The parts of a definition are typed by zod's core; ours all come from zod itself. */
const zod = (type: z.core.SomeType): z.ZodType => type as z.ZodType;
