import { readFileSync } from "node:fs";
import { extname, join, posix } from "node:path";
import { root } from "../setup/places.mjs";
import { tracked } from "../setup/tracked.mjs";

/** Folders of programs, each of which becomes a page that shows its files. */
const programs = ["examples", "templates"];
/** Folders of which a page tells what is in them: their README, where there is one. */
const listed = [...programs, "decisions"];

/** What pages show beside their text, by its path here. */
export const pictures = "docs/assets";

/** The pages of the site, by their paths there. @returns {Record<string, string>} */
export function pages() {
  const files = tracked(".");
  const written = files.filter((file) => file.endsWith(".md") && !/^(\.github|test|provider|site)\//.test(file));
  const own = written.map((file) => [pathOf(file), linked(file, read(file))]);
  const folders = new Set(
    files
      .map((file) => file.split("/"))
      .flatMap(([top = "", name, inside]) =>
        programs.includes(top) && inside !== undefined ? [`${top}/${name}`] : [],
      ),
  );
  const shown = [...folders].map((folder) => [`${folder}.md`, programPage(folder, files)]);
  const pages = Object.fromEntries([...own, ...shown, ["LICENSE.md", `# Licence\n\n${read("LICENSE")}`]]);
  const lists = listed.map((folder) => [`${folder}/index.md`, listPage(folder, pages)]);
  return { ...Object.fromEntries(lists), ...pages };
}

/** @param {string} file */
function pathOf(file) {
  return file.replace(/(^|\/)README\.md$/, "$1index.md");
}

/**
 * The text with its links as they are on the site; what has no page there, such as a test, keeps its words only.
 * @param {string} file @param {string} text
 */
function linked(file, text) {
  const pictured = text.replace(/!\[([^\]]*)\]\((?!\w+:)([^)\s]+)\)/g, (_, words, target) => {
    return `![${words}](/${posix.join(posix.dirname(file), target)})`;
  });
  return pictured.replace(/(?<!!)\[([^\]]*)\]\((?!\w+:|#)([^)\s]+)\)/g, (_, words, target) => {
    const [path = "", anchor] = String(target).split("#");
    const page = pageFor(posix.join(posix.dirname(file), path));
    return page === undefined ? words : `[${words}](/${page}${anchor === undefined ? "" : `#${anchor}`})`;
  });
}

/** @param {string} aim a file or folder of this repository */
function pageFor(aim) {
  const [top = "", name] = aim.split("/");
  if (listed.includes(top) && (name === undefined || name === "README.md")) return `${top}/`;
  if (programs.includes(top)) return `${top}/${name}`;
  return aim.endsWith(".md") || aim === "LICENSE" ? pathOf(aim) : undefined;
}

/** @param {string} folder @param {string[]} files */
function programPage(folder, files) {
  const inside = files.filter((file) => posix.dirname(file) === folder && extname(file) !== "");
  const [first, ...rest] = inside.sort((a, b) => Number(b.endsWith("index.ts")) - Number(a.endsWith("index.ts")));
  const about = /^description: (.*)$/m.exec(read(`${folder}/Pulumi.yaml`))?.[1] ?? "";
  const description = about.startsWith("$")
    ? (/^ {2}description: (.*)$/m.exec(read(`${folder}/Pulumi.yaml`))?.[1] ?? "")
    : about;
  const parts = [first, ...rest].flatMap((file) => (file === undefined ? [] : [fileSection(file)]));
  return `# ${posix.basename(folder)}\n\n${description}.\n\nIt lies in \`node_modules/pulumi-sailpoint/${folder}\`.\n\n${parts.join("\n")}`;
}

/** @param {string} file */
function fileSection(file) {
  return `## ${posix.basename(file)}\n\n\`\`\`${extname(file).slice(1)}\n${read(file).trimEnd()}\n\`\`\`\n`;
}

/** @param {string} folder @param {Record<string, string>} pages */
function listPage(folder, pages) {
  const items = Object.entries(pages)
    .filter(([path]) => posix.dirname(path) === folder)
    .map(([path, text]) => `- [${/^# (.*)$/m.exec(text)?.[1] ?? path}](/${path.replace(/\.md$/, "")})`);
  return `# ${folder.charAt(0).toUpperCase()}${folder.slice(1)}\n\n${items.join("\n")}\n`;
}

/** @param {string} file */
function read(file) {
  return readFileSync(join(root, file), "utf8");
}
