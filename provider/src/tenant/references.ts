import { type References, recall } from "./lookup";
import { ProblemError } from "./problem";
import {
  type Json,
  type JsonObject,
  type Maybe,
  type Path,
  type Rule,
  isObject,
  own,
  pathText,
  put,
} from "../reconcile";
import { merges } from "../reconcile/rules";

/** A look-up for each reference on the way through declared values. */
type Replace = (rule: { to: string }, reference: JsonObject, path: Path) => Promise<Json> | Json;

/** The declared values with each reference replaced. All that cannot be found is told together. */
export async function mapReferences(value: JsonObject, rule: Rule, replace: Replace): Promise<JsonObject> {
  const problems: string[] = [];
  const mapped = await walk(value, rule, [], async (to, reference, path) => {
    try {
      return await replace(to, reference, path);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      problems.push(`${pathText(path)}: ${error.message}`);
      return null;
    }
  });
  if (problems.length > 0) throw new ProblemError(problems.join("\n"));
  return isObject(mapped) ? mapped : {};
}

async function walk(value: Json, rule: Rule, path: Path, replace: Replace): Promise<Json> {
  if (rule.is === "reference") {
    const reference = rule.asId === true && typeof value === "string" ? { id: value } : value;
    if (!isObject(reference)) return value;
    const replaced = await replace(rule, reference, path);
    return rule.asId === true ? (own(replaced, "id") ?? replaced) : replaced;
  }
  if ((rule.is === "list" || rule.is === "keyed") && Array.isArray(value)) {
    const step = (item: Json, i: number) =>
      rule.is === "keyed" ? { by: rule.by, key: own(item, rule.by) ?? null } : i;
    return Promise.all(value.map((item, i) => walk(item, rule.of, [...path, step(item, i)], replace)));
  }
  if (!merges(rule) || rule.is === "free" || !isObject(value)) return value;
  const mapped: JsonObject = {};
  for (const [key, member] of Object.entries(value)) {
    const field: Rule | undefined = rule.fields[key];
    put(mapped, key, field ? await walk(member, field, [...path, key], replace) : member);
  }
  return mapped;
}

/** The ids that references were resolved to, by path. */
export type ResolvedIds = Record<string, string>;

/** States know positions by names, as they were told once: `passwordPolicies.0`. */
const keyOf = (path: Path): string => pathText(path.map((step) => (typeof step === "number" ? String(step) : step)));

/** The inputs in the API's terms, each reference looked up on the tenant. */
export async function resolveAll(
  inputs: JsonObject,
  rule: Rule,
  references: Pick<References, "resolve">,
  sourceId: string,
  earlier: { inputs: JsonObject; ids: ResolvedIds } = { inputs: {}, ids: {} },
): Promise<{ desired: JsonObject; ids: ResolvedIds }> {
  const ids: ResolvedIds = {};
  const known = await resolvedBefore(earlier.inputs, rule, earlier.ids);
  const desired = await mapReferences(inputs, rule, async ({ to }, reference, path) => {
    const id = known.get(JSON.stringify([to, reference]));
    const { name, ...found } =
      (id === undefined ? undefined : recall(to, reference, id)) ?? (await references.resolve(to, reference, sourceId));
    // A schema is told by its name on its source; keeping its id would only weigh on the state.
    if (to !== "schema") ids[keyOf(path)] = found.id;
    return name === "" ? found : { ...found, name };
  });
  return { desired, ids };
}

/** What references of the earlier inputs meant: no look-up where the program still says the same. */
async function resolvedBefore(inputs: JsonObject, rule: Rule, ids: ResolvedIds): Promise<Map<string, string>> {
  const known = new Map<string, string>();
  await mapReferences(inputs, rule, ({ to }, reference, path) => {
    const id = ids[keyOf(path)];
    if (id !== undefined) known.set(JSON.stringify([to, reference]), id);
    return reference;
  });
  return known;
}

/** The ids of references in the API's terms, by path. */
export async function idsIn(value: JsonObject, rule: Rule): Promise<ResolvedIds> {
  const ids: ResolvedIds = {};
  await mapReferences(value, rule, ({ to }, reference, path) => {
    const { id } = reference;
    if (to !== "schema" && typeof id === "string") ids[keyOf(path)] = id;
    return reference;
  });
  return ids;
}

/** The applied inputs in the API's terms, by the ids that are already known: no look-up. */
export const recalled = (inputs: JsonObject, rule: Rule, ids: ResolvedIds): Promise<JsonObject> =>
  mapReferences(inputs, rule, (_to, reference, path) => {
    const id = ids[keyOf(path)];
    return id === undefined ? reference : { id };
  });

/** A projected value in the program's own spelling: what it recalls unchanged is spelled as it was. */
export function respelled(projected: Maybe, recalledInputs: Maybe, inputs: Maybe, rule: Rule): Maybe {
  if (rule.is === "reference") return projected === recalledInputs ? inputs : spelled(projected);
  if (rule.is === "keyed" && Array.isArray(projected) && Array.isArray(recalledInputs) && Array.isArray(inputs)) {
    return projected.map((item) => {
      const i = recalledInputs.findIndex((candidate) => own(candidate, rule.by) === own(item, rule.by));
      return respelled(item, recalledInputs[i], inputs[i], rule.of) ?? null;
    });
  }
  if (rule.is === "list" && Array.isArray(projected)) {
    if (projected === recalledInputs) return inputs;
    return projected.map((item) => respelled(item, undefined, undefined, rule.of) ?? null);
  }
  if (rule.is !== "object" || !isObject(projected)) return projected;
  const result: JsonObject = {};
  for (const [key, value] of Object.entries(projected)) {
    const field = rule.fields[key];
    const spelling = field ? respelled(value, own(recalledInputs, key), own(inputs, key), field) : value;
    if (spelling !== undefined) put(result, key, spelling);
  }
  return result;
}

/** A live reference as a program would write it. */
export function spelled(reference: Maybe): Maybe {
  if (typeof reference === "string") return reference;
  const name = own(reference, "name");
  if (typeof name === "string" && name !== "") return { name };
  const id = own(reference, "id");
  return typeof id === "string" ? { id } : undefined;
}
