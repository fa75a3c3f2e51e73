/** The pages of the site, before vitepress makes them: every way leads somewhere, and every page is on a way. */
import { existsSync } from "node:fs";
import { join, posix, resolve } from "node:path";

async function site() {
  const { pages } = await import("../../../tools/site/pages.mjs");
  const { sidebar } = await import("../../../tools/site/sidebar.mjs");
  const all = pages();
  return { all, sidebar: sidebar(all) };
}

interface Item {
  link?: string;
  items?: Item[];
}

const linksOf = (item: Item): string[] => [
  ...(item.link === undefined ? [] : [item.link]),
  ...(item.items ?? []).flatMap(linksOf),
];
const pageOf = (link: string): string =>
  posix.join(".", link.endsWith("/") ? `${link}index` : link.replace(/\.md$/, "")).replace(/^\//, "") + ".md";

test("links lead to pages of the site", async () => {
  const { all } = await site();
  const dead = Object.entries(all).flatMap(([file, text]) => {
    const links = [...text.replaceAll(/```[^]*?```/g, "").matchAll(/(?<!!)\[[^\]]*\]\((\/[^)#\s]*)/g)].map(
      ([, link = ""]) => link,
    );
    return links.filter((link) => all[pageOf(link)] === undefined).map((link) => `${file}: ${link}`);
  });
  expect(dead).toEqual([]);
});

test("pictures are there, and among those that the site takes along", async () => {
  const { pictures } = await import("../../../tools/site/pages.mjs");
  const { all } = await site();
  const shown = Object.values(all).flatMap((text) =>
    [...text.matchAll(/!\[[^\]]*\]\(\/([^)\s]*)\)/g)].map(([, path = ""]) => path),
  );
  expect(shown).toContain(`${pictures}/start.svg`);
  const lost = shown.filter(
    (path) => !path.startsWith(pictures) || !existsSync(join(resolve(__dirname, "../../.."), path)),
  );
  expect(lost).toEqual([]);
});

test("the side leads to every page of the documentation, and to no other", async () => {
  const { all, sidebar } = await site();
  const links = sidebar.flatMap(linksOf).map(pageOf);
  expect(links.filter((page) => all[page] === undefined)).toEqual([]);
  const documentation = Object.keys(all).filter((page) => page.startsWith("docs/") && page !== "docs/index.md");
  expect(documentation.filter((page) => !links.includes(page))).toEqual([]);
});

test("the side has the resources in the order of their page", async () => {
  const { sidebar } = await site();
  const resources = sidebar.flatMap(linksOf).filter((link) => link.startsWith("/docs/resources/"));
  expect(resources.slice(0, 3)).toEqual(["/docs/resources/", "/docs/resources/source", "/docs/resources/schema"]);
});

test("the page of the examples has every one of them", async () => {
  const { all } = await site();
  const examples = Object.keys(all).filter((page) => page.startsWith("examples/") && page !== "examples/index.md");
  const named = [...(all["examples/index.md"] ?? "").matchAll(/\]\(\/(examples\/.*?)\)/g)].map(
    ([, page]) => `${page}.md`,
  );
  expect(named.sort()).toEqual(examples.sort());
});

test("an example is a page with its program first", async () => {
  const { all } = await site();
  expect(all["examples/quickstart.md"]).toMatch(
    /^# quickstart\n\nA source and its account schema\.\n[^]*?## index\.ts\n[^]*## Pulumi\.yaml/,
  );
  expect(all["templates/sailpoint-typescript.md"]).toContain("Sources of a SailPoint Identity Security Cloud tenant");
});
