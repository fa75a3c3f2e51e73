/**
 * Quartz cron as the tenant's scheduler takes it: six fields or seven with the year; days of the week are 1 to 7 from
 * Sunday; exactly one of day-of-month and day-of-week is `?`. Only the form is checked, with the place of the mistake.
 */

interface Field {
  name: string;
  from: number;
  to: number;
  words?: readonly string[];
  /** May be `?`, `L`, `W` and the like. */
  day?: "month" | "week";
}

const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const DAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

const FIELDS: readonly Field[] = [
  { name: "seconds", from: 0, to: 59 },
  { name: "minutes", from: 0, to: 59 },
  { name: "hours", from: 0, to: 23 },
  { name: "day of month", from: 1, to: 31, day: "month" },
  { name: "month", from: 1, to: 12, words: MONTHS },
  { name: "day of week", from: 1, to: 7, words: DAYS, day: "week" },
  { name: "year", from: 1970, to: 2199 },
];
const [DAY_OF_MONTH, DAY_OF_WEEK] = [3, 5];

const FORM = "six or seven: seconds minutes hours day-of-month month day-of-week [year]";

/** What is wrong with an expression, or nothing. */
export function quartzMistake(expression: string): string | undefined {
  const fields = expression.trim().split(/\s+/);
  if (fields.length === 5) {
    const quartz = fromUnix(fields);
    return `has five fields, as cron of Unix has; Quartz wants ${quartz === undefined ? FORM : `six or seven: ${JSON.stringify(quartz)}`}`;
  }
  if (fields.length < 6 || fields.length > 7) {
    return `has ${String(fields.length)} ${fields.length === 1 ? "field" : "fields"}; Quartz wants ${FORM}`;
  }
  for (const [i, text] of fields.entries()) {
    const field = FIELDS[i];
    const mistake = field && fieldMistake(field, text);
    if (mistake !== undefined)
      return `field ${String(i + 1)} (${String(field?.name)}), ${JSON.stringify(text)}: ${mistake}`;
  }
  const open = [fields[DAY_OF_MONTH], fields[DAY_OF_WEEK]].filter((text) => text === "?").length;
  return open === 1
    ? undefined
    : `exactly one of field 4 (day of month) and field 6 (day of week) must be "?", here ${open === 2 ? "both are" : "none is"}`;
}

/** Five fields of Unix as six of Quartz, where they say the same: Quartz has no "on this day of the month or week". */
function fromUnix(fields: readonly string[]): string | undefined {
  const [minutes = "*", hours = "*", dayOfMonth = "*", month = "*", dayOfWeek = "*"] = fields;
  if (dayOfMonth !== "*" && dayOfWeek !== "*") return undefined;
  const weekly = dayOfWeek !== "*";
  // Unix counts the days of the week from 0 (Sunday; 7 is Sunday too), Quartz from 1.
  const days = dayOfWeek.replaceAll(/(?<![/\d])\d/g, (digit) => String((Number(digit) % 7) + 1));
  const quartz = ["0", minutes, hours, weekly ? "?" : dayOfMonth, month, weekly ? days : "?"].join(" ");
  return quartzMistake(quartz) === undefined ? quartz : undefined;
}

function fieldMistake(field: Field, text: string): string | undefined {
  if (text === "?" || text === "*") {
    return text === "?" && field.day === undefined ? `"?" is only for the two day fields` : undefined;
  }
  return text
    .split(",")
    .map((item) => itemMistake(field, item))
    .find((mistake) => mistake !== undefined);
}

function itemMistake(field: Field, item: string): string | undefined {
  if (isSpecialDay(field, item.toUpperCase())) return undefined;
  const [range = "", step, ...more] = item.split("/");
  if (more.length > 0) return `${JSON.stringify(item)} has more than one "/"`;
  if (step !== undefined && !/^[1-9]\d*$/.test(step))
    return `the step ${JSON.stringify(step)} is no whole number above 0`;
  const bounds = range.split("-");
  if (bounds.length > 2) return `${JSON.stringify(range)} is no range`;
  if (range === "*") return undefined;
  const values = bounds.map((bound) => valueOf(field, bound));
  const wrong = bounds.find((_bound, i) => values[i] === undefined);
  if (wrong !== undefined) {
    const words = field.words ? ` or ${String(field.words[0])} to ${String(field.words.at(-1))}` : "";
    return `${JSON.stringify(wrong)} is not ${String(field.from)} to ${String(field.to)}${words}`;
  }
  return undefined;
}

/** `L`, `LW`, `L-3`, `15W` of a month; `L`, `6L`, `FRI#2` of a week. */
function isSpecialDay({ day, words = [] }: Field, item: string): boolean {
  if (day === "month") return /^(L|LW|L-([1-9]|[12]\d|30)|([1-9]|[12]\d|3[01])W)$/.test(item);
  const name = `([1-7]|${words.join("|")})`;
  return day === "week" && new RegExp(`^(L|${name}L|${name}#[1-5])$`).test(item);
}

function valueOf({ from, to, words }: Field, text: string): number | undefined {
  const word = words?.indexOf(text.toUpperCase()) ?? -1;
  if (word >= 0) return word + from;
  const number = /^\d+$/.test(text) ? Number(text) : NaN;
  return number >= from && number <= to ? number : undefined;
}
