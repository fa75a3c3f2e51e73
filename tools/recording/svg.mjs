/**
 * Draws a recording of a terminal as an SVG that plays by itself: lines appear when they came, and the picture scrolls.
 * Only what appends lines is drawn, in colours; nothing here moves the cursor.
 */

/** @typedef {[seconds: number, kind: "o", text: string]} Event */
/** @typedef {{ at: number, spans: { text: string, colour: string, bold: boolean }[] }} Line */

const lineHeight = 18;
const charWidth = 7.8;
const rows = 30;
const pauseAtEnd = 4;
/** As Pulumi asks for them, `38;5;N`. @type {Record<string, string>} */
const colours = { 1: "#f47067", 2: "#57ab5a", 3: "#c69026", 4: "#539bf5", 5: "#b083f0", 6: "#39c5cf", 13: "#dcbdfb" };

/** @param {readonly Event[]} events @param {number} columns @param {string} title */
export function drawn(events, columns, title) {
  const lines = linesOf(events, columns);
  const total = (events.at(-1)?.[0] ?? 0) + pauseAtEnd;
  const percent = (/** @type {number} */ at) => `${((at / total) * 100).toFixed(2)}%`;
  const scrolls = lines.flatMap(({ at }, i) => (i < rows ? [] : [{ at, by: -(i - rows + 1) * lineHeight }]));
  const steps = [
    `0% { transform: translateY(0) }`,
    ...scrolls.map(({ at, by }) => `${percent(at)} { transform: translateY(${by}px) }`),
  ];
  const times = [...new Set(lines.map(({ at }) => at))];
  const classes = new Map(times.map((at, i) => [at, `t${i}`]));
  const appear = times.map((at) => {
    const name = classes.get(at);
    return `@keyframes ${name} { 0% { opacity: 0 } ${percent(at)} { opacity: 1 } 100% { opacity: 1 } } .${name} { animation: ${name} ${total.toFixed(1)}s step-end infinite }`;
  });
  const width = Math.ceil(columns * charWidth) + 24;
  const height = rows * lineHeight + 24;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}">
<title>${escaped(title)}</title>
<style>
text { font: 13px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; fill: #d1d7e0; white-space: pre }
.roll { animation: roll ${total.toFixed(1)}s step-end infinite }
@keyframes roll { ${steps.join(" ")} }
${appear.join("\n")}
@media (prefers-reduced-motion: reduce) { .roll, text { animation-duration: 0.01s; animation-iteration-count: 1; animation-fill-mode: forwards } }
</style>
<rect width="100%" height="100%" rx="8" fill="#212830"/>
<svg x="12" y="12" width="${width - 24}" height="${height - 24}"><g class="roll">
${lines.map((line, i) => `<text class="${classes.get(line.at)}" y="${(i + 1) * lineHeight - 5}">${line.spans.map(span).join("")}</text>`).join("\n")}
</g></svg>
</svg>
`;
}

/** @param {Line["spans"][number]} of */
function span({ text, colour, bold }) {
  const style = `${colour === "" ? "" : ` fill="${colour}"`}${bold ? ' font-weight="bold"' : ""}`;
  return style === "" ? `<tspan>${escaped(text)}</tspan>` : `<tspan${style}>${escaped(text)}</tspan>`;
}

/** Ends of lines, and what sets colours. */
const pieces = new RegExp(`(\\n|${String.fromCharCode(27)}\\[[\\d;]*[A-Za-z])`);

/** @param {readonly Event[]} events @param {number} columns @returns {Line[]} */
function linesOf(events, columns) {
  /** @type {Line[]} */
  const lines = [];
  /** @type {Line | undefined} */
  let current;
  let [colour, bold, column] = ["", false, 0];
  for (const [at, , text] of events) {
    for (const piece of text.replaceAll("\r\n", "\n").split(pieces)) {
      if (piece === "") continue;
      current ??= { at, spans: [] };
      if (piece === "\n") {
        lines.push(current);
        [current, column] = [undefined, 0];
      } else if (piece.codePointAt(0) === 27) {
        const codes = piece.slice(2, -1);
        if (codes === "0" || codes === "") [colour, bold] = ["", false];
        else if (codes === "1") bold = true;
        else if (codes.startsWith("38;5;")) colour = colours[codes.slice(5)] ?? "";
      } else {
        const shown = piece.slice(0, Math.max(0, columns - column));
        column += piece.length;
        if (shown !== "") current.spans.push({ text: shown, colour, bold });
      }
    }
  }
  return current === undefined ? lines : [...lines, current];
}

/** @param {string} text */
function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
