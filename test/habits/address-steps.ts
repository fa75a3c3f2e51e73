import fc from "fast-check";
import { childAt, declares, edit, editChild, freeName, hasChildren, put } from "./program-edits";
import { type Address, COMPONENTS, type DeclaredChild, type Options, PLACES, childKey } from "./stack";
import { Step, flag, place, version } from "./step";

/** Where in a program its resources stand, and under which names. */

export const rename = fc.tuple(place, flag, flag, version).map(
  ([at, aliased, adopting, n]) =>
    new Step(
      `rename the resource of ${at} to ${String(n)}${told(aliased)}${adopting ? ", adopting" : ""}`,
      declares(at),
      (world) =>
        edit(world, at, (source) => ({
          ...moved(source, { resource: `${at}${String(n)}` }, aliased),
          args: put(source.args, "adopt", adopting ? true : undefined),
        })),
    ),
);

export const renameChild = fc.tuple(fc.nat(5), flag, version).map(
  ([i, aliased, n]) =>
    new Step(`rename child ${String(i)} to ${String(n)}${told(aliased)}`, hasChildren, (world) =>
      editChild(world, i, (declared) => {
        const resource = freeName(world, `${childKey(declared)}${String(n)}`);
        return moved(declared, { resource }, aliased);
      }),
    ),
);

const component = fc.constantFrom(...COMPONENTS);

export const move = fc
  .tuple(place, component, flag)
  .map(
    ([at, within, aliased]) =>
      new Step(`move ${at} into component ${within}${told(aliased)}`, declares(at), (world) =>
        edit(world, at, (source) => moved(source, { within }, aliased)),
      ),
  );

export const moveChild = fc
  .tuple(fc.nat(5), component, flag)
  .map(
    ([i, within, aliased]) =>
      new Step(`move child ${String(i)} into component ${within}${told(aliased)}`, hasChildren, (world) =>
        editChild(world, i, (declared) => moved(declared, { within }, aliased)),
      ),
  );

/** The same resource, of another source. */
export const handOver = fc.nat(5).map(
  (i) =>
    new Step(
      `hand child ${String(i)} to the other source`,
      (world) => {
        const declared = childAt(world, i);
        if (!declared) return false;
        const source = other(declared);
        return declares(source)(world) && world.stack.children[childKey({ ...declared, source })] === undefined;
      },
      (world) => editChild(world, i, (declared) => ({ ...declared, source: other(declared) })),
    ),
);

const other = ({ source }: DeclaredChild) => PLACES.find((at) => at !== source) ?? source;
const told = (aliased: boolean) => (aliased ? " with an alias" : "");

/** Under another address; with an alias, the engine is told where it was. */
function moved<T extends Options>(declared: T, to: Partial<Address>, aliased: boolean): T {
  const now = { ...declared, ...to };
  const same = (one: Address) => (two: Address) => one.resource === two.resource && one.within === two.within;
  const { resource, within } = declared;
  const former = [...declared.aliases.filter((one) => !same(declared)(one)), { resource, within }];
  return { ...now, aliases: aliased ? former.filter((one) => !same(now)(one)) : [] };
}
