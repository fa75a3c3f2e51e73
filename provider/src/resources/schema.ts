import * as pulumi from "@pulumi/pulumi";
import type { JsonInput } from "./inputs";
import type { Reference } from "./references";
import { SailPointResource, type Shell } from "./resource";
import { Source } from "./source";

/** An attribute of a schema. */
export interface SchemaAttribute {
  name: pulumi.Input<string>;
  /** The attribute's name on the system, where it differs. */
  nativeName?: pulumi.Input<string | undefined>;
  type: pulumi.Input<"STRING" | "LONG" | "INT" | "BOOLEAN" | "DATE">;
  description?: pulumi.Input<string | undefined>;
  /** More than one value. Default: false. */
  isMulti?: pulumi.Input<boolean | undefined>;
  /** Its values are entitlements. Default: false. */
  isEntitlement?: pulumi.Input<boolean | undefined>;
  /** Its values are groups; needs `isEntitlement` and `schema`. Default: false. */
  isGroup?: pulumi.Input<boolean | undefined>;
  /** The schema of its values: a Schema, or the name of one of the same source. */
  schema?: Schema | pulumi.Input<Reference | undefined>;
}

/** What a program declares of a schema. */
export interface SchemaArgs {
  /** The source: a Source, or a source's id. Immutable: another source replaces the schema. */
  source: Source | pulumi.Input<string>;
  /** `account`, `group` or another object type. Immutable: another name replaces the schema. */
  name: pulumi.Input<string>;
  /** The object type's name on the system, for example `User`. */
  nativeObjectType?: pulumi.Input<string | undefined>;
  /** The attribute that identifies an object. */
  identityAttribute?: pulumi.Input<string | undefined>;
  /** The attribute that people read. */
  displayAttribute?: pulumi.Input<string | undefined>;
  /** The attribute that names the parent, for hierarchies of groups. */
  hierarchyAttribute?: pulumi.Input<string | undefined>;
  /** Default: false. */
  includePermissions?: pulumi.Input<boolean | undefined>;
  /** Features that the schema shall have; others are left alone. */
  features?: pulumi.Input<pulumi.Input<string>[] | undefined>;
  /** The connector's own settings of the schema; keys that are not declared are left alone. */
  configuration?: pulumi.Input<Record<string, JsonInput> | undefined>;
  /** Merged by `name`: order does not matter, attributes that are not declared are left alone. */
  attributes?: pulumi.Input<(SchemaAttribute | pulumi.Input<SchemaAttribute>)[] | undefined>;
}

/**
 * A schema of a source: what its accounts, groups or other objects look like. A schema that the tenant made with the
 * source (`account`) is taken over without asking; its former content is kept, and destroying the resource restores it.
 * API: `createSourceSchema`, `getSourceSchemas`, `updateSourceSchema`, `deleteSourceSchema`.
 *
 * @example
 * new Schema("hr-account", {
 *   source: hr,
 *   name: "account",
 *   nativeObjectType: "User",
 *   identityAttribute: "id",
 *   displayAttribute: "name",
 *   attributes: [{ name: "id", type: "STRING" }, { name: "name", type: "STRING" }],
 * });
 */
export class Schema extends SailPointResource {
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

  /** The tenant's id of the schema. */
  declare readonly schemaId: pulumi.Output<string>;
  /** When the schema was created, as an ISO 8601 time. */
  declare readonly created: pulumi.Output<string | undefined>;

  constructor(name: string, args: SchemaArgs, opts?: pulumi.CustomResourceOptions) {
    // Without arguments the resource is one that is only read; JavaScript programs may leave them out by mistake.
    const given = args as SchemaArgs | undefined;
    const siblings = given && given.source instanceof Source ? declaredOn(given.source) : undefined;
    const needed = given && siblings ? neededSchemas(given.attributes, siblings) : [];
    super(
      SHELL,
      name,
      given && { ...given, source: Schema.idOf(given.source), ...asSent(given) },
      dependingOn(needed, Schema.under(given?.source, opts)),
    );
    if (given && siblings && typeof given.name === "string") siblings.set(given.name, this);
  }

  /** A schema that is on the tenant already, read by its id `sourceId/name` and not managed. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): Schema {
    return new Schema(name, undefined as unknown as SchemaArgs, { ...opts, id });
  }
}

/** The schemas that the program declared on a source so far, by name: what refers to one of them is created after it. */
const declared = new WeakMap<Source, Map<string, Schema>>();

function declaredOn(source: Source): Map<string, Schema> {
  const schemas = declared.get(source) ?? new Map<string, Schema>();
  declared.set(source, schemas);
  return schemas;
}

type Attributes = SchemaArgs["attributes"];

function neededSchemas(attributes: Attributes, siblings: ReadonlyMap<string, Schema>): Schema[] {
  return plainAttributes(attributes).flatMap(({ schema }) => {
    if (schema instanceof Schema) return [schema];
    const name = isReference(schema) && typeof schema.name === "string" ? siblings.get(schema.name) : undefined;
    return name ? [name] : [];
  });
}

const dependingOn = (schemas: Schema[], opts: pulumi.CustomResourceOptions): pulumi.CustomResourceOptions =>
  schemas.length === 0 ? opts : pulumi.mergeOptions(opts, { dependsOn: schemas });

const plainAttributes = (attributes: Attributes): SchemaAttribute[] =>
  Array.isArray(attributes) ? attributes.filter((attribute) => isPlainAttribute(attribute)) : [];

const isPlainAttribute = (attribute: unknown): attribute is SchemaAttribute =>
  typeof attribute === "object" &&
  attribute !== null &&
  !pulumi.Output.isInstance(attribute) &&
  !(attribute instanceof Promise);

const isReference = (value: unknown): value is { name?: unknown } => typeof value === "object" && value !== null;

/** A Schema is sent as its name. */
function asSent({ attributes }: SchemaArgs): pulumi.Inputs {
  if (!Array.isArray(attributes)) return {};
  return {
    attributes: attributes.map((attribute) =>
      isPlainAttribute(attribute) && attribute.schema instanceof Schema
        ? { ...attribute, schema: { name: attribute.schema.name } }
        : attribute,
    ),
  };
}

const SHELL: Shell = {
  kind: "Schema",
  handler: "schema",
  outputs: [
    ...["source", "name", "nativeObjectType", "identityAttribute", "displayAttribute", "hierarchyAttribute"],
    ...["includePermissions", "features", "configuration", "attributes", "schemaId", "created"],
  ],
};
