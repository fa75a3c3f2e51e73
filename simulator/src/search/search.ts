import { z } from "zod";

import { bodyAs } from "../http/body";
import { wholeNumber } from "../http/collection";
import { invalid } from "../http/errors";
import { order, valueAt } from "../http/filters";
import { flag, type Answer, type Call, type Operation } from "../http/operation";
import { parseDsl } from "./dsl";
import { parseQuery } from "./query-string";
import { within } from "./ranges";
import { valuesAt, type Row, type Test } from "./words";

export const searchOperations: readonly Operation[] = [
  { id: "searchPost", method: "POST", path: "/search", accepts: "json", handle: search },
  { id: "searchCount", method: "POST", path: "/search/count", accepts: "json", handle: count },
];

const indices = ["accessprofiles", "accountactivities", "entitlements", "events", "identities", "roles", "*"] as const;

const end = z.object({ value: z.string(), inclusive: z.boolean().default(false) });

const searchSchema = z.object({
  indices: z.array(z.enum(indices)).min(1),
  queryType: z.enum(["SAILPOINT", "DSL"]).default("SAILPOINT"),
  query: z.object({ query: z.string() }).optional(),
  queryDsl: z.record(z.string(), z.unknown()).optional(),
  queryResultFilter: z
    .object({ includes: z.array(z.string()).optional(), excludes: z.array(z.string()).optional() })
    .optional(),
  sort: z.array(z.string().min(1)).optional(),
  searchAfter: z.array(z.string()).optional(),
  filters: z
    .record(
      z.string(),
      z.object({
        type: z.enum(["EXISTS", "RANGE", "TERMS"]),
        range: z.object({ lower: end.optional(), upper: end.optional() }).optional(),
        terms: z.array(z.string()).optional(),
        exclude: z.boolean().default(false),
      }),
    )
    .optional(),
});

type Search = z.infer<typeof searchSchema>;

/** How far a search reaches by offset and limit; beyond it, `searchAfter` goes on. */
const window = 10_000;

function search(call: Call): Answer {
  const sent = bodyAs(searchSchema, call.body);
  const [limit, offset] = [wholeNumber(call, "limit", 250), wholeNumber(call, "offset", 0)];
  if (limit > window) throw invalid(`limit must be at most ${String(window)}.`);
  if (offset + limit > window && sent.searchAfter === undefined) {
    throw invalid(`offset and limit reach beyond ${String(window)}: use sort and searchAfter.`);
  }
  if (sent.searchAfter !== undefined && sent.searchAfter.length !== sent.sort?.length) {
    throw invalid("searchAfter needs sort, and a value for each of its fields.");
  }
  const found = matches(call, sent);
  const page = following(sent, sorted(sent, found)).slice(offset, offset + limit);
  const headers: Record<string, string> = flag(call, "count") ? { "X-Total-Count": String(found.length) } : {};
  return { status: 200, body: page.map((row) => narrowed(sent, row)), headers };
}

function count(call: Call): Answer {
  const sent = bodyAs(searchSchema, call.body);
  return { status: 204, headers: { "X-Total-Count": String(matches(call, sent).length) } };
}

/** The audit events that fit; nothing is indexed here of the other kinds. */
function matches(call: Call, sent: Search): Row[] {
  const { tenant } = call;
  const now = tenant.now();
  const tests = [queryOf(sent, now), ...filtersOf(sent, now)];
  if (!sent.indices.includes("events") && !sent.indices.includes("*")) return [];
  const indexed = now - tenant.settings.behaviours.eventsLagMs;
  return tenant.storage
    .collection("events")
    .list()
    .filter((event) => Date.parse(String(event["created"])) <= indexed || tenant.settings.behaviours.eventsLagMs === 0)
    .filter((event) => tests.every((test) => test(event)));
}

function queryOf({ queryType, query, queryDsl }: Search, now: number): Test {
  if (queryType === "DSL") {
    if (queryDsl === undefined) throw invalid("queryDsl is required for the query type DSL.");
    return parseDsl(queryDsl, now);
  }
  if (query === undefined) throw invalid("query is required for the query type SAILPOINT.");
  return parseQuery(query.query, now);
}

function filtersOf({ filters = {} }: Search, now: number): Test[] {
  return Object.entries(filters).map(([field, { type, range, terms = [], exclude }]) => {
    const { lower, upper } = range ?? {};
    const ends = [
      ...(lower === undefined ? [] : [within(field, lower.inclusive ? "gte" : "gt", lower.value, now)]),
      ...(upper === undefined ? [] : [within(field, upper.inclusive ? "lte" : "lt", upper.value, now)]),
    ];
    const tests: Record<typeof type, Test> = {
      EXISTS: (row) => valuesAt(row, field).length > 0,
      RANGE: (row) => ends.every((test) => test(row)),
      TERMS: (row) => valuesAt(row, field).some((value) => terms.includes(String(value))),
    };
    return (row) => tests[type](row) !== exclude;
  });
}

/** The fields to sort by, in their order; `-` turns one around. */
const keysOf = ({ sort = [] }: Search) =>
  sort.map((name) => ({
    path: name.replace(/^[+-]/, "").replace(/\.exact$/, ""),
    sign: name.startsWith("-") ? -1 : 1,
  }));

function sorted(sent: Search, rows: Row[]): Row[] {
  const keys = keysOf(sent);
  return rows.toSorted((left, right) => {
    for (const { path, sign } of keys) {
      const result = order(valueAt(left, path), valueAt(right, path));
      if (result !== 0) return sign * result;
    }
    return 0;
  });
}

/** The rows behind the one with these values. */
function following(sent: Search, rows: Row[]): Row[] {
  const { searchAfter } = sent;
  if (searchAfter === undefined) return rows;
  const keys = keysOf(sent);
  return rows.filter((row) => {
    for (const [index, { path, sign }] of keys.entries()) {
      const result = order(String(valueAt(row, path) ?? ""), searchAfter[index]);
      if (result !== 0) return sign * result > 0;
    }
    return false;
  });
}

/** The row with the fields that were asked for. */
function narrowed({ queryResultFilter }: Search, row: Row): Row {
  if (queryResultFilter === undefined) return row;
  const { includes, excludes = [] } = queryResultFilter;
  const names = (list: readonly string[]) => list.map((name) => name.split(".")[0] ?? name);
  return Object.fromEntries(
    Object.entries(row).filter(
      ([key]) => (includes === undefined || names(includes).includes(key)) && !excludes.includes(key),
    ),
  );
}
