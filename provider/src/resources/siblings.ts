import * as pulumi from "@pulumi/pulumi";

/**
 * Where members of a list may name another resource of the same kind and source, as an attribute of a Schema names the
 * schema of its values: by the resource itself or by its name. Whoever is named is made first.
 */
export class Siblings {
  /** What a program declared on a source so far, by name. */
  private readonly bySource = new WeakMap<object, Map<string, pulumi.Resource>>();

  /**
   * @param list The input that holds the members.
   * @param key The members' key that names another.
   */
  constructor(
    readonly list: string,
    readonly key: string,
  ) {}

  /** Called once a resource is registered. */
  declare(resource: pulumi.Resource, { source, name }: pulumi.Inputs): void {
    if (pulumi.Resource.isInstance(source) && typeof name === "string") this.of(source).set(name, resource);
  }

  of(source: object): Map<string, pulumi.Resource> {
    const known = this.bySource.get(source) ?? new Map<string, pulumi.Resource>();
    this.bySource.set(source, known);
    return known;
  }
}

/** The resources that these arguments name. */
export function neededSiblings(args: pulumi.Inputs, siblings: Siblings): pulumi.Resource[] {
  const members: unknown = args[siblings.list];
  const source: unknown = args["source"];
  if (!Array.isArray(members) || !pulumi.Resource.isInstance(source)) return [];
  return members.filter(isPlain).flatMap(({ [siblings.key]: named }) => {
    if (pulumi.Resource.isInstance(named)) return [named];
    const name = isPlain(named) ? named["name"] : undefined;
    const sibling = typeof name === "string" ? siblings.of(source).get(name) : undefined;
    return sibling ? [sibling] : [];
  });
}

/** The arguments as they are sent: a resource that stands for a name is sent as its name. */
export function withNames(args: pulumi.Inputs, { list, key }: Siblings): pulumi.Inputs {
  const members: unknown = args[list];
  if (!Array.isArray(members)) return args;
  return { ...args, [list]: members.map((member: unknown) => withName(member, key)) };
}

function withName(member: unknown, key: string): unknown {
  if (!isPlain(member)) return member;
  const named = member[key];
  return pulumi.Resource.isInstance(named)
    ? { ...member, [key]: { name: (named as { name?: unknown }).name } }
    : member;
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" &&
  value !== null &&
  !pulumi.Output.isInstance(value) &&
  !pulumi.Resource.isInstance(value) &&
  !(value instanceof Promise);
