import * as pulumi from "@pulumi/pulumi";
import { handlerText } from "../kinds/handler-text";
import { prepared } from "./inputs";
import { clearTraces } from "./stack-traces";

/**
 * The base of every resource: a shell over CustomResource whose provider is one constant text. That text stands in the
 * state of every user and is what refresh and destroy run, so it never changes; nothing is captured in it.
 */
export abstract class SailPointResource<Args extends object = object> extends pulumi.CustomResource {
  /** @internal */
  protected static readonly shell: Shell;

  /** The tenant that holds the object. */
  declare readonly tenant: pulumi.Output<string>;

  /** The provider the program chose for this resource, for what hangs on it. */
  declare private readonly chosenProvider: pulumi.ProviderResource | undefined;

  /**
   * @param name The resource's name in the stack, unique for its type.
   * @param args What is declared.
   * @param opts Pulumi's options for every resource.
   */
  constructor(name: string, args: Args, opts: pulumi.CustomResourceOptions = {}) {
    const { kind, handler, outputs, secrets } = new.target.shell;
    const pending = Object.fromEntries(["tenant", ...outputs].map((key) => [key, undefined]));
    // Without arguments the resource is one that is only read; JavaScript programs may leave them out by mistake.
    const given: pulumi.Inputs = { ...(args as Args | undefined) };
    const sent = new.target.sent(given, opts);
    clearTraces(SailPointResource.name);
    super(
      `pulumi-nodejs:dynamic/sailpoint:${kind}`,
      name,
      { ...pending, ...prepared(sent.args, secrets), __provider: handlerText(handler) },
      sent.opts,
    );
    this.chosenProvider = opts.provider;
    this.declared(given);
  }

  /**
   * What is sent of the arguments, and with which options. What hangs on a source is sent with the source's id, is
   * deleted with it, and is on the same tenant.
   *
   * @internal
   */
  protected static sent(args: pulumi.Inputs, opts: pulumi.CustomResourceOptions): Sent {
    const source: unknown = args["source"];
    if (!(source instanceof SailPointResource)) return { args, opts };
    const inherited: pulumi.CustomResourceOptions = { deletedWith: source };
    if (source.chosenProvider && !opts.provider && !opts.parent) inherited.provider = source.chosenProvider;
    return { args: { ...args, source: source.id }, opts: { ...inherited, ...opts } };
  }

  /** @internal Called once the resource is registered. */
  protected declared(_args: pulumi.Inputs): void {
    // What a kind has to do then, it says by overriding this.
  }
}

/** @internal */
export interface Sent {
  args: pulumi.Inputs;
  opts: pulumi.CustomResourceOptions;
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
