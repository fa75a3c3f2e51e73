// Made from kinds/schema.ts by `npm run generate`: edit that.
import type * as pulumi from "@pulumi/pulumi";
import type { JsonInput, Reference } from "./inputs";
import { SailPointResource, type Shell } from "./resource";
import { Siblings } from "./siblings";
import type { Source } from "./source";

/** An attribute of a schema. */
export interface SchemaAttribute {
  /** Unique in the schema. */
  name: pulumi.Input<string>;
  /** The attribute's name on the system, where it differs. */
  nativeName?: pulumi.Input<string | null | undefined>;
  /** The type of its values. */
  type: pulumi.Input<"STRING" | "LONG" | "INT" | "BOOLEAN" | "DATE">;
  /** What it means. */
  description?: pulumi.Input<string | null | undefined>;
  /** More than one value. Default: false. */
  isMulti?: pulumi.Input<boolean | null | undefined>;
  /** Its values are entitlements. Default: false. */
  isEntitlement?: pulumi.Input<boolean | null | undefined>;
  /** Its values are groups; needs `isEntitlement` and `schema`. Default: false. */
  isGroup?: pulumi.Input<boolean | null | undefined>;
  /** Tenants print it, and no document names it: sent as it is. Default: false. */
  isManaged?: pulumi.Input<boolean | null | undefined>;
  /** The schema of its values: a Schema, or the name of one of the same source. */
  schema?: Schema | pulumi.Input<Reference | null | undefined>;
}

/** What a program declares of a schema. */
export interface SchemaArgs {
  /** The source: a Source, or a source's id. Immutable: another one replaces the resource. */
  source: Source | pulumi.Input<string>;
  /** `account`, `group` or another object type. Immutable: another one replaces the resource. */
  name: pulumi.Input<string>;
  /** The object type's name on the system, for example `User`. */
  nativeObjectType?: pulumi.Input<string | undefined>;
  /** The attribute that identifies an object. */
  identityAttribute?: pulumi.Input<string | undefined>;
  /** The attribute that people read. */
  displayAttribute?: pulumi.Input<string | undefined>;
  /** The attribute that names the parent, for hierarchies of groups. */
  hierarchyAttribute?: pulumi.Input<string | undefined>;
  /** Whether permissions are read with the objects. Default: false. */
  includePermissions?: pulumi.Input<boolean | undefined>;
  /** Features that the schema shall have; others are left alone. */
  features?: pulumi.Input<pulumi.Input<string>[] | undefined>;
  /** The connector's own settings of the schema; keys that are not declared are left alone. */
  configuration?: pulumi.Input<Record<string, JsonInput> | undefined>;
  /** Merged by `name`: order does not matter, attributes that are not declared are left alone, unless `exact`. */
  attributes?: pulumi.Input<(SchemaAttribute | pulumi.Input<SchemaAttribute>)[] | undefined>;
  /**
   * Attributes that are not declared go, among them those that the tenant made with the schema. Taken out again, what
   * was there before comes back. Default: false.
   */
  exact?: pulumi.Input<boolean | undefined>;
}

/**
 * A schema of a source: what its accounts, groups or other objects look like. A schema that the tenant made with the
 * source (`account`) is taken over without asking; its former content is kept, and destroying the resource restores it.
 * API: `createSourceSchema`, `getSourceSchemas`, `getSourceSchema`, `updateSourceSchema`, `putSourceSchema`,
 * `deleteSourceSchema`.
 *
 * @example
 * const account = new Schema("hr-account", {
 *   source: hr,
 *   name: "account",
 *   nativeObjectType: "User",
 *   identityAttribute: "id",
 *   displayAttribute: "name",
 *   attributes: [{ name: "id", type: "STRING" }, { name: "name", type: "STRING" }],
 * });
 */
export class Schema extends SailPointResource<SchemaArgs> {
  protected static override readonly shell: Shell = {
    kind: "Schema",
    handler: "schema",
    outputs: [
      "source",
      "name",
      "nativeObjectType",
      "identityAttribute",
      "displayAttribute",
      "hierarchyAttribute",
      "includePermissions",
      "features",
      "configuration",
      "attributes",
      "exact",
      "schemaId",
      "created",
    ],
    siblings: new Siblings("attributes", "schema"),
  };

  declare readonly source: pulumi.Output<string>;
  declare readonly name: pulumi.Output<string>;
  declare readonly nativeObjectType: pulumi.Output<string | undefined>;
  declare readonly identityAttribute: pulumi.Output<string | undefined>;
  declare readonly displayAttribute: pulumi.Output<string | undefined>;
  declare readonly hierarchyAttribute: pulumi.Output<string | undefined>;
  declare readonly includePermissions: pulumi.Output<boolean | undefined>;
  declare readonly features: pulumi.Output<string[] | undefined>;
  declare readonly configuration: pulumi.Output<Record<string, unknown> | undefined>;
  declare readonly attributes: pulumi.Output<{ name: string; type: string; [key: string]: unknown }[] | undefined>;
  declare readonly exact: pulumi.Output<boolean | undefined>;

  /** The tenant's id of the schema. */
  declare readonly schemaId: pulumi.Output<string>;
  /** When the schema was created, as an ISO 8601 time. */
  declare readonly created: pulumi.Output<string | undefined>;

  /** One that is on the tenant already, read by its id `SOURCE_ID/name` and not managed. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): Schema {
    return new Schema(name, undefined as unknown as SchemaArgs, { ...opts, id });
  }
}
