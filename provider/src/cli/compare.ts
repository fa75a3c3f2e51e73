import { writeFile } from "node:fs/promises";
import {
  type Comparison,
  type Difference,
  type ObjectComparison,
  type SourceComparison,
  comparison,
  isDifferent,
  isOther,
  shownValue,
} from "../inventory/comparison";
import type { Json } from "../reconcile";
import { withLastChanges } from "../inventory/history";
import type { Inventory } from "../inventory/inventory";
import type { AnyCommand, CommandSpec, Context } from "./command";
import { pageOf } from "./compare-page";
import { wordsOf } from "./compare-words";
import { notesText } from "./export";
import { timeOf } from "./history";
import { type SideName, sideNamed, sideSyntax, sidesOf } from "./sides";
import { type Style, printable } from "./style";

interface Input {
  left: string;
  right?: string;
  html?: string;
}

const spec: CommandSpec<Input> = {
  name: "compare",
  about: "compare the sources of two tenants, exports, files or stacks",
  details:
    "Sources are matched by name, references by what they name; what a tenant owns does not count. A secret that both " +
    "sides have cannot be compared and is counted; one that only one side has is a difference. Of a stack only what it " +
    "declares counts, of an export of some sources, or a saved file, what it holds; and on a stack's own tenant a secret " +
    "that the stack has set is compared, by whether somebody changed it since. Ends with 0 where both are the same, " +
    "with 1 where they differ, and with 2 where they could not be compared.",
  arguments: [
    { name: "left", about: sideSyntax },
    { name: "right", about: "the same; default: the tenant of the environment", optional: true },
  ],
  options: [{ flags: "--html <file>", about: "also write the result as one page, for whoever decides on a change" }],
  examples: [
    ["compare env:sandbox env:production", "two tenants of the official CLI's configuration"],
    ["compare last-night", "an exported folder with the tenant of the environment: what changed since"],
    ["compare stack:production --html drift.html", "what a program declared with its tenant: drift"],
    ["compare hr.json env:production --json", "a saved source"],
  ],
  offline: true,
  failsWith: 2,
  async run(context, { left, right = "env:", html }) {
    const [ours, theirs] = await sidesOf(context, sideNamed(left), sideNamed(right));
    const result = await withHistory(context, [sideNamed(left), ours], [sideNamed(right), theirs]);
    if (html !== undefined) await writeFile(html, pageOf(result));
    return {
      data: dataOf(result),
      text: (style) => textOf(result, style, html),
      exitCode: isDifferent(result) ? 1 : 0,
    };
  },
};

export const compare: AnyCommand = spec;

/** How far back the last change of a source that drifted is looked for. */
const REMEMBERED_MS = 30 * 24 * 60 * 60 * 1000;

/** Where a program is compared with its tenant, what differs is drift: who changed it last stands beside it. */
async function withHistory(
  context: Context,
  ...sides: [[SideName, Inventory], [SideName, Inventory]]
): Promise<Comparison> {
  const [[, left], [, right]] = sides;
  const result = comparison(left, right);
  const tenant = sides.find(([{ is }]) => is === "tenant");
  const isDrift = isDifferent(result) && sides.some(([{ is }]) => is === "stack");
  if (tenant?.[0].is !== "tenant" || !isDrift) return result;
  const session = await context.session(tenant[0].env);
  return withLastChanges(session, tenant[1], result, new Date(Date.now() - REMEMBERED_MS));
}

function dataOf(result: Comparison): unknown {
  const { left, right, sources, notes } = result;
  return {
    left,
    right,
    different: isDifferent(result),
    sources: sources.map(({ name, only, objects, secrets, last }) => ({
      name,
      ...(last === undefined ? {} : { lastChange: last }),
      ...(only === undefined ? {} : { only }),
      same: only === undefined && objects.length === 0,
      secrets,
      objects: objects.map(({ title, only: side, differences }) => ({
        title,
        ...(side === undefined ? {} : { only: side }),
        differences: differences.map(({ path, left: ours, right: theirs }) => ({
          path,
          ...(ours === undefined ? {} : { left: safe(ours) }),
          ...(theirs === undefined ? {} : { right: safe(theirs) }),
        })),
      })),
    })),
    notes,
  };
}

/** A value with the words that people read in the place of secrets. */
const safe = (value: Json): unknown => JSON.parse(shownJson(value));
const shownJson = (value: Json): string => {
  const text = shownValue(value);
  return text === "[secret]" ? '"[secret]"' : text;
};

function textOf(result: Comparison, style: Style, html: string | undefined): string {
  const { left, right, sources, notes } = result;
  const { isSame, verdict, rest, secrets } = wordsOf(result);
  const head = `${style.bold(printable(left))} and ${style.bold(printable(right))}`;
  return [
    `${head}: ${isSame ? style.good(verdict) : style.warning(verdict)}${rest}${secrets}.`,
    ...sources.filter(isOther).flatMap((source) => sourceLines(source, result, style)),
    ...notesText(notes, style, "was not compared, or not in full:", "were not compared, or not in full:"),
    ...(html === undefined ? [] : [`The page is in ${printable(html)}.`]),
  ].join("\n");
}

function sourceLines({ name, only, objects, last }: SourceComparison, sides: Comparison, style: Style): string[] {
  const changed = last && `, last changed ${timeOf(last.at)} by ${last.by} (${last.what})`;
  const title = `${style.bold(printable(name))}${style.faint(printable(changed ?? ""))}`;
  if (only !== undefined) return [`${title}: only in ${printable(sides[only])}`];
  return [`${title}:`, ...objects.flatMap((object) => objectLines(object, sides, style))];
}

function objectLines({ title, only, differences }: ObjectComparison, sides: Comparison, style: Style): string[] {
  if (only !== undefined) return [`  ${printable(title)}: only in ${printable(sides[only])}`];
  return [`  ${printable(title)}`, ...differences.map((one) => `    ${differenceLine(one, style)}`)];
}

function differenceLine({ path, left, right }: Difference, style: Style): string {
  const [ours, theirs] = [left, right].map((value) => (value === undefined ? undefined : short(shownValue(value))));
  const name = printable(path);
  if (theirs === undefined) return style.good(`${name}: ${ours ?? ""} (left only)`);
  if (ours === undefined) return style.bad(`${name}: ${theirs} (right only)`);
  return style.warning(`${name}: ${ours} | ${theirs}`);
}

const LONGEST = 120;
const short = (text: string): string => printable(text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);
