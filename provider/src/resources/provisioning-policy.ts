// Made from kinds/provisioning-policy.ts by `npm run generate`: edit that.
import type * as pulumi from "@pulumi/pulumi";
import type { JsonInput, Reference } from "./inputs";
import { SailPointResource, type Shell } from "./resource";
import type { Source } from "./source";

/** A field of a provisioning policy: one attribute that an account gets. */
export interface PolicyField {
  /** The account attribute; unique in the policy. */
  name: pulumi.Input<string>;
  /** The type of its value. */
  type?: pulumi.Input<"string" | "int" | "long" | "date" | "boolean" | "secret" | "" | null | undefined>;
  /** Only for usage type CREATE: elsewhere the tenant drops it, and declaring it is an error. Default: false. */
  isRequired?: pulumi.Input<boolean | null | undefined>;
  /** More than one value. Default: false. */
  isMultiValued?: pulumi.Input<boolean | null | undefined>;
  /**
   * A transform, as JSON. Another `type` is another transform, which takes the place of the old one; `{}` says that
   * there is none.
   */
  transform?: pulumi.Input<Record<string, JsonInput> | null | undefined>;
  /** Settings of the field, as JSON; keys that are not declared are left alone. */
  attributes?: pulumi.Input<Record<string, JsonInput> | null | undefined>;
}

/** What a program declares of a provisioning policy. */
export interface ProvisioningPolicyArgs {
  /** The source: a Source, or a source's id. Immutable: another one replaces the resource. */
  source: Source | pulumi.Input<string>;
  /**
   * CREATE, UPDATE, ENABLE, DISABLE, DELETE, ASSIGN … One that is not documented is sent with a warning. Immutable:
   * another one replaces the resource.
   */
  usageType: pulumi.Input<string>;
  /**
   * Which of the source's subtypes it is for, by its technical or display name, or its id: CREATE_MACHINE_ACCOUNT needs
   * one. Only in the per-service form of the API (`sailpoint:apiVersion` is `services`). Immutable: another one
   * replaces the resource.
   */
  subtype?: pulumi.Input<Reference | undefined>;
  /** What people call the policy. Default: the usage type. */
  name?: pulumi.Input<string | undefined>;
  /** What the policy is for. */
  description?: pulumi.Input<string | undefined>;
  /** In the order in which they are worked through; the whole list is the program's. */
  fields?: pulumi.Input<pulumi.Input<PolicyField>[] | undefined>;
}

/**
 * A provisioning policy: which attributes an account gets, per usage type. A policy that is there already (CREATE often
 * is) is taken over without asking; its former content is kept, and destroying the resource restores it. API:
 * `createProvisioningPolicy`, `listProvisioningPolicies`, `getProvisioningPolicy`, `updateProvisioningPolicy`,
 * `putProvisioningPolicy`, `deleteProvisioningPolicy`, `listProvisioningPoliciesById`, `createProvisioningPolicyById`,
 * `updateProvisioningPolicyById`, `putProvisioningPolicyById`, `deleteProvisioningPolicyById`, `listSourceSubtypes`.
 *
 * @example
 * new ProvisioningPolicy("hr-create", {
 *   source: hr,
 *   usageType: "CREATE",
 *   name: "Account",
 *   fields: [{ name: "id", type: "string", isRequired: true, attributes: { template: "$name" } }],
 * });
 */
export class ProvisioningPolicy extends SailPointResource<ProvisioningPolicyArgs> {
  protected static override readonly shell: Shell = {
    kind: "ProvisioningPolicy",
    handler: "provisioningPolicy",
    outputs: ["source", "usageType", "subtype", "name", "description", "fields"],
  };

  declare readonly source: pulumi.Output<string>;
  declare readonly usageType: pulumi.Output<string>;
  declare readonly subtype: pulumi.Output<Reference | undefined>;
  declare readonly name: pulumi.Output<string | undefined>;
  declare readonly description: pulumi.Output<string | undefined>;
  declare readonly fields: pulumi.Output<{ name: string; [key: string]: unknown }[] | undefined>;

  /**
   * One that is on the tenant already, read by its id `SOURCE_ID/usageType` or
   * `SOURCE_ID/CREATE_MACHINE_ACCOUNT/SUBTYPE_ID` and not managed.
   */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): ProvisioningPolicy {
    return new ProvisioningPolicy(name, undefined as unknown as ProvisioningPolicyArgs, { ...opts, id });
  }
}
