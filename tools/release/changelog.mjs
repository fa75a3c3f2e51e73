/** CHANGELOG.md in the format of Keep a Changelog, of which we use: sections by version, the newest first. */

const heading = /^## (.*)$/m;

/** The text of a section, without its heading; undefined where there is none. @param {string} changelog @param {string} title */
export function section(changelog, title) {
  const [, ...parts] = changelog.split(/^## /m);
  const part = parts.find((text) => titleOf(text) === title);
  return part?.slice(part.indexOf("\n") + 1).trim();
}

/** "0.2.0 - 2026-11-26" and "Unreleased". @param {string} part */
function titleOf(part) {
  return part.slice(0, part.indexOf("\n")).split(" - ")[0]?.trim();
}

/** Puts a version and a date over what was unreleased. @param {string} changelog @param {string} version @param {string} date */
export function released(changelog, version, date) {
  if (heading.exec(changelog)?.[1]?.trim() !== "Unreleased")
    throw new Error("CHANGELOG.md does not begin with ## Unreleased.");
  return changelog.replace(/^## Unreleased$/m, `## Unreleased\n\n## ${version} - ${date}`);
}
