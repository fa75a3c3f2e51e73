/**
 * Which values of a resource's properties are secrets: all of a value, or some of an object's. The engine encrypts
 * these in the state and shows none of them.
 */
export type Marks = true | { readonly [key: string]: Marks };

export const NONE: Marks = {};

/** How Pulumi sends a secret. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/** A value as Pulumi sends it, taken apart. In a list, a secret marks the list. */
export function unwrapped(value: unknown): { plain: unknown; marks: Marks } {
  if (Array.isArray(value)) {
    const members = value.map(unwrapped);
    return { plain: members.map(({ plain }) => plain), marks: members.some(isMarked) ? true : NONE };
  }
  if (typeof value !== "object" || value === null) return { plain: value, marks: NONE };
  if ((value as Record<string, unknown>)[SIGNATURE] === SECRET) {
    return { plain: unwrapped((value as { value?: unknown }).value).plain, marks: true };
  }
  const members = Object.entries(value).map(([key, member]) => [key, unwrapped(member)] as const);
  return {
    plain: Object.fromEntries(members.map(([key, { plain }]) => [key, plain])),
    marks: Object.fromEntries(members.filter(([, member]) => isMarked(member)).map(([key, { marks }]) => [key, marks])),
  };
}

const isMarked = ({ marks }: { marks: Marks }): boolean => marks === true || Object.keys(marks).length > 0;

/** The value at a path of marks, and all that are set below it, laid over others. */
export function marksAt(marks: Marks, [key, ...rest]: readonly string[]): Marks {
  if (marks === true || key === undefined) return marks;
  return marksAt(marks[key] ?? NONE, rest);
}

export function withMarks(marks: Marks, [key, ...rest]: readonly string[], at: Marks): Marks {
  if (marks === true) return true;
  return key === undefined ? at : { ...marks, [key]: withMarks(marks[key] ?? NONE, rest, at) };
}

/** What of a value stands in the state for everyone to read. */
export function shown(value: unknown, marks: Marks): unknown {
  if (marks === true) return "[secret]";
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return Object.keys(marks).length > 0 ? "[secret]" : value;
  }
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, shown(member, marks[key] ?? NONE)]));
}
