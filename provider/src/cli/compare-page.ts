import {
  type Comparison,
  type Difference,
  type ObjectComparison,
  type SourceComparison,
  shownValue,
} from "../inventory/comparison";
import { capital } from "../inventory/program/names";
import { SCRIPT, STYLE } from "./compare-page-assets";
import { wordsOf } from "./compare-words";
import { counted } from "../inventory/counted";
import { timeOf } from "./history";

/** The comparison as one page that needs nothing else: no network, no secret in it, and it can be read without its script. */
export function pageOf(result: Comparison): string {
  const { left, right, sources, notes } = result;
  const { isSame, verdict, rest, secrets } = wordsOf(result);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<meta name="color-scheme" content="light dark">
<title>${html(left)} and ${html(right)}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>${html(left)} <span aria-hidden="true">⇄</span><span class="hidden">and</span> ${html(right)}</h1>
<p><strong>${capital(verdict)}</strong>${rest}${secrets}.</p>
<form role="search" aria-label="Sources">
<label>Search <input type="search" id="search" autocomplete="off" aria-describedby="shown"></label>
<fieldset><legend>Show</legend>
${FILTERS.map(
  ([state, label]) =>
    `<label><input type="checkbox" name="state" value="${state}"${state === "same" && !isSame ? "" : " checked"}> ${label(left, right)} (${String(sources.filter((source) => stateOf(source) === state).length)})</label>`,
).join("\n")}
</fieldset>
<p><button type="button" id="open">Unfold all</button> <button type="button" id="close">Fold all</button> <output id="shown" aria-live="polite"></output></p>
</form>
</header>
<main id="sources">
${sources.map((source) => sourceHtml(source, result)).join("\n")}
</main>
${
  notes.length === 0
    ? ""
    : `<section aria-labelledby="notes"><h2 id="notes">Not compared, or not in full</h2><ul>
${notes.map(({ source, title, why }) => `<li><strong>${html(source)}</strong>, ${html(title)}: ${html(why)}</li>`).join("\n")}
</ul></section>`
}
<script>${SCRIPT}</script>
</body>
</html>
`;
}

type State = "different" | "left" | "right" | "same";
const stateOf = (source: SourceComparison): State => source.only ?? (source.objects.length > 0 ? "different" : "same");

const FILTERS: readonly (readonly [State, (left: string, right: string) => string])[] = [
  ["different", () => "different"],
  ["left", (left) => `only in ${html(left)}`],
  ["right", (_left, right) => `only in ${html(right)}`],
  ["same", () => "the same"],
];

function sourceHtml(source: SourceComparison, sides: Comparison): string {
  const { name, only, objects } = source;
  const state = stateOf(source);
  const count = objects.reduce((sum, { differences }) => sum + Math.max(1, differences.length), 0);
  const told =
    only !== undefined ? `only in ${html(sides[only])}` : state === "same" ? "the same" : counted(count, "difference");
  const last = source.last && ` Last changed ${timeOf(source.last.at)} by ${source.last.by}: ${source.last.what}.`;
  const head = `<h2>${html(name)}</h2> <span class="state ${state}">${told}</span>${html(last ?? "")}`;
  if (objects.length === 0) return `<article data-state="${state}"><div class="head">${head}</div></article>`;
  return `<article data-state="${state}"><details open><summary>${head}</summary>
${objects.map((object) => objectHtml(object, sides)).join("\n")}
</details></article>`;
}

function objectHtml({ title, only, differences }: ObjectComparison, sides: Comparison): string {
  if (only !== undefined) {
    return `<p><strong>${html(title)}</strong>: <span class="state ${only}">only in ${html(sides[only])}</span></p>`;
  }
  return `<div class="scroll" tabindex="0" role="region" aria-label="${html(title)}"><table><caption>${html(title)}</caption>
<thead><tr><th scope="col">What</th><th scope="col">${html(sides.left)}</th><th scope="col">${html(sides.right)}</th></tr></thead>
<tbody>
${differences.map(rowHtml).join("\n")}
</tbody></table></div>`;
}

const rowHtml = ({ path, left, right }: Difference): string =>
  `<tr><th scope="row"><code>${html(path)}</code></th>${cellHtml(left)}${cellHtml(right)}</tr>`;

const cellHtml = (value: Difference["left"]): string =>
  value === undefined ? `<td class="none">nothing</td>` : `<td><code>${html(shownValue(value))}</code></td>`;

/** Text of a tenant as text of the page, what would turn its direction made visible. */
const html = (text: string): string =>
  text
    .replaceAll(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, "\ufffd")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
