import { chmodSync, cpSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

/**
 * A quarter of the time in which the CLI is built goes into a library that only `pulumi api` uses (calls of Pulumi's own
 * service by the names of its OpenAPI document). The two files that need it, shortened to what the rest of the CLI uses:
 */
const shortened = { "cmd/pulumi/cloud/spec.go": withoutParser, "cmd/pulumi/cloud/schema.go": withoutRenderer };

/**
 * Lays a copy of the CLI's module, less that command, where the build takes it instead of the module itself. Tells
 * whether it could: another version of Pulumi may look otherwise, and is then built whole.
 * @param {string} module the module as Go downloaded it @param {string} copy
 */
export function makeSmaller(module, copy) {
  const edits = Object.entries(shortened).map(([file, shorten]) => [
    file,
    shorten(readFileSync(join(module, file), "utf8")),
  ]);
  if (edits.some(([, text]) => text === undefined)) return false;
  cpSync(module, copy, { recursive: true, filter: (path) => basename(path) !== "testdata" });
  makeWritable(copy); // Go keeps its modules read-only
  for (const [file, text] of edits) writeFileSync(join(copy, String(file)), String(text));
  return true;
}

/** @param {string} spec */
function withoutParser(spec) {
  const end = spec.indexOf("\nfunc parseIndex(");
  if (end === -1) return undefined;
  const kept = spec.slice(0, end).replace(/^\t.*("github\.com\/pb33f\/.*"|"slices"|"sort"|"strings")\n/gm, "");
  return `${kept}
func parseIndex([]byte) (*Index, error) {
	return nil, NewAPIError(cmdutil.ExitInternalError, ErrSpecParse,
		fmt.Sprint("this CLI was built without \`pulumi api\`; the official release has it"))
}
`;
}

/** @param {string} schema */
function withoutRenderer(schema) {
  const from = schema.indexOf("\nfunc markdownEnumTail(");
  const to = schema.indexOf("\n// nonNil ");
  return from === -1 || to < from ? undefined : `package cloud\n\nimport "strings"\n${schema.slice(from, to)}`;
}

/** @param {string} folder */
function makeWritable(folder) {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    chmodSync(path, statSync(path).mode | 0o200);
  }
}
