import { invalid } from "../http/errors";
import { valuesAt, type Test } from "./words";

export type Bound = "gt" | "gte" | "lt" | "lte";

const bounds: Readonly<Record<Bound, (order: number) => boolean>> = {
  gt: (order) => order > 0,
  gte: (order) => order >= 0,
  lt: (order) => order < 0,
  lte: (order) => order <= 0,
};

export const isBound = (name: string): name is Bound => Object.hasOwn(bounds, name);

/** Whether a value of the field lies within a bound: by time where both are times, by number or text else. */
export function within(field: string, bound: Bound, limit: unknown, now: number): Test {
  if (typeof limit !== "string" && typeof limit !== "number") throw invalid(`The range of "${field}" has no value.`);
  const end = momentFrom(limit, now, bound === "lte" || bound === "gt");
  return (row) =>
    valuesAt(row, field).some((value) => {
      const moment = typeof value === "string" ? momentFrom(value, now, false) : undefined;
      if (moment !== undefined && end !== undefined) return bounds[bound](moment - end);
      if (typeof value === "number") return bounds[bound](value - Number(limit));
      return bounds[bound](String(value) < String(limit) ? -1 : Number(String(value) > String(limit)));
    });
}

const milliseconds: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  H: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** A date, or one told from now, such as `now-7d/d`; `up` rounds to the last moment of a unit instead of the first. */
function momentFrom(value: string | number, now: number, up: boolean): number | undefined {
  if (typeof value === "number") return undefined;
  const [, sign, count, shift, rounding] = /^now(?:([+-])(\d+)([smhHdwMy]))?(?:\/([smhHdwMy]))?$/.exec(value) ?? [];
  if (!value.startsWith("now")) return /^\d{4}-\d{2}/.test(value) ? dated(value) : undefined;
  const moment = new Date(now);
  if (shift !== undefined) move(moment, shift, (sign === "-" ? -1 : 1) * Number(count));
  if (rounding === undefined) return moment.getTime();
  const unit = milliseconds[rounding] ?? 86_400_000;
  const start = Math.floor(moment.getTime() / unit) * unit;
  return up ? start + unit - 1 : start;
}

const dated = (text: string): number | undefined => {
  const moment = Date.parse(text);
  return Number.isNaN(moment) ? undefined : moment;
};

function move(moment: Date, unit: string, by: number): void {
  if (unit === "M") moment.setUTCMonth(moment.getUTCMonth() + by);
  else if (unit === "y") moment.setUTCFullYear(moment.getUTCFullYear() + by);
  else moment.setTime(moment.getTime() + by * (milliseconds[unit] ?? 0));
}
