import fc from "fast-check";
import { PLACES } from "./stack";
import { Step, flag, place } from "./step";
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
export const anew = fc.tuple(fc.nat(6), fc.constantFrom("taint", "replace", "state delete")).map(
  ([i, how]) =>
    new Step(
      `${how} resource ${String(i)}`,
      (world) => world.kept().length > 0,
      async (world) => {
        const kept = world.kept();
        const urn = kept[i % kept.length]?.urn ?? "";
        if (how === "taint") world.taint(urn);
        else if (how === "state delete") world.forget(urn);
        else await world.up({ replace: [urn] });
      },
    ),
);

/** Some of what the program has or the state knows, and nothing else. */
export const targets = fc.tuple(fc.uniqueArray(fc.nat(9), { minLength: 1, maxLength: 4 }), flag).map(
  ([which, refresh]) =>
    new Step(
      `target ${which.join(", ")}${refresh ? "" : " without a refresh"}`,
      (world) => world.kept().length > 0,
      async (world) => {
        const goals = await world.goalsOf(world.stack);
        const kept = new Set(world.kept().map(({ urn }) => urn));
        const all = [...new Set([...kept, ...goals.map(({ urn }) => urn)])];
        // What is known by an alias only is not to be left so: the engine would lose what depends on it.
        const aliased = goals.filter(
          ({ urn, aliases }) => !kept.has(urn) && aliases.some((former) => kept.has(former)),
        );
        const chosen = new Set([...which.map((i) => all[i % all.length] ?? ""), ...aliased.map(({ urn }) => urn)]);
        // A refresh wants every target in the state.
        const known = [...chosen].every((urn) => kept.has(urn));
        await world.up({ targets: [...chosen], refresh: refresh && known });
      },
    ),
);

/** What a program asks of its tenant, beside its resources. */
export const lookUp = place.map(
  (at) =>
    new Step(
      `look ${at} up`,
      () => true,
      (world) => world.lookUp(at),
    ),
);
