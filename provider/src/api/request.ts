import { SailPointError } from "./errors";
import type { Operation } from "./operations";
import type { UploadFile } from "./operations/shapes";
import { versions } from "./versions";

/** A call turned into what goes over the wire. Built anew for each attempt, because a form can be read only once. */
export interface Prepared {
  /** Below the version, with the query. */
  path: string;
  headers: Record<string, string>;
  body(): string | FormData | undefined;
}

/** What a call was given: path and query parameters by name, the body as `body`. */
export type CallParameters = Readonly<Record<string, unknown>>;

export function prepare(operationId: string, operation: Operation, parameters: CallParameters): Prepared {
  const wrong = (happened: string) =>
    new SailPointError({ kind: "bug", context: `Cannot ${operation.does}`, happened, operationId, remedy: "" });
  const inPath = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? "");
  const inQuery = Object.keys(operation.query ?? {});
  const known = new Set([...inPath, ...inQuery, ...(operation.body ? ["body"] : [])]);
  const unknown = Object.keys(parameters).filter((name) => !known.has(name));
  if (unknown.length > 0) {
    throw wrong(`${operationId} takes no ${unknown.join(", ")}; it takes ${[...known].join(", ") || "nothing"}`);
  }

  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = parameters[name];
    // "" would turn GET /sources/{id} into GET /sources/, and ".." would climb.
    if (typeof value !== "string" || value === "" || value === "." || value === "..") {
      throw wrong(
        `${operationId} needs ${name}, and ${value === undefined ? "it is missing" : `got ${JSON.stringify(value)}`}`,
      );
    }
    return encodeURIComponent(value);
  });
  const query = new URLSearchParams();
  for (const name of inQuery) {
    const value = parameters[name];
    if (value !== undefined && value !== null) query.set(name, String(value));
  }
  const search = query.toString().replaceAll("+", "%20");
  const body = parameters["body"];
  const sent = body ?? undefined;
  if (operation.body && sent === undefined && !operation.body.safeParse(undefined).success) {
    throw wrong(`${operationId} needs a body, and it is missing`);
  }
  return {
    path: search ? `${path}?${search}` : path,
    headers: {
      accept: accepts[operation.reads],
      ...(operation.experimentalIn.length > 0 ? { "x-sailpoint-experimental": "true" } : {}),
      ...(sent !== undefined && operation.sends !== "multipart"
        ? { "content-type": contentTypes[operation.sends] }
        : {}),
    },
    body: () => (sent === undefined ? undefined : operation.sends === "multipart" ? form(sent) : JSON.stringify(sent)),
  };
}

/** Whether a version of the API has the operation. Annual ones that are not known are taken to have what any of them has. */
export function has({ versions: having }: Operation, version: string): boolean {
  const known: readonly string[] = versions;
  const isAnnual = having.some((one) => one !== "services");
  return known.includes(version) ? (having as readonly string[]).includes(version) : isAnnual;
}

/** Refuses a call on a version of the API that does not have the operation. */
export function checkHas(operationId: string, operation: Operation, version: string): void {
  if (has(operation, version)) return;
  throw new SailPointError({
    kind: "configuration",
    context: `Cannot ${operation.does}`,
    happened: `version ${version} of the API has no ${operationId}`,
    operationId,
    method: operation.method,
    path: operation.path,
    remedy: `Set sailpoint:apiVersion to ${operation.versions.join(" or ")}. (On the command line: --api-version.)`,
  });
}

const contentTypes = { json: "application/json", "json-patch": "application/json-patch+json" } as const;
const accepts = {
  json: "application/json",
  csv: "text/csv, application/json",
  total: "application/json",
  nothing: "application/json",
} as const;

/** Files and fields. Without any there is no body at all: the tenant answers an empty multipart body with 500. */
function form(body: unknown): FormData | undefined {
  const result = new FormData();
  let empty = true;
  for (const [name, value] of Object.entries(body as Record<string, unknown>)) {
    if (value === undefined || value === null) continue;
    empty = false;
    if (isFile(value)) result.append(name, new Blob([value.content]), value.name);
    else result.append(name, String(value));
  }
  return empty ? undefined : result;
}

const isFile = (value: unknown): value is UploadFile =>
  typeof value === "object" && value !== null && "content" in value;
