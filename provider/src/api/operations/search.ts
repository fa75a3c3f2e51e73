import { z } from "zod";
import { operation } from "./define";
import { flag, freeform, maybe, paged, text } from "./shapes";

/**
 * What is looked for, in Lucene's syntax (`query`) or Elasticsearch's (`queryType: "DSL"` with `queryDsl`). Texts match
 * by their words: who wants them equal compares the answers.
 */
const search = z.looseObject({
  /** `events` holds the audit events: who changed what and when, of this month and the year before. */
  indices: z.array(text),
  queryType: text.optional(),
  queryVersion: text.optional(),
  query: z.looseObject({ query: text, fields: z.array(text).optional() }).optional(),
  queryDsl: freeform.optional(),
  queryResultFilter: z
    .looseObject({ includes: z.array(text).optional(), excludes: z.array(text).optional() })
    .optional(),
  /** Fields, with `-` for the last first: `["-created"]`. */
  sort: z.array(text).optional(),
  /** The values of the fields in `sort` of the item before the first: the way beyond 10,000. */
  searchAfter: z.array(text).optional(),
  includeNested: flag.optional(),
  filters: freeform.optional(),
});
/** A search of SailPoint's index. */
export type Search = z.infer<typeof search>;

/**
 * An audit event: who did what to what, never the values before and after. Documents of the other indices have fields
 * of their own, which are kept as they come.
 */
const auditEvent = z.looseObject({
  id: maybe(text),
  /** `Update Source Passed`. */
  name: maybe(text),
  /** `SOURCE_UPDATE`. */
  action: maybe(text),
  /** `SOURCE_MANAGEMENT`. */
  type: maybe(text),
  /** `SOURCE_UPDATE_PASSED`. */
  technicalName: maybe(text),
  objects: maybe(z.array(text)),
  operation: maybe(text),
  status: maybe(text),
  created: maybe(text),
  synced: maybe(text),
  actor: maybe(z.looseObject({ name: maybe(text) })),
  target: maybe(z.looseObject({ name: maybe(text) })),
  attributes: maybe(freeform),
  trackingNumber: maybe(text),
  ipAddress: maybe(text),
  details: maybe(text),
});
/** An audit event: who did what, and when. */
export type AuditEvent = z.infer<typeof auditEvent>;

// The searches change nothing on the tenant, although they are POSTs: they may be repeated, also read-only.
const reading = {
  method: "POST",
  idempotent: true,
  writes: false,
  body: search,
} as const;

export const searches = {
  searchPost: operation({
    ...reading,
    path: "/search",
    does: "search the tenant",
    query: paged,
    answer: z.array(auditEvent),
    pageSize: 250,
    offsetsWithin: 10_000,
    describedIn: "https://developer.sailpoint.com/docs/api/v2025/search-post/",
  }),
  searchCount: operation({
    ...reading,
    path: "/search/count",
    does: "count what a search finds",
    answer: z.number(),
    reads: "total",
    describedIn: "https://developer.sailpoint.com/docs/api/v2025/search-count/",
  }),
};
