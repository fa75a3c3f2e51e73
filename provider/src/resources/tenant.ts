import * as pulumi from "@pulumi/pulumi";

/** How to reach a tenant other than the configured one. */
export interface TenantArgs {
  /** `https://TENANT.api.identitynow.com`. */
  baseUrl: pulumi.Input<string>;
  /** The id of a personal access token or an API client. */
  clientId: pulumi.Input<string>;
  /**
   * Its secret. The environment variable `SAIL_CLIENT_SECRET_<NAME>` wins, so that a rotated secret reaches refresh and
   * destroy; no other variable is read.
   */
  clientSecret?: pulumi.Input<string | undefined>;
  /** The version of the API, or `services` for the form that has one per service. Default: `v2025`. */
  apiVersion?: pulumi.Input<"services" | "v2026" | "v2025" | "v2024" | "v3" | "beta" | undefined>;
  /** Refuses every write before it is sent. Default: false. */
  readOnly?: pulumi.Input<boolean | undefined>;
}

/**
 * A tenant as a Pulumi provider: resources go there with `{ provider: eu }`. What hangs on a source goes with it.
 *
 * @example
 * const eu = new Tenant("eu", { baseUrl: "https://acme-eu.api.identitynow.com", clientId, clientSecret });
 * new Source("hr", { … }, { provider: eu });
 */
export class Tenant extends pulumi.ProviderResource {
  private readonly settings: pulumi.Output<Record<string, string | undefined>>;
  private readonly name: string;

  constructor(name: string, args: TenantArgs, opts?: pulumi.ResourceOptions) {
    const { clientSecret, readOnly, ...plain } = args;
    const settings: pulumi.Inputs = {
      ...plain,
      tenantName: name,
      ...(clientSecret === undefined ? {} : { clientSecret: pulumi.secret(clientSecret) }),
      ...(readOnly === undefined ? {} : { readOnly: pulumi.output(readOnly).apply(String) }),
    };
    super(
      "pulumi-nodejs",
      name,
      Object.fromEntries(
        Object.entries(settings).map(([key, value]: [string, unknown]) => [`sailpoint:${key}`, value]),
      ),
      opts,
    );
    this.settings = pulumi.output(settings);
    this.name = name;
  }

  /** @internal Known once the settings are. */
  static known({ settings }: Tenant): pulumi.Output<true> {
    return pulumi.unsecret(settings).apply(() => true as const);
  }

  /** @internal The settings for functions, which run in the program. */
  static async settingsOf({ settings, name }: Tenant): Promise<Record<string, string | undefined>> {
    // What is not known in a preview never calls back, and who awaits it would wait for ever.
    const { isKnown } = settings as unknown as { isKnown: Promise<boolean> };
    if (!(await isKnown)) {
      throw new pulumi.RunError(
        `The settings of Tenant "${name}" are outputs that are not known before the deployment, so nothing can be asked ` +
          `of it in a preview. Give it settings that are known, or ask by a function's …Output form`,
      );
    }
    return new Promise((resolve) => settings.apply(resolve));
  }
}
