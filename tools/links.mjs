/** Holds the links between the pages of this repository: each names a file, or a heading, that is there. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { join, posix } from "node:path";
import { script, SetupFailure } from "./setup/failure.mjs";
import { root } from "./setup/places.mjs";
import { tracked } from "./setup/tracked.mjs";

await script(async () => {
  const files = tracked("*.md");
  const dead = files.flatMap((file) =>
    linksOf(file)
      .filter((link) => !isThere(file, link))
      .map((link) => `${file}: ${link}`),
  );
  if (dead.length > 0)
    throw new SetupFailure(`Links to what is not there:\n${dead.map((text) => `  - ${text}`).join("\n")}`);
  const index = linksOf("docs/README.md").map((link) => posix.join("docs", link));
  const lost = files.filter(
    (file) => /^docs\/(guides\/)?[^/]+\.md$/.test(file) && file !== "docs/README.md" && !index.includes(file),
  );
  if (lost.length > 0) throw new SetupFailure(`docs/README.md does not lead to ${lost.join(", ")}.`);
});

/** The links of a page to others of this repository. @param {string} file */
function linksOf(file) {
  const text = withoutCode(file);
  return [...text.matchAll(/\]\((?!\w+:)([^)\s]+)\)/g)].map(([, target = ""]) => target);
}

/** @param {string} file @param {string} link */
function isThere(file, link) {
  const [path = "", anchor] = link.split("#");
  const aim = path === "" ? file : posix.join(posix.dirname(file), path);
  if (!existsSync(join(root, aim))) return false;
  if (anchor === undefined) return true;
  return statSync(join(root, aim)).isFile() && headingsOf(aim).includes(anchor);
}

/** The anchors that GitHub makes of headings. @param {string} file */
function headingsOf(file) {
  const headings = [...withoutCode(file).matchAll(/^#+ (.*)$/gm)].map(([, text = ""]) => text);
  return headings.map((text) =>
    text
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .trim()
      .replaceAll(" ", "-"),
  );
}

/** @param {string} file */
function withoutCode(file) {
  return readFileSync(join(root, file), "utf8").replaceAll(/```[^]*?```/g, "");
}
