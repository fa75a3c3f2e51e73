import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, type Page, chromium } from "playwright-core";
import { browserPath } from "./support/browser";
import { pageOf } from "../../../provider/src/cli/compare-page";
import type { Comparison, SourceComparison } from "../../../provider/src/inventory/comparison";
import { SECRET } from "../../../provider/src/inventory/inventory";
import { Folder } from "../cli/support/command";

const COUNT = 200;
const folder = new Folder();
let browser: Browser;
/** What the pages tried that they must not: errors, requests, dialogs. */
const trouble: string[] = [];

const source = (i: number): SourceComparison => {
  const name = `Source ${String(i).padStart(3, "0")}`;
  if (i === 0) return { name: "<script>alert(1)</script> \u202eevil", only: "left", objects: [], secrets: 0 };
  if (i % 4 !== 0) return { name, objects: [], secrets: 1 };
  return {
    name,
    secrets: 1,
    last: { at: "2026-08-03T09:12:44.818Z", by: "jane.doe", what: "source updated" },
    objects: [
      {
        title: `Source "${name}"`,
        secrets: 1,
        differences: [
          { path: "deleteThreshold", left: i, right: 77 },
          { path: "connectorAttributes.apiToken", left: SECRET },
          { path: 'connectorAttributes["a/b"]', left: "long ".repeat(100), right: "multi\nline" },
          ...(i === 8 ? [{ path: "description", left: "needle in a haystack", right: "" }] : []),
        ],
      },
      { title: "ProvisioningPolicy DISABLE", only: "right", differences: [], secrets: 0 },
    ],
  };
};
const result: Comparison = {
  left: "tenant sandbox",
  right: "tenant production",
  sources: Array.from({ length: COUNT }, (_, i) => source(i)),
  notes: [{ source: "Source 004", title: "Schema", why: "it could not be read" }],
};

beforeAll(async () => {
  browser = await chromium.launch({ executablePath: browserPath(), args: ["--no-sandbox"] });
});
afterEach(() => {
  expect(trouble).toEqual([]);
});
afterAll(async () => {
  await browser.close();
  folder.remove();
});

async function open(scheme: "light" | "dark", javaScriptEnabled = true): Promise<Page> {
  const file = folder.write("page.html", pageOf(result));
  const context = await browser.newContext({
    colorScheme: scheme,
    javaScriptEnabled,
    viewport: { width: 1200, height: 900 },
  });
  const page = await context.newPage();
  page.on("pageerror", (error) => trouble.push(error.message));
  page.on("console", (message) => message.type() === "error" && trouble.push(message.text()));
  page.on("request", (request) => request.url().startsWith("file:") || trouble.push(request.url()));
  page.on("dialog", (dialog) => trouble.push(dialog.message()));
  await page.goto(pathToFileURL(file).href);
  return page;
}

const shown = (page: Page) => page.locator("article:not([hidden])").count();

test("200 sources are there within a second; search and filters choose, folding folds", async () => {
  const began = performance.now();
  const page = await open("light");
  await page.getByLabel("Search").fill("needle");
  expect(await shown(page)).toBe(1);
  expect(performance.now() - began).toBeLessThan(5_000); // most of it is the browser's start on a busy machine
  const interactive = await page.evaluate(() => {
    const [navigation] = performance.getEntriesByType("navigation" as never);
    return (navigation as unknown as { domInteractive: number }).domInteractive;
  });
  expect(interactive).toBeLessThan(1_000);
  await page.getByLabel("Search").fill("");
  const different = COUNT / 4 - 1;
  expect(await shown(page)).toBe(different + 1);
  await page.getByLabel("the same").check();
  expect(await shown(page)).toBe(COUNT);
  await page.getByLabel("different (").uncheck();
  expect(await page.locator("#shown").textContent()).toBe(`${String(COUNT - different)} of 200 sources shown`);
  await page.getByLabel("different (").check();
  await page.getByRole("button", { name: "Fold all", exact: true }).click();
  expect(await page.locator("article:not([hidden]) details[open]").count()).toBe(0);
  await page.locator("summary", { hasText: "Source 008" }).press("Enter");
  expect(await page.locator("details[open] table").first().textContent()).toContain("needle in a haystack");
  await screenshot(page, "light");
  await page.close();
});

test.each(["light", "dark"] as const)("nothing that axe-core finds, in %s", async (scheme) => {
  const page = await open(scheme);
  // The page's own policy lets no script in: axe is evaluated instead.
  await page.evaluate(readFileSync(require.resolve("axe-core/axe.min.js"), "utf8"));
  const found = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: unknown[] }[] }> };
    };
    return (await axe.run()).violations.map(({ id, nodes }) => [id, nodes.length]);
  });
  expect(found).toEqual([]);
  await screenshot(page, `${scheme}-top`);
  await page.context().close();
});

test("it can be read without its script, and by the keyboard alone", async () => {
  const plain = await open("light", false);
  expect(await plain.locator("article").count()).toBe(COUNT);
  expect(await plain.locator("table").first().isVisible()).toBe(true);
  await plain.close();
  const page = await open("light");
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => (globalThis as unknown as Dom).document.activeElement?.id)).toBe("search");
  await page.keyboard.type("Source 012");
  expect(await shown(page)).toBe(1);
  await page.close();
});

/** What is used of a page's own globals. */
interface Dom {
  document: { activeElement?: { id: string } };
}

/** Where SCREENSHOTS names a folder, for a look. */
async function screenshot(page: Page, name: string): Promise<void> {
  const { SCREENSHOTS } = process.env;
  if (SCREENSHOTS === undefined) return;
  mkdirSync(SCREENSHOTS, { recursive: true });
  writeFileSync(join(SCREENSHOTS, `${name}.png`), await page.screenshot());
}
