import type { Json } from "../engine-model/goal";
import { type DeclaredChild, type DeclaredSource, type Place, childKey } from "./stack";
import type { World } from "./world";

/** How a program is changed. */

export const declares = (at: Place) => (world: World) => world.stack.sources[at] !== undefined;

export const hasChildren = (world: World) => Object.keys(world.stack.children).length > 0;

/** One of those that there are. */
export function childAt(world: World, i: number): DeclaredChild | undefined {
  const children = Object.values(world.stack.children);
  return children[i % children.length];
}

export const edit = (world: World, at: Place, change: (source: DeclaredSource) => DeclaredSource): void => {
  const source = world.stack.sources[at];
  if (source) world.stack = { ...world.stack, sources: { ...world.stack.sources, [at]: change(source) } };
};

export function editChild(world: World, i: number, change: (declared: DeclaredChild) => DeclaredChild): void {
  const chosen = childAt(world, i);
  const children = Object.values(world.stack.children).map((child) => (child === chosen ? change(child) : child));
  world.stack = {
    ...world.stack,
    children: Object.fromEntries(children.map((declared) => [childKey(declared), declared])),
  };
}

/** Whether a child of the program has this name, or had it. */
const isTaken = (world: World, name: string): boolean =>
  Object.values(world.stack.children).some(({ resource, aliases }) =>
    [resource, ...aliases.map((former) => former.resource)].includes(name),
  );

/** The name, or one like it that no child of the program has. */
export const freeName = (world: World, name: string): string =>
  isTaken(world, name) ? freeName(world, `${name}'`) : name;

export const editAttributes = (world: World, at: Place, change: (attributes: Json) => Json): void =>
  edit(world, at, (source) => ({
    ...source,
    args: { ...source.args, connectorAttributes: listed(change((source.args["connectorAttributes"] ?? {}) as Json)) },
  }));

/** What its program alone knows as secret is so as long as its program says so. */
const listed = (attributes: Json): Json =>
  attributes["encrypted"] === undefined ? without(attributes, "myKey") : attributes;

export const without = (object: Json, key: string): Json => {
  const { [key]: _gone, ...kept } = object;
  return kept;
};

export const put = (object: Json, key: string, value: unknown): Json =>
  value === undefined ? without(object, key) : { ...object, [key]: value };
