/**
 * Every check that is no test: format, lint, types, arrows, unused code, generated documentation, the packages as they
 * would be published, and the tests that `npm run mutants` runs in its own way.
 * Runs two at a time, all of them even after a failure. `npm run check`, or some: `npm run check -- lint types`.
 */
import { script, SetupFailure } from "./setup/failure.mjs";
import { root } from "./setup/places.mjs";
import { run } from "./setup/run.mjs";

/** The longest first. @type {Record<string, string[]>} */
const checks = {
  lint: ["eslint/bin/eslint.js", ".", "--max-warnings=0", "--cache", "--cache-location=.cache/eslint"],
  types: ["typescript/bin/tsc", "--build"],
  unused: ["knip/bin/knip.js", "--no-config-hints"],
  packages: ["tools/packages.mjs"],
  format: ["prettier/bin/prettier.cjs", "--check", "."],
  docs: ["tools/docs.mjs", "--check"],
  links: ["tools/links.mjs"],
  blocks: ["tools/blocks.mjs"],
  messages: ["tools/messages.mjs"],
  generated: ["tools/generate.mjs", "--check"],
  mutants: ["mocha/bin/mocha.js", "--require=./test/typescript.js", "--reporter=dot", "test/mutants/suite.js"],
  arrows: ["dependency-cruiser/bin/dependency-cruise.mjs", "provider", "simulator"],
};

await script(async () => {
  const wanted = process.argv.slice(2);
  const unknown = wanted.filter((name) => !(name in checks));
  if (unknown.length > 0) {
    throw new SetupFailure(`There is no check "${unknown.join(", ")}"; there are ${Object.keys(checks).join(", ")}.`);
  }
  const waiting = Object.keys(checks).filter((name) => wanted.length === 0 || wanted.includes(name));
  /** @type {string[]} */
  const failed = [];
  const worker = async () => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      if (!(await check(name))) failed.push(name);
    }
  };
  await Promise.all([worker(), worker()]);
  if (failed.length > 0) throw new SetupFailure(`Failed: ${failed.join(", ")}.`);
});

/** @param {string} name */
async function check(name) {
  const [file = "", ...args] = checks[name] ?? [];
  const started = Date.now();
  const path = file.startsWith("tools/") ? file : `node_modules/${file}`;
  const { code, output } = await run(process.execPath, [path, ...args], { cwd: root });
  const seconds = Math.round((Date.now() - started) / 1000);
  process.stdout.write(
    `${code === 0 ? "ok    " : "FAILED"} ${name} (${seconds} s)\n${code === 0 ? "" : `${output}\n`}`,
  );
  return code === 0;
}
