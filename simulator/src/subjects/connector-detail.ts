import type { JsonObject } from "../json";
import { secretKeysOf } from "../secrets";
import type { Connector } from "../seed/connector";

/** All that a tenant tells of a connector: its application template, its correlation, and the form that asks for its settings. */
export function connectorDetail(connector: Connector): JsonObject {
  const form = formOf(connector);
  return {
    name: connector.name,
    type: connector.type,
    className: connector.className,
    scriptName: connector.scriptName,
    applicationXml: xml(
      `<Application connector="${connector.className}" name="${connector.name}" type="${connector.type}"/>`,
    ),
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
