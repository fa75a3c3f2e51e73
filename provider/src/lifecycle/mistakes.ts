import type { ZodType } from "zod";
import type { Fields } from "../kinds/tree/field";
import { otherForm } from "../kinds/tree/validation";
import { nearestTold } from "../reconcile/nearest";

/** What the values of a resource or a function are held against. */
export interface Form {
  readonly values: ZodType;
  readonly fields: Fields;
  /** What is said of any other key: `is no input of a Source`. */
  readonly stranger: string;
}

interface Mistake {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** Every mistake of the values, told together, but at places where nothing can be wrong yet. */
export function mistakesOf(
  form: Form,
  values: unknown,
  isOpen: (path: readonly PropertyKey[]) => boolean = () => false,
): Mistake[] {
  const result = form.values.safeParse(values, { error: otherForm });
  if (result.success) return [];
  return result.error.issues
    .filter((issue) => !isOpen(issue.path))
    .flatMap((issue) => {
      if (issue.code !== "unrecognized_keys") return [{ path: issue.path, message: issue.message }];
      const known = keysAt(form.fields, issue.path);
      return issue.keys.map((key) => ({ path: [...issue.path, key], message: unrecognised(form, key, known) }));
    });
}

/** A mistake as a line for people. */
export const told = ({ path, message }: Mistake): string =>
  path.length === 0 ? message : `${textOf(path)}: ${message}`;

/** A place for people: `attributes[0].name`. */
export const textOf = (path: readonly PropertyKey[]): string =>
  path
    .map((key, i) => {
      if (typeof key === "number") return `[${String(key)}]`;
      if (!/^[\w-]+$/.test(String(key))) return `[${JSON.stringify(String(key))}]`;
      return i === 0 ? String(key) : `.${String(key)}`;
    })
    .join("");

function unrecognised({ stranger }: Form, key: string, known: string[]): string {
  if (known.length === 0) return stranger;
  return stranger + (nearestTold(key, known) || `; there are ${known.join(", ")}`);
}

/** The names that exist at a path. */
function keysAt(fields: Fields, path: readonly PropertyKey[]): string[] {
  const [step, ...rest] = path;
  if (step === undefined) return Object.keys(fields);
  let field = fields[String(step)];
  // Members of a list are all alike.
  while (field !== undefined && "of" in field && typeof rest[0] === "number") {
    field = typeof field.of === "object" && "type" in field.of ? field.of : undefined;
    rest.shift();
  }
  if (field?.type === "reference") return [...field.by];
  return field?.type === "object" ? keysAt(field.fields, rest) : [];
}
