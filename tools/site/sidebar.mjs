/** @typedef {{ text: string, link?: string, collapsed?: boolean, items?: Item[] }} Item */

/**
 * What the site has at its side: the index of the documentation, section by section. A link to the first page of a folder
 * has the others below it, whoever wrote them.
 * @param {Record<string, string>} pages @returns {Item[]}
 */
export function sidebar(pages) {
  const [, ...sections] = (pages["docs/index.md"] ?? "").split(/^## /m);
  const written = sections.map((section) => ({
    text: section.slice(0, section.indexOf("\n")),
    items: [...section.matchAll(/^- \[(.*?)\]\((.*?)\)/gm)].map(([, text = "", link = ""]) => entry(text, link, pages)),
  }));
  return [
    { text: "What it is", link: "/" },
    ...written,
    ...folders(pages, { Examples: "examples", Decisions: "decisions" }),
  ];
}

/** @param {string} text @param {string} link @param {Record<string, string>} pages @returns {Item} */
function entry(text, link, pages) {
  const folder = /^\/(docs\/.*)\/index\.md$/.exec(link)?.[1];
  const items = folder === undefined ? [] : inside(folder, pages);
  return { text, link: link.replace(/(index)?\.md$/, ""), ...(items.length > 0 ? { collapsed: false, items } : {}) };
}

/** @param {Record<string, string>} pages @param {Record<string, string>} wanted @returns {Item[]} */
function folders(pages, wanted) {
  return Object.entries(wanted).map(([text, folder]) => ({ text, collapsed: true, items: inside(folder, pages) }));
}

/** The pages of a folder, in the order in which its own page names them. @param {string} folder @param {Record<string, string>} pages @returns {Item[]} */
function inside(folder, pages) {
  const index = pages[`${folder}/index.md`] ?? "";
  const place = (/** @type {string} */ path) => index.indexOf(`(/${path.replace(/\.md$/, "")}`);
  return Object.entries(pages)
    .filter(([path]) => path.startsWith(`${folder}/`) && path !== `${folder}/index.md`)
    .sort(([one], [other]) => place(one) - place(other))
    .map(([path, text]) => ({ text: /^# (.*)$/m.exec(text)?.[1] ?? path, link: `/${path.replace(/\.md$/, "")}` }));
}
