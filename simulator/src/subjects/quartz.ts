interface Field {
  name: string;
  low: number;
  high: number;
  names?: readonly string[];
  days?: boolean;
}

const months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const weekdays = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

const fields: readonly Field[] = [
  { name: "second", low: 0, high: 59 },
  { name: "minute", low: 0, high: 59 },
  { name: "hour", low: 0, high: 23 },
  { name: "day of month", low: 1, high: 31, days: true },
  { name: "month", low: 1, high: 12, names: months },
  { name: "day of week", low: 1, high: 7, names: weekdays, days: true },
  { name: "year", low: 1970, high: 2099 },
];

/** What is wrong with a Quartz cron expression of 6 or 7 fields; undefined if nothing is. */
export function quartzMistake(expression: string): string | undefined {
  const parts = expression.trim().split(/\s+/);
  if (parts.length < 6 || parts.length > 7) return `it has ${String(parts.length)} fields; Quartz needs 6 or 7.`;
  for (const [index, field] of fields.entries()) {
    const part = parts[index];
    if (part !== undefined && !isField(part.toUpperCase(), field)) return `"${part}" is no ${field.name}.`;
  }
  const open = [parts[3], parts[5]].filter((part) => part === "?").length;
  return open === 1 ? undefined : "exactly one of day of month and day of week must be ?.";
}

function isField(part: string, field: Field): boolean {
  if (part === "?") return field.days === true;
  return part.split(",").every((item) => isItem(item, field));
}

function isItem(item: string, field: Field): boolean {
  if (field.name === "day of month" && /^(L(-\d{1,2})?|LW|\d{1,2}W)$/.test(item)) return true;
  if (field.name === "day of week" && isSpecialWeekday(item, field)) return true;
  const [range = "", step, ...rest] = item.split("/");
  if (rest.length > 0 || (step !== undefined && !/^[1-9]\d*$/.test(step))) return false;
  if (range === "*") return true;
  const ends = range.split("-");
  return ends.length <= 2 && ends.every((end) => isValue(end, field));
}

/** `L`, `6L` (the last Friday) and `6#3` (the third Friday). */
function isSpecialWeekday(item: string, field: Field): boolean {
  if (item === "L") return true;
  const [day = "", nth] = item.split("#");
  if (nth !== undefined) return /^[1-5]$/.test(nth) && isValue(day, field);
  return item.endsWith("L") && isValue(item.slice(0, -1), field);
}

function isValue(text: string, field: Field): boolean {
  if (field.names?.includes(text) === true) return true;
  return /^\d{1,4}$/.test(text) && Number(text) >= field.low && Number(text) <= field.high;
}
