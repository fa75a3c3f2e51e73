import { type Happened, NEEDS, history } from "../inventory/history";
import type { AnyCommand, CommandSpec } from "./command";
import { UsageError } from "./failure";
import { findSource, looksLikeId } from "./sources";
import { type Style, printable } from "./style";

interface Input {
  source?: string;
  since: Date;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const UNITS: Readonly<Record<string, number>> = { h: DAY_MS / 24, d: DAY_MS, w: 7 * DAY_MS };

/** `30d`, `12h`, `2w`, or a date. */
function sinceFrom(text: string): Date {
  const [, count, unit = ""] = /^(\d+)([hdw])$/.exec(text) ?? [];
  const span = UNITS[unit];
  const time = span === undefined ? new Date(text) : new Date(Date.now() - Number(count) * span);
  if (Number.isNaN(time.valueOf())) {
    throw new UsageError(
      `${JSON.stringify(text)} is no time: give hours, days or weeks (12h, 30d, 2w), or a date (2026-08-01).`,
    );
  }
  return time;
}

const spec: CommandSpec<Input> = {
  name: "history",
  about: "tell who changed what of the sources, and when",
  details:
    "From the tenant's audit events, which keep a year. They tell who changed which kind of thing when, and never the " +
    `values: \`compare\` with an export of then shows these. The client needs ${NEEDS}. Events of aggregations are left out.`,
  arguments: [{ name: "source", about: "only this source, by name or id", optional: true }],
  options: [
    {
      flags: "--since <time>",
      about: "how far back: hours, days, weeks (12h, 30d, 2w), or a date",
      default: "30d",
      parse: sinceFrom,
    },
  ],
  examples: [
    ["history", "all sources, the last 30 days"],
    ['history "HR Feed" --since 2026-08-01', "one source, since a day"],
    ["history --since 24h --json | jq -r '.[].by' | sort -u", "who was at it since yesterday"],
  ],
  async run(context, { source, since }) {
    const session = await context.session();
    const from = since instanceof Date ? since : sinceFrom(String(since));
    const changes = await context.progress.during(`Reading the audit events of ${session.tenant}`, async () =>
      history(session, from, source === undefined ? undefined : await nameOf(source)),
    );
    // A source that is gone has a history too; one that was never there is a mistake.
    if (changes.length === 0 && source !== undefined) await findSource(session.client, source, context.signal);
    return { data: changes, text: (style) => textOf(changes, session.tenant, from, style) };

    /** Also of a source that is gone: then it is known by its name alone. */
    async function nameOf(named: string): Promise<string> {
      if (!looksLikeId(named)) return named;
      return (await findSource(session.client, named, context.signal)).name;
    }
  },
};

export const historyCommand: AnyCommand = spec;

function textOf(changes: readonly Happened[], tenant: string, since: Date, style: Style): string {
  if (changes.length === 0) {
    return `No change of a source on ${printable(tenant)} since ${since.toISOString().slice(0, 16).replace("T", " ")}.`;
  }
  return style.table(
    ["WHEN", "SOURCE", "WHAT", "BY", "STATUS"],
    changes.map(({ at, source, what, by, status }) => [
      timeOf(at),
      source,
      what,
      by,
      status === "PASSED" ? "" : status,
    ]),
  );
}

/** To the second, in UTC as the tenant tells it. */
export const timeOf = (at: string): string => at.replace("T", " ").replace(/\.\d+Z$|Z$/, " UTC");
