import { z } from "zod";

import { bodyAs } from "../http/body";
import { immutable, notFound } from "../http/errors";
import { from2024, ok, type Call, type Operation } from "../http/operation";
import { isObject, textOf, type JsonObject } from "../json";
import type { Tenant } from "../tenant";
import { existingSource } from "./references";

const path = "/sources/:id/correlation-config";

export const correlationOperations: readonly Operation[] = [
  { id: "getCorrelationConfig", method: "GET", path, versions: from2024, handle: get },
  { id: "putCorrelationConfig", method: "PUT", path, versions: from2024, accepts: "json", handle: put },
];

const configSchema = z.object({
  id: z.string().nullish(),
  name: z.string().nullish(),
  attributeAssignments: z
    .array(
      z.looseObject({
        property: z.string().min(1),
        value: z.string().min(1),
        operation: z.literal("EQ").nullish(),
        complex: z.boolean().nullish(),
        ignoreCase: z.boolean().nullish(),
        matchMode: z.enum(["ANYWHERE", "START", "END"]).nullish(),
        filterString: z.string().nullish(),
      }),
    )
    .nullish(),
});

/** The id of the correlation config that a source always has. */
export const correlationId = (tenant: Tenant, sourceId: string) =>
  tenant.ids.digest(`correlation of ${sourceId}`).slice(0, 32);

/** The name that the server gives it; it follows the name of the source. */
export function correlationName(tenant: Tenant, source: Readonly<JsonObject>): string {
  const name = textOf(source["name"]);
  if (tenant.settings.behaviours.correlationName === "source-first") return `Source [${name}] Account Correlation`;
  const number = Number.parseInt(correlationId(tenant, textOf(source["id"])).slice(0, 4), 16);
  return `${name} [source-${String(number)}] Account Correlation`;
}

function get(call: Call) {
  const id = call.param("id");
  const source = call.storage.collection("sources").get(id);
  if (source === undefined) throw notFound();
  const stored = call.storage.collection("correlation-config", id).get("");
  const { freshCorrelation } = call.tenant.settings.behaviours;
  if (stored === undefined && freshCorrelation === "404") throw notFound();
  const attributeAssignments =
    stored === undefined ? fresh[freshCorrelation] : (stored["attributeAssignments"] ?? null);
  return ok({ ...identity(call.tenant, source), attributeAssignments });
}

/** What a config holds that nobody wrote. */
const fresh = {
  empty: [],
  template: [{ property: "email", value: "mail", operation: "EQ", complex: false, ignoreCase: false }],
  null: null,
  "404": [],
};

function put(call: Call) {
  const id = call.param("id");
  const source = existingSource(call.tenant, id);
  const sent = bodyAs(configSchema, call.body);
  const own = identity(call.tenant, source);
  if (isObject(call.body) && typeof sent.id === "string" && sent.id !== own["id"]) throw immutable("id");
  const given = sent.attributeAssignments === undefined ? [] : sent.attributeAssignments;
  const attributeAssignments =
    given?.map((assignment) => ({
      ...assignment,
      operation: assignment.operation ?? "EQ",
      complex: assignment.complex ?? false,
      ignoreCase: assignment.ignoreCase ?? false,
    })) ?? null;
  call.tenant.storage.collection("correlation-config", id).put("", { attributeAssignments });
  return ok({ ...own, attributeAssignments });
}

const identity = (tenant: Tenant, source: Readonly<JsonObject>): JsonObject => ({
  id: correlationId(tenant, textOf(source["id"])),
  name: correlationName(tenant, source),
});
