import fc from "fast-check";
import { PLACES } from "./stack";
import { Step } from "./step";
import type { World } from "./world";

/** What the program's owner runs. */

const hasSomething = (world: World): boolean =>
  PLACES.some((at) => world.stack.sources[at] !== undefined) || world.kept().length > 0;
export const up = fc.constantFrom(
  ...[true, true, true, false].map(
    (refresh) => new Step(refresh ? "up" : "up without a refresh", hasSomething, (world) => world.up({ refresh })),
  ),
);
export const preview = fc.constant(new Step("preview", hasSomething, (world) => world.preview()));
export const refresh = fc.constant(
  new Step(
    "refresh",
    (world) => world.kept().length > 0,
    (world) => world.refresh(),
  ),
);
export const destroy = fc.constant(
  new Step(
    "destroy",
    (world) => world.kept().length > 0,
    (world) => world.destroy(),
  ),
);
export const anew = fc.tuple(fc.nat(6), fc.constantFrom("taint", "replace", "target")).map(
  ([i, how]) =>
    new Step(
      `${how} resource ${String(i)}`,
      (world) => world.kept().length > i,
      async (world) => {
        const urn = world.kept()[i]?.urn ?? "";
        if (how === "taint") world.taint(urn);
        else if (how === "replace") await world.up({ replace: [urn] });
        else await world.up({ targets: [urn] });
      },
    ),
);
