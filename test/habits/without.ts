import { transformSync } from "@swc/core";
import { readFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import { type Mutation, mutations } from "./mutations";

/*
 * Takes the fix of a fault out of the provider, in this process only: whether the fuzz finds by itself what it is there
 * to find. Imported before anything of the provider.
 */
const { HABITS_WITHOUT } = process.env;
if (HABITS_WITHOUT !== undefined) takeOut(HABITS_WITHOUT);

function takeOut(name: string): void {
  const chosen = mutations[name];
  if (!chosen) throw new Error(`There is no fix ${name} to take out; there are ${Object.keys(mutations).join(", ")}`);
  const root = resolve(__dirname, "../..");
  // Deprecated for whoever packages a library; there is no other way that works for CommonJS in Node.js 20.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const { extensions } = require;
  const load = extensions[".ts"];
  extensions[".ts"] = (module, file) => {
    const here = chosen.filter((mutation) => mutation.file === relative(root, file));
    if (here.length === 0) {
      load?.(module, file);
      return;
    }
    const text = here.reduce(mutated, readFileSync(file, "utf8"));
    const { code } = transformSync(text, {
      filename: file,
      swcrc: false,
      jsc: { parser: { syntax: "typescript" }, target: "es2023", keepClassNames: true },
      module: { type: "commonjs", ignoreDynamic: true },
    });
    (module as unknown as { _compile(code: string, file: string): void })._compile(code, file);
  };
}

function mutated(text: string, { file, fixed, broken }: Mutation): string {
  if (text.split(fixed).length !== 2) throw new Error(`${file} has not exactly once: ${fixed}`);
  return text.replace(fixed, () => broken);
}
