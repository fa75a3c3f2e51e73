import { SetupFailure } from "../setup/failure.mjs";
import { run } from "../setup/run.mjs";

/** What a package may hold (decisions/package-content.md); the rest was packed by mistake. */
const allowed = [
  /^(README|CHANGELOG)\.md$/,
  /^LICENSE$/,
  /^package\.json$/,
  /^dist\/(?!.*\.test\.)[\w./-]+\.(js|d\.ts)(\.map)?$/,
  /^src\/(?!.*\.test\.)[\w./-]+\.ts$/,
  /^(templates\/[\w.-]+\/)?host\/pulumi-resource-pulumi-nodejs(\.cmd)?$/,
  /^(templates\/[\w.-]+\/)?plugin\/pulumi-resource-sailpoint(\.cmd)?$/,
  /^examples\/README\.md$/,
  /^(examples|templates)\/[\w.-]+\/[\w.-]+\.(ts|ya?ml|json|csv|sh|md|py|txt)$/,
  /^(examples|templates)\/[\w.-]+\/\.gitignore$/,
];
const largestPacked = 900_000;

/** The files in a tarball, without npm's folder `package/`. @param {string} tarball */
export async function filesIn(tarball) {
  const { code, output } = await run("tar", ["-tvzf", tarball]);
  if (code !== 0) throw new SetupFailure(`tar cannot read ${tarball}:\n${output}`);
  return output
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const [, size = "", path = ""] = /^\S+\s+(?:\d+\s+)?\S+\s+(?:\S+\s+)?(\d+)\s.*?package\/(.*)$/.exec(line) ?? [];
      return { path, size: Number(size) };
    })
    .sort((a, b) => a.path.localeCompare(b.path));
}

/** What should not be in a package, in words. @param {string[]} files @param {number} size in bytes, as packed */
export function faultsOf(files, size) {
  const strange = files.filter((file) => !allowed.some((pattern) => pattern.test(file)));
  const maps = files.filter((file) => file.endsWith(".map"));
  const orphans = maps.filter(
    (file) => !files.includes(file.replace(/^dist\//, "src/").replace(/(\.d\.ts|\.js)\.map$/, ".ts")),
  );
  return [
    ...strange.map((file) => `${file} is nothing that belongs to a package`),
    ...orphans.map((file) => `${file} points to a source that is not in the package`),
    ...(size > largestPacked ? [`${size} bytes are more than the ${largestPacked} that a package may have`] : []),
  ];
}
