import type { Storage } from "../storage";
import type { Tenant } from "../tenant";
import { invalid } from "./errors";
import type { Client } from "./token";
import type { Upload } from "./uploads";

/**
 * The forms of the API that a tenant serves side by side: annual ones, which are a prefix of the path (`/v2025/sources`),
 * and that of numbers behind each service (`/sources/v1`).
 */
export const versions = ["v3", "v2024", "v2025", "v2026", "beta", "services"] as const;
export type Version = (typeof versions)[number];

/** A request that reached its operation: authorised, parsed and of the right content type. */
export interface Call {
  tenant: Tenant;
  /** What this call reads: for a GET possibly the state of some time ago. */
  storage: Storage;
  version: Version;
  client: Client;
  param(name: string): string;
  query(name: string): string | undefined;
  /** The parsed JSON body. */
  body: unknown;
  /** The parts of a multipart body; undefined if the body is none. */
  form: Form | "unreadable" | undefined;
}

export interface Form {
  fields: ReadonlyMap<string, string>;
  files: ReadonlyMap<string, Upload>;
}

export interface Answer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
  /** Set for what is not JSON; then the body is a text. */
  contentType?: string;
}

type Handler = (call: Call) => Answer;

/** One row of the table of all that a tenant serves. */
export interface Operation {
  id: string;
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  path: string;
  handle: Handler;
  /** What the body must be. */
  accepts?: "json" | "json-patch" | "multipart";
  /** The body may be left out. */
  bodyOptional?: boolean;
  /** The number behind its service in the per-service form. Default 1. */
  number?: number;
  /** The versions that have it; all if absent. */
  versions?: readonly Version[];
  /** The versions in which the request must carry `X-SailPoint-Experimental: true`. */
  experimentalIn?: readonly Version[];
}

/** All versions but v3. */
export const from2024: readonly Version[] = ["v2024", "v2025", "v2026", "beta", "services"];

/** The path of an operation in a form of the API. */
export const pathUnder = (version: Version, { path, number = 1 }: Pick<Operation, "path" | "number">): string =>
  version === "services"
    ? path.replace(/^\/[^/]+/, (service) => `${service}/v${String(number)}`)
    : `/${version}${path}`;

/** What an address of a form names, told the same way for all forms. */
export const bareAddress = (version: Version, address: string): string =>
  address.replace(version === "services" ? /^(\/[^/]+)\/v\d+/ : /^()\/[^/]+/, "$1");

export const ok = (body: unknown): Answer => ({ status: 200, body });
export const created = (body: unknown): Answer => ({ status: 201, body });
export const accepted = (body: unknown): Answer => ({ status: 202, body });
export const noContent: Answer = { status: 204 };

/** A query parameter that is true or false; false if it is absent. */
export function flag(call: Call, name: string): boolean {
  const text = call.query(name);
  if (text === undefined || text === "false") return false;
  if (text === "true") return true;
  throw invalid(`${name} must be true or false.`);
}
