/** What a tenant remembers of a request. */
export interface RequestRecord {
  /** When it came, in milliseconds of the tenant's clock. */
  at: number;
  method: string;
  path: string;
  query: Record<string, string>;
  /** Undefined for the token call and for what no operation serves. */
  operationId: string | undefined;
  /** 0 if the client got no answer. */
  status: number;
  /** The body as it was sent: parsed if it was JSON. */
  body: unknown;
  /** Without `authorization`. */
  headers: Record<string, string>;
  /** The fault that struck it. */
  fault?: string;
}

/** How many requests the log holds at most; older ones are forgotten. */
const most = 200_000;

/** The log of the requests to a tenant, in the order in which they came. */
export class RequestLog {
  private records: RequestRecord[] = [];

  add(record: RequestRecord): void {
    this.records.push(record);
    if (this.records.length > most) this.records = this.records.slice(most / 2);
  }

  /** The requests so far; those to the token endpoint only if asked for. */
  all(withTokens = false): RequestRecord[] {
    return this.records.filter(({ path }) => withTokens || path !== "/oauth/token");
  }

  clear(): void {
    this.records = [];
  }
}
