import fc from "fast-check";
import type { Place } from "./stack";
import type { World } from "./world";

/** One thing that somebody does. */
export class Step implements fc.AsyncCommand<World, World> {
  constructor(
    private readonly what: string,
    private readonly can: (world: World) => boolean,
    private readonly act: (world: World) => Promise<void> | void,
  ) {}
  check = (world: Readonly<World>): boolean => this.can(world as World);
  run = async (_model: World, world: World): Promise<void> => {
    world.log.push(this.what);
    await this.act(world);
  };
  toString = (): string => this.what;
}

export const place = fc.constantFrom<Place>("alpha", "alpha", "alpha", "beta");
export const version = fc.integer({ min: 1, max: 3 });
export const flag = fc.boolean();
