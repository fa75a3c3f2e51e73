/** The parts of Pulumi's schema language that the package uses. https://www.pulumi.com/docs/using-pulumi/pulumi-packages/schema */

export interface TypeSpec {
  type?: "string" | "boolean" | "number" | "integer" | "array" | "object";
  $ref?: string;
  items?: TypeSpec;
  additionalProperties?: TypeSpec;
  oneOf?: TypeSpec[];
}

export interface PropertySpec extends TypeSpec {
  description?: string;
  secret?: boolean;
  replaceOnChanges?: boolean;
  willReplaceOnChanges?: boolean;
  defaultInfo?: { environment: string[] };
}

export interface ObjectSpec {
  type: "object";
  description?: string;
  properties: Record<string, PropertySpec>;
  required?: string[];
}

export interface EnumSpec {
  type: "string";
  description?: string;
  enum: { value: string; name?: string }[];
}

export interface ResourceSpec extends Omit<ObjectSpec, "type"> {
  inputProperties: Record<string, PropertySpec>;
  requiredInputs?: string[];
}

export interface PackageSpec {
  name: string;
  displayName: string;
  version: string;
  description: string;
  license: string;
  keywords: string[];
  meta: { moduleFormat: string };
  config: { variables: Record<string, PropertySpec>; defaults: string[] };
  provider: ObjectSpec & { inputProperties: Record<string, PropertySpec> };
  resources: Record<string, ResourceSpec>;
  functions: Record<string, { description: string; inputs: ObjectSpec; outputs: ObjectSpec }>;
  types: Record<string, ObjectSpec | EnumSpec>;
  language: Record<string, unknown>;
}
