/** Colours of both schemes keep a contrast of 7 to 1; nothing is told by a colour alone. */
export const STYLE = `
:root { --back: #fff; --text: #1a1a1a; --soft: #444; --line: #c4c4c4; --panel: #f5f5f5; --changed: #6b4100; --left: #00491f; --right: #7d0a17; --focus: #0b4fad; }
@media (prefers-color-scheme: dark) { :root { --back: #141414; --text: #ededed; --soft: #c8c8c8; --line: #555; --panel: #222; --changed: #ffd28a; --left: #9be8b3; --right: #ffb3ba; --focus: #9ec5ff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 75rem; padding: 1rem; background: var(--back); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.5rem; overflow-wrap: anywhere; }
h2 { display: inline; font-size: 1.1rem; margin: 0; overflow-wrap: anywhere; }
article { border: 1px solid var(--line); border-radius: .4rem; margin: .5rem 0; }
article[hidden] { display: none; }
summary, .head { padding: .5rem .75rem; }
summary { cursor: pointer; }
details > :not(summary) { margin: .5rem .75rem; }
.state { color: var(--soft); }
.state.different { color: var(--changed); } .state.left { color: var(--left); } .state.right { color: var(--right); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; min-width: 40rem; }
caption { text-align: left; font-weight: 600; padding: .25rem 0; }
th, td { border: 1px solid var(--line); padding: .25rem .5rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
thead th { background: var(--panel); }
tbody th { font-weight: 400; }
code { font: .9rem ui-monospace, monospace; white-space: pre-wrap; }
.none { color: var(--soft); font-style: italic; }
fieldset { border: 1px solid var(--line); border-radius: .4rem; display: flex; flex-wrap: wrap; gap: .25rem 1rem; margin: .5rem 0; }
input[type="search"] { font: inherit; padding: .25rem .5rem; width: min(100%, 24rem); background: var(--back); color: var(--text); border: 1px solid var(--soft); border-radius: .3rem; }
button { font: inherit; padding: .25rem .75rem; background: var(--panel); color: var(--text); border: 1px solid var(--soft); border-radius: .3rem; cursor: pointer; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media print { form { display: none; } article { break-inside: avoid; } }
`;

/** Search and filters. Without it the page shows everything. */
export const SCRIPT = `
const articles = [...document.querySelectorAll("article")].map((element) => ({ element, text: element.textContent.toLowerCase() }));
const search = document.getElementById("search");
const states = [...document.querySelectorAll("input[name=state]")];
const shown = document.getElementById("shown");
function update() {
  const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
  const allowed = new Set(states.filter((box) => box.checked).map((box) => box.value));
  let count = 0;
  for (const { element, text } of articles) {
    const fits = allowed.has(element.dataset.state) && words.every((word) => text.includes(word));
    element.hidden = !fits;
    if (fits) count += 1;
  }
  shown.textContent = count + " of " + articles.length + (articles.length === 1 ? " source" : " sources") + " shown";
}
function fold(open) {
  for (const details of document.querySelectorAll("article:not([hidden]) details")) details.open = open;
}
search.addEventListener("input", update);
for (const box of states) box.addEventListener("change", update);
document.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
document.getElementById("open").addEventListener("click", () => fold(true));
document.getElementById("close").addEventListener("click", () => fold(false));
update();
`;
