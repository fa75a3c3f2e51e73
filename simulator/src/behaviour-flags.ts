import { defaultBehaviours, type Behaviours } from "./behaviours";

/** The values that each switch takes; "number" stands for any whole number, "text" for any text. */
const values: Readonly<Record<keyof Behaviours, readonly (string | number | boolean)[] | "number" | "text">> = {
  angularSuffix: [true, false],
  secrets: ["stable", "changing", "masked"],
  clusterOfFileSources: ["null", "kept"],
  duplicateSourceName: [400, 409],
  duplicateSchema: [400, 409],
  duplicatePolicy: [400, 409],
  duplicateSchedule: [400, 409, "replaced"],
  patchNull: ["set", "remove", "refuse"],
  freshCorrelation: ["empty", "template", "null", "404"],
  correlationName: ["source-first", "name-first"],
  cronExpression: ["kept", "normalised"],
  identityAttributeSettable: [true, false],
  emptyConfiguration: ["empty", "null", "absent"],
  unreliableSchemaAnswers: [true, false],
  policyName: ["kept", "null", "empty"],
  retryAfter: ["seconds", "date"],
  lingerAfterDeletionMs: "number",
  completionStatusLagMs: "number",
  undocumentedFields: [true, false],
  cloudRulesListed: [true, false],
  cloudRulesById: [true, false],
  ownedAttributes: ["dropped", "refused"],
  connectorWritesItself: [true, false],
  shortPages: [true, false],
  listOrder: ["kept", "shuffled"],
  unseenSource: [404, 403],
  policiesWithoutPath: "text",
  blankFieldType: ["kept", "string"],
  managedAttributes: [true, false],
  services: [true, false],
  eventSourceId: [true, false],
  eventsLagMs: "number",
  deprecated: "text",
  connectorFileNames: ["plain", "folder"],
  deletionName: ["null", "absent"],
  emptyMultipart: [500, 400],
  ownerNull: [true, false],
  deleteWhileBusy: [true, false],
};

/** Reads `key=value`. Throws an error that tells what can be given. */
export function behaviourFrom(text: string): Partial<Behaviours> {
  const [key = "", value = ""] = text.split(/=(.*)/s);
  if (!isBehaviour(key)) {
    throw new Error(`There is no behaviour "${key}"; there are ${Object.keys(defaultBehaviours).join(", ")}.`);
  }
  const allowed = values[key];
  if (allowed === "number") {
    if (!/^\d+$/.test(value)) throw new Error(`${key} takes a whole number.`);
    return { [key]: Number(value) };
  }
  if (allowed === "text") return { [key]: value };
  const found = allowed.find((candidate) => String(candidate) === value);
  if (found === undefined) throw new Error(`${key} takes ${allowed.join(" or ")}.`);
  return { [key]: found };
}

const isBehaviour = (key: string): key is keyof Behaviours => Object.hasOwn(defaultBehaviours, key);
