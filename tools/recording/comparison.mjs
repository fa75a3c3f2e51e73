import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { SetupFailure } from "../setup/failure.mjs";
import { root } from "../setup/places.mjs";
import { run } from "../setup/run.mjs";

const load = createRequire(import.meta.url);
/** @type {import("sailpoint-simulator")} */
const { startTenant } = load("sailpoint-simulator");
/** @type {typeof import("../../provider/dist/api/index.js")} */
const { createClient } = load("pulumi-sailpoint/api");

/** @typedef {import("sailpoint-simulator").RunningTenant} Tenant */

const [width, height] = [920, 640];
const names = ["sandbox", "production"];
/** What differs: a threshold, a setting, and a source that only one has. */
const feeds = [
  [10, ",", "HR Feed"],
  [90, ";", "HR Feed"],
];

/**
 * The page of `compare --html` for two simulated tenants, inside an SVG: no photograph of it, but the page itself, drawn
 * by whatever shows it. @returns {Promise<string>}
 */
export async function comparisonPicture() {
  const folder = mkdtempSync(join(tmpdir(), "comparison-"));
  const tenants = await Promise.all(names.map((tenant) => startTenant({ tenant, seed: tenant })));
  try {
    await Promise.all(tenants.map((tenant, i) => fill(tenant, feeds[i] ?? [])));
    const page = join(folder, "page.html");
    const args = [
      join(root, "provider/dist/cli/main.js"),
      "compare",
      ...names.map((name) => `env:${name}`),
      "--html",
      page,
    ];
    const { code, output } = await run(process.execPath, args, { env: environment(folder, tenants) });
    if (code !== 1) throw new SetupFailure(`compare ended with exit code ${code}:\n${output}`);
    return await insideSvg(page);
  } finally {
    await Promise.all(tenants.map((tenant) => tenant.close()));
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {Tenant} tenant @param {readonly (string | number)[]} feed */
async function fill(tenant, [deleteThreshold = 0, delimiter = "", name = ""]) {
  const client = createClient({ ...tenant, rateLimit: false });
  try {
    const [owner] = await client.call("listIdentities", { filters: 'alias eq "slpt.services"' });
    const shared = { owner: { type: "IDENTITY", id: owner?.id ?? "" }, connector: "delimited-file" };
    const body = {
      ...{ ...shared, name: String(name), deleteThreshold: Number(deleteThreshold) },
      connectorAttributes: { delimiter, password: "of no importance" },
    };
    await client.call("createSource", { provisionAsCsv: true, body });
    if (delimiter === ",") await client.call("createSource", { body: { ...shared, name: "Contractors" } });
  } finally {
    client.close();
  }
}

/** The tenants by their names, as SailPoint's own CLI has them. @param {string} home @param {readonly Tenant[]} tenants */
function environment(home, tenants) {
  const lines = tenants.map(({ baseUrl }, i) => `  ${names[i]}: { baseurl: "${baseUrl}", tenanturl: "${baseUrl}" }\n`);
  mkdirSync(join(home, ".sailpoint"));
  writeFileSync(
    join(home, ".sailpoint/config.yaml"),
    `activeenvironment: sandbox\nauthtype: pat\nenvironments:\n${lines.join("")}`,
  );
  const clients = tenants.flatMap(({ clientId, clientSecret }, i) => [
    [`SAIL_CLIENT_ID_${names[i]?.toUpperCase()}`, clientId],
    [`SAIL_CLIENT_SECRET_${names[i]?.toUpperCase()}`, clientSecret],
  ]);
  return { ...process.env, HOME: home, ...Object.fromEntries(clients) };
}

/** The page as XML, unfolded and without its script, in a picture of one size. @param {string} page */
async function insideSvg(page) {
  const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  try {
    const tab = await browser.newPage({ viewport: { width, height }, colorScheme: "light" });
    await tab.goto(`file://${page}`);
    await tab.click("#open");
    const body = String(
      await tab.evaluate(`(() => {
        for (const one of document.querySelectorAll("script, meta, title")) one.remove();
        const style = document.querySelector("style").textContent;
        const xml = (node) => new XMLSerializer().serializeToString(node);
        return "<style>" + style.replaceAll("&", "&amp;").replaceAll("<", "&lt;") + "</style>" + xml(document.body);
      })()`),
    );
    return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">
<title>The page of compare --html: what differs between two tenants</title>
<foreignObject width="${width}" height="${height}"><div xmlns="http://www.w3.org/1999/xhtml" style="background: white; height: ${height}px; overflow: hidden; color-scheme: light">${body}</div></foreignObject>
</svg>
`;
  } finally {
    await browser.close();
  }
}
