import { PLACES, type Stack } from "./stack";

/** The stack as its owner puts it right: nothing of it can be in the way any more. */
export function mended(stack: Stack): Stack {
  const sources: Stack["sources"] = {};
  for (const place of PLACES) {
    const declared = stack.sources[place];
    if (!declared) continue;
    sources[place] = { ...declared, protect: false, ignore: [], args: { ...declared.args, adopt: true } };
  }
  return { ...stack, sources };
}
