import { attributesOf, elementsNamed } from "../inventory/xml";
import type { ConnectorDetail, ConnectorStatus, SourceHealth, SyncJob } from "../api";
import type { AnyCommand } from "./command";
import type { Ending } from "./exit-codes";
import { healthCell, isBroken } from "./health";
import { type SourceAction, sourceAction } from "./source-action";
import type { Cell, Style } from "./style";

/** What a connector can be asked. A test that fails is an answer, and bad news. */
const test: Pick<SourceAction<object, ConnectorStatus>, "show" | "ending"> = {
  show(answer, style, { name }) {
    const good = answer.status === "SUCCESS";
    const verdict = good ? style.good("SUCCESS") : style.bad(answer.status ?? "no status");
    const time = typeof answer.elapsedMillis === "number" ? style.faint(` (${String(answer.elapsedMillis)} ms)`) : "";
    const details = Object.entries(answer.details ?? {}).map(([key, value]) => [key, valueCell(value)] as const);
    return [`${name}: ${verdict}${time}`, ...(details.length === 0 ? [] : [style.facts(details)])].join("\n");
  },
  ending: ({ status }): Ending => (status === "SUCCESS" ? "done" : "badNews"),
};

const failedTest = "A test that fails ends with exit code 6; its reasons are shown.";

export const actions: readonly AnyCommand[] = [
  sourceAction({
    ...test,
    name: "test-connection",
    about: "test whether the source's connector reaches its system",
    details: `The tenant keeps what comes of it as the source's health. ${failedTest}`,
    examples: [
      ['test-connection "HR Feed"', "reaches the system behind HR Feed"],
      ['test-connection "HR Feed" --json | jq .details', "the connector's own findings"],
    ],
    doing: "Testing the connection",
    call: (client, sourceId, _input, how) => client.call("testSourceConnection", { sourceId }, how),
  }),
  sourceAction({
    ...test,
    name: "test-configuration",
    about: "test whether the source's settings are complete and valid",
    details: failedTest,
    examples: [['test-configuration "HR Feed"', "looks at the settings without going to the system"]],
    doing: "Testing the configuration",
    call: (client, sourceId, _input, how) => client.call("testSourceConfiguration", { sourceId }, how),
  }),
  sourceAction({
    ...test,
    name: "ping",
    about: "ping the cluster that serves the source",
    details: failedTest,
    examples: [['ping "Corporate Directory"', "tells whether the cluster of virtual appliances answers"]],
    doing: "Pinging the cluster",
    call: (client, sourceId, _input, how) => client.call("pingCluster", { sourceId }, how),
  }),
  sourceAction({
    name: "health",
    about: "show the health of the source as the tenant knows it",
    details: "Tests nothing: `test-connection` does. A source that is in error ends with exit code 6.",
    examples: [['health "HR Feed"', "state, host and pod"]],
    doing: "Reading the health",
    call: (client, sourceId, _input, how) => client.call("getSourceHealth", { sourceId }, how),
    show: showHealth,
    ending: ({ status }): Ending => (isBroken(status) ? "badNews" : "done"),
  }),
  sourceAction({
    name: "sync-attributes",
    about: "synchronize the source's accounts with attributes of their identities",
    details:
      "Starts a job at the tenant and does not wait for it: the API has nothing to ask how far it is. Which attributes " +
      "are synchronized, the source's attribute synchronization says (`api getSourceAttrSyncConfig`).",
    examples: [['sync-attributes "Corporate Directory"', "starts the job"]],
    writes: true,
    doing: "Starting the attribute synchronization",
    call: (client, id, _input, how) => client.call("syncAttributesForSource", { id }, how),
    show: (job: SyncJob, style, { name }) =>
      `${name}: attribute synchronization ${statusOfJob(job, style)} ${style.faint(`(job ${job.id})`)}`,
    ending: ({ status }): Ending => (status === "ERROR" ? "badNews" : "done"),
  }),
  sourceAction<{ locale?: string }, ConnectorDetail>({
    name: "source-config",
    about: "show the form of the source's connector: which settings it takes",
    details: "For people the facts and the form; `--json` gives all, with the connector's templates.",
    options: [{ flags: "--locale <language>", about: "the language of the form's texts, such as de" }],
    examples: [
      ['source-config "HR Feed"', "what a Delimited File source can be told"],
      ['source-config "HR Feed" --json | jq -r .applicationXml', "the connector's template"],
    ],
    doing: "Reading the form of the connector",
    call: (client, id, { locale }, how) =>
      client.call("getSourceConfig", { id, ...(locale === undefined ? {} : { locale }) }, how),
    show: showConnector,
  }),
];

/** Details are free JSON: what is no plain value is shown as JSON. */
function valueCell(value: unknown): Cell {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? value
    : JSON.stringify(value);
}

const statusOfJob = ({ status }: SyncJob, style: Style): string =>
  status === "ERROR" ? style.bad("failed") : `is ${(status ?? "started").toLowerCase().replaceAll("_", " ")}`;

function showHealth(health: SourceHealth, style: Style): string {
  return style.facts([
    ["source", health.name],
    ["health", healthCell(health.status, style)],
    ["type", health.type],
    ["authoritative", health.isAuthoritative === true ? "yes" : "no"],
    ["on a cluster", health.isCluster === true ? "yes" : "no"],
    ["host", health.hostname],
    ["pod", health.pod],
    ["organization", health.org],
    ["IQService", health.iqServiceVersion],
  ]);
}

function showConnector(connector: ConnectorDetail, style: Style): string {
  const facts = style.facts([
    ["connector", connector.name],
    ["type", connector.type],
    ["script name", connector.scriptName],
    ["class", connector.className],
    ["direct connection", connector.directConnect === true ? "yes" : "no"],
    ["takes files", connector.fileUpload === true ? "yes" : "no"],
    ["status", connector.status],
  ]);
  const fields = fieldsOf(connector.sourceConfig ?? "");
  if (fields.length === 0) return facts;
  return `${facts}\n\n${style.table(["SETTING", "LABEL", "KIND"], fields)}`;
}

/** The fields of the form, which is XML. */
const fieldsOf = (form: string): string[][] =>
  elementsNamed("Field", form)
    .map(attributesOf)
    .map(({ name = "", displayName = "", type = "" }) => [name, displayName, type]);
