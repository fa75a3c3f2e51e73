import { SailPointError } from "./errors";
import type { Operation } from "./operations";
import type { CallOutcome } from "./pursue";

/** Which part of a collection. */
export interface Page {
  limit: number;
  offset: number;
  count: true;
}

/** A tenant that ignores `offset` must not keep us for ever: so many pages may bring nothing new. */
const mostFruitlessPages = 3;

/**
 * All items of a collection. Pages are counted by offset, so what others add or delete meanwhile moves the rest: the
 * pages are sorted by a field that does not change, an item that comes twice is given once, and when the total
 * shrinks, the walk goes back by as much, so that nothing that stayed is left out. `more`: the next page would not lie
 * `within` what offsets reach.
 */
export async function* pages(
  operation: Operation,
  read: (page: Page) => Promise<CallOutcome>,
  limit = operation.pageSize ?? 250,
  within = Infinity,
): AsyncGenerator<unknown, "end" | "more", undefined> {
  const given = new Set<string>();
  let total: number | undefined;
  let fruitless = 0;
  for (let offset = 0; fruitless < mostFruitlessPages;) {
    const { answer, headers, skipped } = await read({ limit, offset, count: true });
    const items = answer as unknown[];
    // The tenant counts those that were left out, too.
    const length = items.length + skipped;
    const fresh = items.filter((item) => isNew(item, given));
    yield* fresh;
    fruitless = fresh.length === 0 ? fruitless + 1 : 0;

    const before = total ?? 0;
    total = totalOf(headers);
    const vanished = total === undefined ? 0 : Math.max(0, before - total);
    // What moved up behind our back now lies just before the page that was read.
    const next = vanished > 0 ? Math.max(0, offset - vanished) : offset + length;
    const atEnd = total === undefined ? length < limit : next >= total;
    if (atEnd || (length === 0 && vanished === 0)) return "end";
    if (next + limit > within) return "more";
    offset = next;
  }
  throw new SailPointError({
    kind: "bug",
    context: `Cannot ${operation.does}`,
    happened: `the tenant answers the same page of ${operation.path} again and again`,
    method: operation.method,
    path: operation.path,
  });
}

/**
 * All that a search finds. Its offsets reach so far and no further: from there on it is asked for what comes after the
 * last item, in an order in which no two are equal.
 */
export async function* searchPages(
  operation: Operation,
  read: (page: Page, body: Json) => Promise<CallOutcome>,
  asked: Json,
  limit = operation.pageSize ?? 250,
): AsyncGenerator<unknown, void, undefined> {
  const { offsetsWithin = Infinity } = operation;
  const given = Array.isArray(asked["sort"]) ? asked["sort"].map(String) : [];
  const sort = given.some((field) => fieldOf(field) === "id") ? given : [...given, "id"];
  let body: Json = { ...asked, sort };
  let last: unknown;
  const readPage = async (page: Page) => {
    const outcome = await read(page, body);
    last = (outcome.answer as unknown[]).at(-1);
    return outcome;
  };
  while ((yield* pages(operation, readPage, limit, offsetsWithin)) === "more") {
    body = { ...body, searchAfter: sort.map((field) => String(valueAt(last, fieldOf(field)))) };
  }
}

type Json = Readonly<Record<string, unknown>>;

const fieldOf = (sorter: string) => sorter.replace(/^[-+]/, "");

/** `actor.name` of an item. */
const valueAt = (item: unknown, field: string): unknown =>
  field
    .split(".")
    .reduce<unknown>((at, key) => (typeof at === "object" && at !== null ? (at as Json)[key] : undefined), item);

/** Items without an id cannot be told apart: each counts as new. */
function isNew(item: unknown, given: Set<string>): boolean {
  const id = typeof item === "object" && item !== null && "id" in item ? item.id : undefined;
  if (typeof id !== "string") return true;
  if (given.has(id)) return false;
  given.add(id);
  return true;
}

export function totalOf(headers: Record<string, string | undefined>): number | undefined {
  const total = Number(headers["x-total-count"]);
  return headers["x-total-count"] !== undefined && Number.isInteger(total) ? total : undefined;
}
