import type { z } from "zod";
import { type Version, versions } from "../versions";

/** How an operation is sent. */
export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/**
 * One operation of the API as data. What is not said has the value that most operations have, see {@link operation}.
 */
export interface Definition {
  method: Method;
  /** In the annual form, below the version, with `{name}` for each path parameter; its first part is the service. */
  path: `/${string}`;
  /** The number that the service's name is followed by in the per-service form. Default: 1. */
  number?: number;
  /** What a call does, as the beginning of a message: "read the source". */
  does: string;
  /** Query parameters by their name in the API. */
  query?: z.ZodRawShape;
  body?: z.ZodType;
  /** How the body is sent. Default: `json`; `json-patch` for PATCH. */
  sends?: "json" | "json-patch" | "multipart";
  /** What a successful answer is. Absent: there is no content. */
  answer?: z.ZodType;
  /** How the answer is read; `total`: it is the `X-Total-Count`. Default: `json`, or `nothing` without an `answer`. */
  reads?: "json" | "csv" | "total" | "nothing";
  /** The versions that have it. Default: all. */
  versions?: readonly Version[];
  /**
   * Where it asks for the header `X-SailPoint-Experimental`; tenants may run earlier documents than the newest. The
   * header is harmless where it is not asked for, so it is sent in every version once one of them wants it.
   */
  experimentalIn?: readonly (Version | "earlier documents")[];
  /** May be sent again when its answer was lost. Default: GET, PUT and DELETE may. */
  idempotent?: boolean;
  /** Changes something on the tenant. Default: everything but GET. */
  writes?: boolean;
  /** A collection: how many items a page has at most. */
  pageSize?: number;
  /** A search: so many items are reached by `offset`, what lies beyond by its body's `searchAfter`. */
  offsetsWithin?: number;
  /** A field that the collection can be sorted by, so that pages do not shuffle. */
  sortedBy?: string;
  /** Its operationId in the API's documents, where that is another than the table's key. */
  documentedAs?: string;
  /** Not in the documents that `npm run conformance` holds the table against; where it is described instead. */
  describedIn?: string;
  /** Works on the connected system while we wait: a minute is not unusual. */
  slow?: boolean;
}

/** What a definition need not say. */
type Said = Required<
  Pick<Definition, "number" | "sends" | "reads" | "versions" | "experimentalIn" | "idempotent" | "writes" | "slow">
>;

/** A definition with everything said. */
export type Operation = Definition & Said;

export function operation<const D extends Definition>(definition: D): D & Said {
  const { method } = definition;
  return {
    number: 1,
    sends: method === "PATCH" ? "json-patch" : "json",
    reads: definition.answer ? "json" : "nothing",
    versions,
    experimentalIn: [],
    idempotent: method !== "POST" && method !== "PATCH",
    writes: method !== "GET",
    slow: false,
    ...definition,
  };
}

/** `/sources/{sourceId}/schemas/{schemaId}` → `"sourceId" | "schemaId"` */
type PathParameter<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | PathParameter<Rest>
  : never;
type InPath<D extends Definition> = Record<PathParameter<D["path"]>, string>;
type InQuery<D extends Definition> = D extends { query: infer Query extends z.ZodRawShape }
  ? z.input<z.ZodObject<Query>>
  : unknown;
type InBody<D extends Definition> = D extends { body: infer Body extends z.ZodType }
  ? undefined extends z.input<Body>
    ? { body?: z.input<Body> }
    : { body: z.input<Body> }
  : unknown;
type Flat<T> = { [Key in keyof T]: T[Key] };

/** What a call takes: path and query parameters by name, the body as `body`. */
export type ParametersOf<D extends Definition> = Flat<InPath<D> & InQuery<D> & InBody<D>>;
/** What a call answers. */
export type AnswerOf<D extends Definition> = D extends { answer: infer Answer extends z.ZodType }
  ? z.output<Answer>
  : undefined;
