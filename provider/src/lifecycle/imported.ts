import type { Kind } from "../kinds/kind";
import { type Json, type JsonObject, type Maybe, type Rule, isBlank, isObject, own, put, same } from "../reconcile";
import { spelled } from "../references";

/**
 * The inputs that a program would declare an existing object with: what the kind knows, names for ids, and nothing
 * that the tenant puts there by itself.
 */
export function importedInputs(kind: Kind, live: JsonObject, id: string): JsonObject {
  const inputs = cleaned(kind.imported(live, id), kind.rules);
  return isObject(inputs) ? inputs : {};
}

function cleaned(value: Maybe, rule: Rule): Maybe {
  if (isBlank(value) || (rule.is === "value" && same(value, rule.absent))) return undefined;
  if (rule.is === "reference") return spelled(value);
  if ((rule.is === "keyed" || rule.is === "list") && Array.isArray(value)) {
    return value.flatMap((member): Json[] => {
      const kept = cleaned(member, rule.of);
      return kept === undefined ? [] : [kept];
    });
  }
  if (rule.is !== "object" || !isObject(value)) return value;
  const kept: JsonObject = {};
  for (const [key, field] of Object.entries(rule.fields)) {
    const member = cleaned(own(value, key), field);
    if (member !== undefined) put(kept, key, member);
  }
  return kept;
}
