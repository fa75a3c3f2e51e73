import { isObject, textOf } from "../json";
import type { Stored } from "../storage";
import type { Tenant } from "../tenant";
import type { Answer } from "./operation";

/** The answer with what an administrator of the simulator lays over objects: what odd tenants give out. */
export function asShown(tenant: Tenant, path: string, answer: Answer): Answer {
  const shown = tenant.storage.collection("shown");
  if (answer.status !== 200 || answer.contentType !== undefined || shown.entries().length === 0) return answer;
  const over = (at: string, object: unknown) => overlaid(object, shown.get(at));
  if (!Array.isArray(answer.body)) return { ...answer, body: over(path, answer.body) };
  const members = answer.body.map((member: unknown) => {
    const place = keysOf(member).map((key) => `${path}/${key}`);
    return over(place.find((at) => shown.get(at) !== undefined) ?? path, member);
  });
  return { ...answer, body: members };
}

function overlaid(object: unknown, shown: Stored | undefined): unknown {
  if (shown === undefined) return object;
  const { what } = shown;
  return isObject(what) && isObject(object) ? { ...object, ...what } : what;
}

/** What may stand behind the list's path in the path of a member. */
const keysOf = (member: unknown): string[] =>
  isObject(member)
    ? [member["id"], member["scriptName"], member["usageType"], member["type"]].map(textOf).filter((key) => key !== "")
    : [];
