import fc, { type Arbitrary } from "fast-check";
import {
  type Json,
  type JsonObject,
  type Maybe,
  type ObjectRule,
  type Rule,
  FREE,
  own,
  put,
} from "../../provider/src/reconcile";

/** One case: an object's rules, what is declared, what was applied, and what the tenant has. */
export interface Triple {
  rule: ObjectRule;
  desired: JsonObject;
  applied: JsonObject;
  live: JsonObject;
}

/** Small alphabets, so that the three sides meet often; with every key that has broken something somewhere. */
const SCALARS: Json[] = [null, "", "a", "b", "1", "true", "a-x", 0, 1, 1.5, true, false];
const KEYS = ["a", "b", "c", "a.b", "x/y", "~", "m~n/o~1", "é\"'", "", "0", "-", "length", "name"];
const NASTY_KEYS = ["__proto__", "constructor", "prototype", "hasOwnProperty", "toString"];
const NAMES = ["id", "name", "mail", "x/y", "0"];

const scalar: Arbitrary<Json> = fc.constantFrom(...SCALARS);
const text = fc.constantFrom("a", "b", "c");
const key = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...KEYS) }, fc.constantFrom(...NASTY_KEYS));

function objectOf(entries: readonly (readonly [string, Maybe])[]): JsonObject {
  const object: JsonObject = {};
  for (const [name, value] of entries) if (value !== undefined) put(object, name, value);
  return object;
}

const object = (value: Arbitrary<Json>, keys: Arbitrary<string> = key): Arbitrary<Json> =>
  fc.array(fc.tuple(keys, value), { maxLength: 4 }).map(objectOf);

/** JSON of any form, a few levels deep. */
const free = (depth: number): Arbitrary<Json> =>
  depth === 0
    ? scalar
    : fc.oneof(
        { weight: 3, arbitrary: scalar },
        { weight: 3, arbitrary: object(free(depth - 1)) },
        { weight: 2, arbitrary: fc.array(free(depth - 1), { maxLength: 3 }) },
      );
const anything = free(2);

/** Values under a rule: as a program may declare them, or as a tenant may return them, with all that is not ours. */
type Role = "declared" | "live";

function valueOf(rule: Rule, role: Role): Arbitrary<Maybe> {
  const proper = properValueOf(rule, role);
  return role === "declared"
    ? fc.oneof({ weight: 9, arbitrary: proper }, fc.constantFrom(undefined, null))
    : fc.oneof({ weight: 12, arbitrary: proper }, fc.constantFrom<Maybe>(undefined, null, "", "text", [], {}));
}

function properValueOf(rule: Rule, role: Role): Arbitrary<Maybe> {
  switch (rule.is) {
    case "value":
      return rule.equal
        ? fc.constantFrom<Json>("a", "a-x", "b", "b-x")
        : fc.oneof({ weight: 4, arbitrary: scalar }, free(1));
    case "free":
      return free(3);
    case "reference":
      return fc.tuple(text, fc.constantFrom("id", "name", "both")).map(([id, by]): Json => {
        const whole = wholeReference(id);
        return role === "live" || by === "both" ? whole : by === "id" ? { id } : { name: whole.name };
      });
    case "commaSet":
      return fc.array(fc.constantFrom("a", "b", " c", "d ", ""), { maxLength: 4 }).map((members) => members.join(","));
    case "set":
      return fc.array(fc.constantFrom<Json>("A", "B", "C", "D", 1), { maxLength: 5 });
    case "object":
      return fieldsOf(rule, role);
    case "list":
      return fc.array(
        rule.by === undefined
          ? valueOf(rule.of, role).map((member) => member ?? null)
          : memberOf([rule.by].flat(), rule.of, role),
        { maxLength: 4 },
      );
    case "keyed":
      return keyedOf(rule.by, rule.of, role);
  }
}

function fieldsOf(rule: ObjectRule, role: Role): Arbitrary<JsonObject> {
  const fields = Object.entries(rule.fields).map(([name, field]) =>
    fc.tuple(fc.constant(name), fc.oneof({ weight: 3, arbitrary: valueOf(field, role) }, fc.constant(undefined))),
  );
  const ours = fc.tuple(...fields).map(objectOf);
  // Keys without a rule: a tenant's own, and, at a program's side, ones that do not exist for us.
  const others = fc.array(fc.tuple(fc.constantFrom("server", "__proto__", "md5"), anything), {
    maxLength: role === "live" ? 2 : 1,
  });
  return fc.tuple(ours, others).map(([object, more]) => objectOf([...more, ...Object.entries(object)]));
}

/** Members have a key each; a tenant may also return members without a key, or no objects at all. */
function keyedOf(by: string, of: Rule, role: Role): Arbitrary<Json> {
  const unique = { maxLength: 5, selector: (value: Json) => own(value, by) ?? {} };
  const member = memberOf([by], of, role);
  return fc.uniqueArray(
    role === "declared" ? member : fc.oneof({ weight: 8, arbitrary: member }, object(scalar), scalar),
    unique,
  );
}

function memberOf(by: readonly string[], of: Rule, role: Role): Arbitrary<Json> {
  return fc
    .tuple(
      fc.tuple(...by.map(() => fc.constantFrom(...NAMES))),
      of.is === "object" ? fieldsOf(of, role) : object(anything),
    )
    .map(([names, value]) =>
      objectOf([...Object.entries(value as JsonObject), ...by.map((key, i) => [key, names[i]] as const)]),
    );
}

