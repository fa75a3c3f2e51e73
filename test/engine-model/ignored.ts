import type { Json } from "./goal";
import { type Marks, marksAt, withMarks } from "./marks";

interface Marked {
  inputs: Json;
  marks: Marks;
}

/** The inputs with what the program ignores as the state has it: its value, or nothing where the state has none. */
export function withIgnored(news: Marked, olds: Marked, paths: readonly string[]): Marked {
  return paths.reduce((marked, text) => {
    const path = text.split(/[.[\]]+/).filter((step) => step !== "");
    const inputs = reset(marked.inputs, olds.inputs, path) as Json;
    return { inputs, marks: withMarks(marked.marks, path, marksAt(olds.marks, path)) };
  }, news);
}

function reset(value: unknown, old: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined) return old;
  if (Array.isArray(value)) {
    const i = Number(key);
    const before: unknown = Array.isArray(old) ? old[i] : undefined;
    return i < value.length && before !== undefined ? value.with(i, reset(value[i], before, rest)) : value;
  }
  if (!isObject(value)) return value;
  if (isObject(old) && key in old) {
    return rest.length > 0 && !(key in value) ? value : { ...value, [key]: reset(value[key], old[key], rest) };
  }
  if (rest.length > 0) return value;
  const { [key]: _gone, ...kept } = value;
  return kept;
}

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
