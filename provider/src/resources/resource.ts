import * as pulumi from "@pulumi/pulumi";
import { handlerText } from "../kinds/handler-text";
import { prepared } from "./inputs";
import { missingNames } from "./missing-names";
import { requireResolvableProvider } from "./resolvable";
import { type Siblings, neededSiblings, withNames } from "./siblings";
import { clearTraces } from "./stack-traces";

/** What the base needs to know of one kind. */
export interface Shell {
  /** As in the type token. */
  kind: string;
  /** The name that `pulumi-sailpoint/dynamic` exports the handler under. */
  handler: string;
  /** Every input, and what the tenant decides beside the id. */
  outputs: readonly string[];
  /** Outputs that the state names only where they are true. */
  flags?: readonly string[];
  /** Inputs below which keys may hold secrets. */
  secrets?: readonly string[];
  /** Where other resources of the same kind and source may be referred to. */
  siblings?: Siblings;
}

/**
 * The base of every resource: a shell over CustomResource whose provider is one constant text. That text stands in the
 * state of every user and is what refresh and destroy run, so it never changes; nothing is captured in it.
 */
export abstract class SailPointResource<Args extends object = object> extends pulumi.CustomResource {
  /** @internal */
  protected static readonly shell: Shell;

  /** The tenant that holds the object. */
  declare readonly tenant: pulumi.Output<string>;

  /**
   * @param name The resource's name in the stack, unique for its type.
   * @param args What is declared.
   * @param opts Pulumi's options for every resource.
   */
  constructor(name: string, args: Args, opts: pulumi.CustomResourceOptions = {}) {
    const { kind, handler, outputs, flags = [], secrets, siblings } = new.target.shell;
    const pending = Object.fromEntries(["tenant", MISSING, ...outputs].map((key) => [key, undefined]));
    // Without arguments the resource is one that is only read; JavaScript programs may leave them out by mistake.
    const given: pulumi.Inputs = { ...(args as Args | undefined) };
    requireResolvableProvider();
    refuseId(kind, name, given);
    const source = hangsOn(given);
    const type = `pulumi-nodejs:dynamic/sailpoint:${kind}`;
    const sent = source ? { ...given, source: source.id } : given;
    const named = siblings ? withNames(sent, siblings) : sent;
    clearTraces(SailPointResource.name);
    super(
      type,
      name,
      { ...pending, ...prepared(named, secrets), __provider: handlerText(handler) },
      source ? optionsOfChild(type, name, given, source, opts, siblings) : opts,
    );
    for (const flag of flags) this.completeFlag(flag);
    if (pulumi.runtime.isDryRun()) this.tellMissing(name);
    if (siblings) siblings.declare(this, given);
  }

  private tellMissing(name: string): void {
    const told = (this as unknown as Record<string, pulumi.Output<unknown>>)[MISSING];
    told?.apply((missing) => {
      if (!Array.isArray(missing)) return;
      for (const line of missing) missingNames.add(String(line), { resource: this, name });
    });
  }

  private completeFlag(name: string): void {
    const told = (this as unknown as Record<string, pulumi.Output<boolean | undefined>>)[name];
    Object.defineProperty(this, name, { value: told?.apply((is) => is === true), enumerable: true });
  }
}

/** Pulumi would leave an id out without a word. */
function refuseId(kind: string, name: string, given: pulumi.Inputs): void {
  if (given["id"] === undefined || given["id"] === null) return;
  throw new pulumi.RunError(
    `${kind} "${name}": id cannot be set, the tenant decides it. To read one that is there, use ${kind}.get(name, id)`,
  );
}
/** Where check leaves the names that the tenant lacks. */
const MISSING = "__missing";

/** The Source that stands in the arguments. */
const hangsOn = ({ source }: pulumi.Inputs): SailPointResource | undefined =>
  source instanceof SailPointResource ? (source as SailPointResource) : undefined;

/**
 * What hangs on a source is deleted with it, is made after the siblings that it refers to, and is on the same tenant,
 * however the source came to it: by its own options, a parent's or a component's.
 */
function optionsOfChild(
  type: string,
  name: string,
  args: pulumi.Inputs,
  source: SailPointResource,
  opts: pulumi.CustomResourceOptions,
  siblings: Siblings | undefined,
): pulumi.CustomResourceOptions {
  const needed = siblings ? neededSiblings(args, siblings) : [];
  const provider = opts.provider ?? source.getProvider(type);
  if (provider === undefined && opts.parent?.getProvider(type) !== undefined) {
    throw new pulumi.RunError(
      `${name}: its source is on the configured tenant, and its parent brings the provider of another one. Leave ` +
        `out the parent, or give the source the same provider`,
    );
  }
  const own = { deletedWith: source, ...opts, ...(provider === undefined ? {} : { provider }) };
  return needed.length === 0 ? own : pulumi.mergeOptions(own, { dependsOn: needed });
}
