import { readFileSync } from "node:fs";
import { defineConfig } from "vitepress";

// Written by tools/site.mjs, with the pages.
const sidebar = JSON.parse(readFileSync(new URL("../pages/sidebar.json", import.meta.url), "utf8"));

export default defineConfig({
  title: "pulumi-sailpoint",
  description: "SailPoint Identity Security Cloud sources as code",
  head: [["link", { rel: "icon", href: "data:," }]],
  srcDir: "pages",
  outDir: "dist",
  cacheDir: "../.cache/vitepress",
  cleanUrls: true,
  base: process.env.SITE_BASE ?? "/",
  markdown: { theme: { light: "github-light", dark: "github-dark" } },
  themeConfig: {
    search: { provider: "local" },
    outline: [2, 3],
    nav: [
      { text: "First project", link: "/docs/guides/first-project" },
      { text: "Reference", link: "/docs/resources/" },
      { text: "Commands", link: "/docs/commands" },
      { text: "Examples", link: "/examples/" },
    ],
    sidebar,
  },
});
