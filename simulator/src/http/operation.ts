import type { Storage } from "../storage";
import type { Tenant } from "../tenant";
import type { Client } from "./token";
import type { Upload } from "./uploads";

/** The versions of the API that a tenant serves. */
export const versions = ["v3", "v2024", "v2025", "v2026", "beta"] as const;
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
  /** The versions that have it; all if absent. */
  versions?: readonly Version[];
  /** The versions in which the request must carry `X-SailPoint-Experimental: true`. */
  experimentalIn?: readonly Version[];
}

/** All versions but v3. */
export const from2024: readonly Version[] = ["v2024", "v2025", "v2026", "beta"];

export const ok = (body: unknown): Answer => ({ status: 200, body });
export const created = (body: unknown): Answer => ({ status: 201, body });
export const accepted = (body: unknown): Answer => ({ status: 202, body });
export const noContent: Answer = { status: 204 };
