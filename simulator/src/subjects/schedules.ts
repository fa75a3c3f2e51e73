import { z } from "zod";

import { bodyAs } from "../http/body";
import { invalid, notFound, refuse } from "../http/errors";
import { created, from2024, noContent, ok, type Call, type Operation } from "../http/operation";
import { patched } from "../http/patch";
import type { Stored } from "../storage";
import { quartzMistake } from "./quartz";
import { existingSource } from "./references";

const path = "/sources/:sourceId/schedules";
const versions = from2024;

export const scheduleOperations: readonly Operation[] = [
  { id: "getSourceSchedules", method: "GET", path, versions, handle: list },
  { id: "createSourceSchedule", method: "POST", path, versions, accepts: "json", handle: create },
  { id: "getSourceSchedule", method: "GET", path: `${path}/:scheduleType`, versions, handle: get },
  {
    id: "updateSourceSchedule",
    method: "PATCH",
    path: `${path}/:scheduleType`,
    versions,
    accepts: "json-patch",
    handle: update,
  },
  { id: "deleteSourceSchedule", method: "DELETE", path: `${path}/:scheduleType`, versions, handle: remove },
];

const scheduleTypes = ["ACCOUNT_AGGREGATION", "GROUP_AGGREGATION"] as const;

const scheduleSchema = z.object({ type: z.enum(scheduleTypes), cronExpression: z.string().min(1) });

function list(call: Call) {
  const sourceId = call.param("sourceId");
  if (call.storage.collection("sources").get(sourceId) === undefined) throw notFound();
  return ok(call.tenant.inListOrder(call.storage.collection("schedules", sourceId).list()));
}

function create(call: Call) {
  const sourceId = call.param("sourceId");
  existingSource(call.tenant, sourceId);
  const sent = bodyAs(scheduleSchema, call.body);
  const { duplicateSchedule } = call.tenant.settings.behaviours;
  const exists = call.tenant.storage.collection("schedules", sourceId).get(sent.type) !== undefined;
  if (exists && duplicateSchedule !== "replaced") {
    throw refuse(duplicateSchedule, `The source already has a schedule of type ${sent.type}.`);
  }
  return created(write(call, sent));
}

function get(call: Call) {
  const schedule = call.storage.collection("schedules", call.param("sourceId")).get(knownType(call));
  if (schedule === undefined) throw notFound();
  return ok(schedule);
}

function update(call: Call) {
  const after = patched(existing(call), call.body, ["type"], call.tenant.settings.behaviours);
  return ok(write(call, bodyAs(scheduleSchema, after)));
}

function remove(call: Call) {
  existing(call);
  call.tenant.storage.collection("schedules", call.param("sourceId")).remove(call.param("scheduleType"));
  return noContent;
}

function existing(call: Call): Stored {
  existingSource(call.tenant, call.param("sourceId"));
  const schedule = call.tenant.storage.collection("schedules", call.param("sourceId")).get(knownType(call));
  if (schedule === undefined) throw notFound();
  return schedule;
}

function knownType(call: Call): string {
  const type = call.param("scheduleType");
  if (!(scheduleTypes as readonly string[]).includes(type)) throw invalid(`There is no schedule type "${type}".`);
  return type;
}

function write(call: Call, sent: z.infer<typeof scheduleSchema>): Stored {
  const mistake = quartzMistake(sent.cronExpression);
  if (mistake !== undefined) throw invalid(`cronExpression "${sent.cronExpression}": ${mistake}`);
  const normalise = call.tenant.settings.behaviours.cronExpression === "normalised";
  const cronExpression = normalise
    ? sent.cronExpression.trim().replace(/\s+/g, " ").toUpperCase()
    : sent.cronExpression;
  const schedule = { type: sent.type, cronExpression };
  call.tenant.storage.collection("schedules", call.param("sourceId")).put(sent.type, schedule);
  return schedule;
}
