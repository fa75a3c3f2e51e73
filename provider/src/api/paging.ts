import type { Operation } from "./operations";
import type { CallOutcome } from "./pursue";

/** Which part of a collection. */
export interface Page {
  limit: number;
  offset: number;
  count: true;
}

/** More than any tenant has: a server that ignores `offset` must not keep us for ever. */
const mostPages = 4_000;

/**
 * All items of a collection. Pages are counted by offset, so what others add or delete meanwhile moves the rest: the
 * pages are sorted by a field that does not change, an item that comes twice is given once, and when the total
 * shrinks, the walk goes back by as much, so that nothing that stayed is left out.
 */
export async function* pages(
  operation: Operation,
  read: (page: Page) => Promise<CallOutcome>,
  limit = operation.pageSize ?? 250,
): AsyncGenerator<unknown, void, undefined> {
  const given = new Set<unknown>();
  let total: number | undefined;
  for (let offset = 0, page = 0; page < mostPages; page += 1) {
    const { answer, headers } = await read({ limit, offset, count: true });
    const items = answer as { id?: unknown }[];
    for (const item of items) {
      if (typeof item.id === "string") {
        if (given.has(item.id)) continue;
        given.add(item.id);
      }
      yield item;
    }
    const before = total;
    total = totalOf(headers);
    const vanished = Math.max(0, (before ?? 0) - (total ?? before ?? 0));
    const next = Math.max(0, offset + items.length - vanished);
    const atEnd = total === undefined ? items.length < limit : next >= total;
    if (atEnd || items.length === 0) return;
    offset = next;
  }
  throw new Error(`The collection ${operation.path} has no end.`);
}

function totalOf(headers: Record<string, string | undefined>): number | undefined {
  const total = Number(headers["x-total-count"]);
  return headers["x-total-count"] !== undefined && Number.isInteger(total) ? total : undefined;
}
