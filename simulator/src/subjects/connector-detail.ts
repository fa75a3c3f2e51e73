import { isObject, type JsonObject } from "../json";
import { secretKeysOf } from "../secrets";
import type { AttributeTemplate, Connector, SchemaTemplate } from "../seed/connector";

/** All that a tenant tells of a connector: its application template, its correlation, and the form that asks for its settings. */
export function connectorDetail(connector: Connector): JsonObject {
  const form = formOf(connector);
  return {
    name: connector.name,
    type: connector.type,
    className: connector.className,
    scriptName: connector.scriptName,
    applicationXml: applicationOf(connector),
    correlationConfigXml: xml(`<CorrelationConfig name="${connector.name} Account Correlation Config"/>`),
    sourceConfigXml: form,
    sourceConfig: form,
    sourceConfigFrom: "sp-connect",
    s3Location: `connectors/${connector.scriptName}`,
    uploadedFiles: null,
    fileUpload: connector.scriptName === "jdbc",
    directConnect: connector.connectionType === "direct",
    translationProperties: {},
    connectorMetadata: { supportedUI: "ANGULAR", platform: "ccg", shortDesc: `Connects to ${connector.name}` },
    status: "RELEASED",
  };
}

const xml = (content: string) => `<?xml version='1.0' encoding='UTF-8'?>\n${content}\n`;

/** What a new source begins with, as such applications are written: texts as attributes, anything else as elements. */
function applicationOf({ className, name, type, features, defaults, schemas }: Connector): string {
  const entries = Object.entries(defaults).map(([key, value]) =>
    typeof value === "string"
      ? `        <entry key="${text(key)}" value="${text(value)}"/>`
      : `        <entry key="${text(key)}">${value === null ? "" : `<value>${element(value)}</value>`}</entry>`,
  );
  return xml(
    [
      `<Application connector="${className}" featuresString="${features.join(", ")}" name="${name}" type="${type}">`,
      "  <Attributes>",
      "      <Map>",
      ...entries,
      "      </Map>",
      "  </Attributes>",
      "  <Schemas>",
      ...schemas.flatMap(schemaLines),
      "  </Schemas>",
      "</Application>",
    ].join("\n"),
  );
}

function schemaLines(schema: SchemaTemplate): string[] {
  const { name, nativeObjectType, identityAttribute, displayAttribute } = schema;
  return [
    `    <Schema displayAttribute="${displayAttribute}" identityAttribute="${identityAttribute}" nativeObjectType="${nativeObjectType}" objectType="${name}">`,
    ...schema.attributes.map(attributeLine),
    "    </Schema>",
  ];
}

function attributeLine({ name, type, multi, entitlement, group }: AttributeTemplate): string {
  const flags = Object.entries({ multi, entitlement }).map(([flag, is]) => (is === true ? ` ${flag}="true"` : ""));
  const schema = group === undefined ? "" : ` schemaObjectType="${group}"`;
  return `      <AttributeDefinition name="${text(name)}" type="${type.toLowerCase()}"${flags.join("")}${schema}/>`;
}

function element(value: unknown): string {
  if (Array.isArray(value)) return `<List>${value.map(element).join("")}</List>`;
  if (typeof value === "boolean") return value ? "<Boolean>true</Boolean>" : "<Boolean/>";
  if (typeof value === "number") return `<Integer>${String(value)}</Integer>`;
  if (typeof value === "string") return `<String>${text(value)}</String>`;
  const entries = isObject(value) ? Object.entries(value) : [];
  return `<Map>${entries.map(([key, member]) => `<entry key="${text(key)}"><value>${element(member)}</value></entry>`).join("")}</Map>`;
}

const text = (plain: string): string =>
  plain.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;").replaceAll("\n", "&#10;");

function formOf(connector: Connector): string {
  const secrets = secretKeysOf(connector.defaults);
  const names = [...Object.keys(connector.defaults), ...secrets].filter((name) => name !== "encrypted");
  const fields = [...new Set(names)].map((name) => {
    const type = secrets.has(name) ? "secret" : "text";
    return `    <Field name="${name}" displayName="${name}" type="${type}"/>`;
  });
  return xml(
    [
      `<Form xmlns="http://www.sailpoint.com/xsd/sailpoint_form_2_0.xsd" connectorName="${connector.name}" type="SourceConfig" status="released">`,
      "  <BaseConfig>",
      ...fields,
      "  </BaseConfig>",
      "</Form>",
    ].join("\n"),
  );
}
