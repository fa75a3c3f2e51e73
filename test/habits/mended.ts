import type { Json } from "../engine-model/goal";
import { PLACES, type Stack } from "./stack";

/** The stack as its owner puts it right: nothing of it can be in the way any more. */
export function mended(stack: Stack): Stack {
  const sources: Stack["sources"] = {};
  for (const place of PLACES) {
    const declared = stack.sources[place];
    if (!declared) continue;
    const connectorAttributes = withoutLinks((declared.args["connectorAttributes"] ?? {}) as Json);
    const args = { ...declared.args, connectorAttributes, adopt: true };
    sources[place] = { ...declared, protect: false, ignore: [], args };
  }
  const children = Object.entries(stack.children).map(([key, child]) => [key, { ...child, protect: false }] as const);
  return { sources, children: Object.fromEntries(children) };
}

/** Without what a tenant takes only when the source is made. */
const withoutLinks = (attributes: Json): Json =>
  Object.fromEntries(Object.entries(attributes).filter(([key]) => !/^sp[A-Z]/.test(key)));
