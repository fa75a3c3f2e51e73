import { type Json, type Step, isObject, own } from "../../reconcile";
import { SECRET } from "../inventory";
import { type Expression, Said } from "./expression";
import { unique } from "./names";

/** A secret of the program: where it stands, and the configuration that gives it. */
export interface ConfiguredSecret {
  key: string;
  source: string;
  path: Step[];
}

/** What tells a member of a list to people. */
const NAMES = ["domainDN", "forestName", "uniqueNameForEndPoint", "name", "id"];

/** A value with `config.getSecret("…")` in the place of each secret: not set, it is not declared. */
export function configured(
  value: Json,
  at: { source: string; resource: string; path: readonly Step[] },
  keys: Set<string>,
  onSecret: (secret: ConfiguredSecret) => void,
  words: readonly string[] = [],
): Expression {
  if (value === SECRET) {
    const key = unique([at.resource, ...words].join("-"), keys);
    onSecret({ key, source: at.source, path: [...at.path] });
    return new Said("secret", key);
  }
  const inner = (member: Json, step: Step, word: string[]) =>
    configured(member, { ...at, path: [...at.path, step] }, keys, onSecret, [...words, ...word]);
  if (Array.isArray(value)) {
    return value.map((member, i) => inner(member, i, [wordOf(nameOf(member) ?? String(i))]));
  }
  if (!isObject(value)) return value;
  const result: Record<string, Expression> = {};
  for (const [key, member] of Object.entries(value)) {
    // The fields of a source that hold secrets are one, and need not be said.
    const word = at.path.length === 0 ? [] : [wordOf(key)];
    Object.defineProperty(result, key, { value: inner(member, key, word), enumerable: true, configurable: true });
  }
  return result;
}

function nameOf(member: Json): string | undefined {
  const name = NAMES.map((key) => own(member, key)).find((value) => typeof value === "string" && value !== "");
  return typeof name === "string" ? name : undefined;
}

const wordOf = (text: string): string => text.replaceAll(/[^A-Za-z0-9]+/g, "_").slice(0, 40);
