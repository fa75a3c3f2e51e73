import { invalid } from "./errors";
import { order, parseFilter, valueAt, type Filterable, type Read } from "./filters";
import { flag, type Answer, type Call } from "./operation";

export interface Listing {
  filterable?: Filterable;
  sortable?: readonly string[];
  maximum?: number;
  /** How a field is read that the stored row does not hold as it is. */
  read?: Read;
}

type Row = Readonly<Record<string, unknown>>;

/**
 * Answers a list as the standard collection parameters ask: filters, sorters, offset, limit and count. `present` makes of
 * a row what the client reads; filters and sorters look at the row itself.
 */
export function listed(
  call: Call,
  rows: Row[],
  listing: Listing = {},
  present: (row: Row) => unknown = (row) => row,
): Answer {
  const kept = sorted(call, filtered(call, rows, listing), listing);
  const maximum = listing.maximum ?? 250;
  const limit = wholeNumber(call, "limit", maximum);
  if (limit > maximum) throw invalid(`limit must be at most ${String(maximum)}.`);
  const offset = wholeNumber(call, "offset", 0);
  const places = call.tenant.settings.behaviours.shortPages ? withUnseen(kept) : kept;
  const headers: Record<string, string> = flag(call, "count") ? { "X-Total-Count": String(places.length) } : {};
  const page = places.slice(offset, offset + limit).filter((row) => row !== undefined);
  return { status: 200, body: page.map(present), headers };
}

/** The rows with a member in second place that takes part in counting and paging, and is never given out. */
const withUnseen = (rows: Row[]): (Row | undefined)[] => {
  const [first, ...others] = rows;
  return first === undefined || others.length === 0 ? rows : [first, undefined, ...others];
};

function filtered(call: Call, rows: Row[], listing: Listing): Row[] {
  const expression = call.query("filters");
  if (expression === undefined || expression.trim() === "") return rows;
  return rows.filter(parseFilter(expression, listing.filterable ?? {}, listing.read));
}

function sorted(call: Call, rows: Row[], listing: Listing): Row[] {
  const sorters = (call.query("sorters") ?? "").split(",").filter((sorter) => sorter.trim() !== "");
  const keys = sorters.map((sorter) => ({
    path: sorter.trim().replace(/^-/, ""),
    down: sorter.trim().startsWith("-"),
  }));
  for (const { path } of keys) {
    if (!(listing.sortable ?? []).includes(path)) throw invalid(`Sorting is not supported for the field "${path}".`);
  }
  if (keys.length === 0) return call.tenant.inListOrder(rows);
  const read = listing.read ?? valueAt;
  return rows.toSorted((left, right) => {
    for (const { path, down } of keys) {
      const result = order(read(left, path), read(right, path));
      if (result !== 0) return down ? -result : result;
    }
    return 0;
  });
}

/** A query parameter that is a whole number. */
export function wholeNumber(call: Call, name: string, fallback: number): number {
  const text = call.query(name);
  if (text === undefined) return fallback;
  if (!/^\d{1,9}$/.test(text)) throw invalid(`${name} must be a whole number of at least 0.`);
  return Number(text);
}
