import { invalid } from "../http/errors";
import { isObject, textOf } from "../json";
import { parseQuery } from "./query-string";
import { isBound, within } from "./ranges";
import { hasPhrase, hasWords, valuesAt, wildcard, type Test } from "./words";

/** Reads a query in Elasticsearch's language, as far as the API's guides use it; refuses what it does not know. */
export function parseDsl(query: unknown, now: number): Test {
  if (!isObject(query)) throw invalid("queryDsl must be an object.");
  const entries = Object.entries(query);
  const [first] = entries;
  if (first === undefined || entries.length > 1) throw invalid("A query of queryDsl has one kind, such as match.");
  const [kind, body] = first;
  const make = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  if (make === undefined) throw invalid(`queryDsl has no kind of query "${kind}" here.`);
  return make(body, now);
}

type Make = (body: unknown, now: number) => Test;

const kinds: Readonly<Record<string, Make>> = {
  match_all: () => () => true,
  /** By words: any of them, unless the operator is `and`. `HR Feed` matches `HR Legacy` too. */
  match: perField((field, wanted) => {
    const text = isObject(wanted) ? wanted["query"] : wanted;
    const all = isObject(wanted) && textOf(wanted["operator"]).toLowerCase() === "and";
    if (field.endsWith(".exact")) return (row) => valuesAt(row, field).some((value) => value === text);
    return (row) => hasWords(valuesAt(row, field), text, all);
  }),
  match_phrase: perField((field, wanted) => {
    const text = isObject(wanted) ? wanted["query"] : wanted;
    return (row) => hasPhrase(valuesAt(row, field), text);
  }),
  term: perField((field, wanted) => {
    const value = isObject(wanted) ? wanted["value"] : wanted;
    return (row) => valuesAt(row, field).some((own) => own === value);
  }),
  terms: perField((field, wanted) => {
    if (!Array.isArray(wanted)) throw invalid(`terms of "${field}" must be a list.`);
    const values: unknown[] = wanted;
    return (row) => valuesAt(row, field).some((own) => values.includes(own));
  }),
  prefix: perField((field, wanted) => {
    const start = textOf(isObject(wanted) ? wanted["value"] : wanted);
    return (row) => valuesAt(row, field).some((own) => String(own).startsWith(start));
  }),
  wildcard: perField((field, wanted) => {
    const pattern = wildcard(textOf(isObject(wanted) ? (wanted["value"] ?? wanted["wildcard"]) : wanted));
    return (row) => valuesAt(row, field).some((own) => pattern.test(String(own)));
  }),
  exists: (body) => {
    const field = isObject(body) ? textOf(body["field"]) : "";
    if (field === "") throw invalid("exists needs a field.");
    return (row) => valuesAt(row, field).length > 0;
  },
  range: perField((field, wanted, now) => {
    if (!isObject(wanted)) throw invalid(`range of "${field}" must be an object.`);
    const tests = Object.entries(wanted)
      .filter(([name]) => name !== "format" && name !== "time_zone")
      .map(([name, limit]) => {
        if (!isBound(name)) throw invalid(`range of "${field}" has no "${name}"; it has gt, gte, lt and lte.`);
        return within(field, name, limit, now);
      });
    return (row) => tests.every((test) => test(row));
  }),
  query_string: (body, now) => parseQuery(isObject(body) ? textOf(body["query"]) : "", now),
  bool: (body, now) => {
    if (!isObject(body)) throw invalid("bool must be an object.");
    const { must, filter, should, must_not: mustNot, minimum_should_match: least, ...unknown } = body;
    const [other] = Object.keys(unknown);
    if (other !== undefined) throw invalid(`bool has no "${other}" here.`);
    const needed = [...clauses(must, now), ...clauses(filter, now)];
    const [optional, forbidden] = [clauses(should, now), clauses(mustNot, now)];
    const fallback = optional.length > 0 && needed.length === 0 ? 1 : 0;
    const enough = typeof least === "number" ? least : fallback;
    return (row) =>
      needed.every((test) => test(row)) &&
      !forbidden.some((test) => test(row)) &&
      optional.filter((test) => test(row)).length >= enough;
  },
};

const clauses = (value: unknown, now: number): Test[] => {
  if (value === undefined) return [];
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return list.map((clause) => parseDsl(clause, now));
};

function perField(make: (field: string, wanted: unknown, now: number) => Test): Make {
  return (body, now) => {
    const [first] = isObject(body) ? Object.entries(body) : [];
    if (first === undefined) throw invalid("A query of queryDsl names the field that it asks.");
    return make(first[0], first[1], now);
  };
}
