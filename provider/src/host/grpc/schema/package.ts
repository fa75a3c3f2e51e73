import { packageVersion } from "../../../api/package-version";
import { kinds } from "../../../kinds";
import { type Action, type Kind, isAction } from "../../../kinds/kind";
import { functions } from "../../../tenant/answers";
import { SETTINGS, type Setting } from "../../../tenant/setting-names";
import { Types, propertyOf } from "./types";
import type { ObjectSpec, PackageSpec, PropertySpec, ResourceSpec } from "./spec";
import { outputPropertyOf, valuesOf } from "./values";

/** The name by which programs know the package, and the first part of its types. */
const PACKAGE = "sailpoint";
export const tokenOf = (name: string): string => `${PACKAGE}:index:${name}`;

/** The package's schema, made from the trees of the kinds: what every language's SDK and checks are made from. */
export function packageSchema(): PackageSpec {
  const types = new Types();
  const resources = Object.values<Kind | Action>(kinds).map((kind) => [tokenOf(kind.name), resourceOf(kind, types)]);
  const looked = Object.entries(functions).map(([name, { doc, takes, answers }]) => [
    tokenOf(name),
    { description: doc, inputs: valuesOf(takes, types), outputs: valuesOf(answers, types) },
  ]);
  return {
    name: PACKAGE,
    displayName: "SailPoint",
    version: packageVersion(),
    description: "SailPoint Identity Security Cloud sources as code",
    license: "MIT",
    keywords: ["pulumi", "sailpoint", "category/infrastructure"],
    meta: { moduleFormat: "(.*)" },
    config: { variables: settingsOf(true), defaults: [] },
    provider: {
      description: "A tenant. Without a provider of its own, a program's resources go to the configured one.",
      ...settingInputs(),
    },
    resources: Object.fromEntries(resources) as PackageSpec["resources"],
    functions: Object.fromEntries(looked) as PackageSpec["functions"],
    types: types.all(),
    language: LANGUAGES,
  };
}

const LANGUAGES = {
  nodejs: { packageName: "pulumi-sailpoint-sdk", respectSchemaVersion: true },
  python: { packageName: "pulumi_sailpoint", respectSchemaVersion: true, pyproject: { enabled: true } },
  go: {
    importBasePath: "github.com/pulumi-sailpoint/pulumi-sailpoint/sdk/go/sailpoint",
    generateResourceContainerTypes: false,
    respectSchemaVersion: true,
  },
  csharp: { respectSchemaVersion: true },
};

function resourceOf(kind: Kind | Action, types: Types): ResourceSpec {
  const inputs = Object.entries(kind.fields).map(([name, field]): [string, PropertySpec] => [
    name,
    propertyOf(field, kind.name, name, types),
  ]);
  const required = Object.entries(kind.fields).flatMap(([name, field]) => (field.required === true ? [name] : []));
  const decided = Object.entries(kind.outputs).map(([name, output]): [string, PropertySpec] => [
    name,
    outputPropertyOf(output),
  ]);
  const always = Object.entries(kind.outputs).flatMap(([name, output]) => (output.optional === true ? [] : [name]));
  const importing = isAction(kind)
    ? ""
    : `\n\n## Import\n\nThe id reads \`${kind.importId}\`, or \`name:\` and the source's name in its place.`;
  return {
    description: `${kind.doc}${importing}`,
    inputProperties: Object.fromEntries(inputs),
    requiredInputs: required,
    properties: Object.fromEntries([...inputs, ...decided, ["tenant", TENANT]]),
    required: [...required, ...always, "tenant"],
  };
}

const TENANT: PropertySpec = { type: "string", description: "The tenant that holds the object." };

function settingInputs(): ObjectSpec & { inputProperties: ObjectSpec["properties"] } {
  return { type: "object", properties: settingsOf(false), inputProperties: settingsOf(false) };
}

/** @param environment Whether the environment is named as the default: what it says is then not kept in any state. */
const settingsOf = (environment: boolean): Record<string, PropertySpec> =>
  Object.fromEntries(
    Object.entries<Setting>(SETTINGS).map(([name, setting]): [string, PropertySpec] => [
      name,
      {
        type: TYPE_OF_SETTING[setting.type],
        description: `${setting.doc}${setting.of ? ` One of ${setting.of.map((word) => `\`${word}\``).join(", ")}.` : ""}`,
        ...(setting.secret === true ? { secret: true } : {}),
        ...(environment && setting.environment ? { defaultInfo: { environment: [...setting.environment] } } : {}),
      },
    ]),
  );
const TYPE_OF_SETTING = { text: "string", flag: "boolean", number: "number" } as const;
