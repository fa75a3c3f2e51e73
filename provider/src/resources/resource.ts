import * as pulumi from "@pulumi/pulumi";
import { prepared } from "./inputs";

/**
 * The base of every resource: a shell over CustomResource whose provider is one constant text. That text stands in the
 * state of every user and is what refresh and destroy run, so it never changes; nothing is captured in it.
 */
export abstract class SailPointResource extends pulumi.CustomResource {
  /** The tenant that holds the object. */
  declare readonly tenant: pulumi.Output<string>;

  /** The provider the program chose for this resource, for what hangs on it. */
  private readonly chosenProvider: pulumi.ProviderResource | undefined;

  protected constructor(shell: Shell, name: string, args: object | undefined, opts: pulumi.CustomResourceOptions = {}) {
    const pending = Object.fromEntries(["tenant", ...shell.outputs].map((key) => [key, undefined]));
    super(
      `pulumi-nodejs:dynamic/sailpoint:${shell.kind}`,
      name,
      { ...pending, ...prepared(args ?? {}, shell.secrets), __provider: handlerText(shell.handler) },
      opts,
    );
    this.chosenProvider = opts.provider;
  }

  /** What a resource that hangs on a source sends as its source: the id. */
  protected static idOf(source: SailPointResource | pulumi.Input<string>): pulumi.Input<string> {
    return source instanceof SailPointResource ? source.id : source;
  }

  /** The options of a resource that hangs on this one: deleted with it, on the same tenant. */
  protected static under(
    parent: unknown,
    opts: pulumi.CustomResourceOptions | undefined,
  ): pulumi.CustomResourceOptions {
    if (!(parent instanceof SailPointResource)) return opts ?? {};
    const inherited: pulumi.CustomResourceOptions = { deletedWith: parent };
    if (parent.chosenProvider && !opts?.provider && !opts?.parent) inherited.provider = parent.chosenProvider;
    return { ...inherited, ...opts };
  }
}

/** What the base needs to know of one kind. */
export interface Shell {
  /** As in the type token. */
  kind: string;
  /** The name that `pulumi-sailpoint/dynamic` exports the handler under. */
  handler: string;
  /** Every input, and what the tenant decides beside the id. */
  outputs: readonly string[];
  /** Inputs below which keys may hold secrets. */
  secrets?: readonly string[];
}

const handlerText = (handler: string): string =>
  `exports.handler = () => require("pulumi-sailpoint/dynamic").${handler};`;