const withoutSuffix = (value: Maybe): Maybe => (typeof value === "string" ? value.replace(/-x$/, "") : value);
const VALUE: Rule = { is: "value" };
const FLAG: Rule = { is: "value", absent: false };
const SUFFIXED: Rule = { is: "value", equal: (declared, live) => withoutSuffix(declared) === withoutSuffix(live) };
const ATTRIBUTE: Rule = {
  is: "object",
  fields: { name: VALUE, type: VALUE, isMulti: FLAG, schema: { is: "reference", to: "schema" }, tags: { is: "set" } },
};

/** For every kind of rule the rules it is tried with, at the key `x/y` beside keys that are not ours. */
const RULES: Readonly<Record<string, readonly Rule[]>> = {
  value: [VALUE, FLAG, SUFFIXED, { is: "value", absent: "a" }],
  object: [
    {
      is: "object",
      fields: { a: VALUE, "b/~": FLAG, c: { is: "object", fields: { d: VALUE, e: FLAG } }, constructor: VALUE },
    },
  ],
  free: [FREE, { is: "free", fields: { a: { is: "commaSet" }, "x/y": FLAG }, owned: ["b", "~"] }],
  variant: [
    { is: "free", variant: "a" },
    { is: "list", of: { is: "free", variant: "a" } },
  ],
  "comma set": [{ is: "commaSet" }],
  list: [
    { is: "list", of: FREE },
    { is: "list", of: VALUE },
    { is: "list", of: ATTRIBUTE },
    { is: "list", of: { is: "reference", to: "passwordPolicy" } },
  ],
  "list by key": [
    { is: "list", by: "name", of: ATTRIBUTE },
    { is: "list", by: "name", of: FREE },
    { is: "list", by: ["name", "type"], of: ATTRIBUTE },
    { is: "list", by: ["a", "b"], of: FREE },
  ],
  "list of named": [{ is: "list", of: { is: "object", fields: { id: VALUE, name: VALUE, type: VALUE, tags: FREE } } }],
  keyed: [
    { is: "keyed", by: "name", of: ATTRIBUTE },
    { is: "keyed", by: "name", of: FREE },
  ],
  set: [{ is: "set" }],
  reference: [{ is: "reference", to: "owner" }],
};

/** Rules within rules, as no kind has them yet. */
const nested: Arbitrary<Rule> = fc.letrec<{ rule: Rule }>((tie) => ({
  rule: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom<Rule>(VALUE, FLAG, FREE, { is: "set" }, { is: "reference", to: "owner" }, SUFFIXED),
    tie("rule").map((of): Rule => ({ is: "list", of })),
    fc.array(fc.tuple(fc.constantFrom(...KEYS), tie("rule")), { minLength: 1, maxLength: 3 }).map(fieldsRule),
    fc.array(fc.tuple(fc.constantFrom(...KEYS), tie("rule")), { maxLength: 3 }).map((fields): Rule => ({
      is: "keyed",
      by: "name",
      of: fieldsRule([["name", VALUE], ...fields]),
    })),
  ),
})).rule;

function fieldsRule(fields: [string, Rule][]): ObjectRule {
  return { is: "object", fields: Object.fromEntries(fields) };
}

const MIXED = "rules within rules";
export const KINDS = [...Object.keys(RULES), MIXED];

/** Triples for one kind of rule: sides that are alike, that differ a little, and that have nothing in common. */
export function triples(kind: string): Arbitrary<Triple> {
  if (kind === MIXED)
    return fc.array(nested, { minLength: 1, maxLength: 2 }).chain((rules) => fc.oneof(...rules.map(triplesOf)));
  return fc.oneof(...(RULES[kind] ?? []).map(triplesOf));
}

function triplesOf(field: Rule): Arbitrary<Triple> {
  const rule: ObjectRule = { is: "object", fields: { "x/y": field, other: VALUE } };
  const declared = fieldsOf(rule, "declared");
  return fc
    .tuple(declared, declared, fieldsOf(rule, "live"), fc.nat(5), fc.nat(5))
    .map(([desired, applied, live, likeness, closeness]) => {
      const before = likeness < 2 ? desired : likeness === 2 ? {} : applied;
      const there = closeness === 0 ? before : closeness === 1 ? desired : closeness === 2 ? laid(live, desired) : live;
      return { rule, desired, applied: before, live: answered(there, rule) as JsonObject };
    });
}

/** What is declared as a tenant answers it: a program may name a reference by half of it, a tenant never does. */
function answered(value: Json, rule: Rule): Json {
  if (Array.isArray(value)) {
    return rule.is === "list" || rule.is === "keyed" ? value.map((member) => answered(member, rule.of)) : value;
  }
  if (!isPlain(value)) return value;
  if (rule.is === "reference") {
    const said = own(value, "id") ?? own(value, "name");
    return typeof said === "string" ? wholeReference(said.replace("Name of ", "")) : value;
  }
  const fields = rule.is === "object" ? rule.fields : {};
  return objectOf(
    Object.entries(value).map(([name, member]) => {
      const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
      return [name, field ? answered(member, field) : member] as const;
    }),
  );
}

const wholeReference = (id: string) => ({ type: "T", id, name: `Name of ${id}` });

/** One object laid over another, so that live has what is declared and more. */
function laid(below: Maybe, above: Maybe): JsonObject {
  const result: JsonObject = {};
  for (const [name, value] of Object.entries(below as JsonObject)) put(result, name, value);
  for (const [name, value] of Object.entries(above as JsonObject)) {
    const under = Object.hasOwn(result, name) ? result[name] : undefined;
    put(result, name, isPlain(under) && isPlain(value) ? laid(under, value) : value);
  }
  return result;
}

const isPlain = (value: Maybe): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);
