import type { ApiDocument, DocumentedOperation, Json } from "./document";

/** What came back. */
export interface Received {
  status: number;
  contentType: string;
  text: string;
}

/** Counts what was held against the document, and tells each mismatch. */
export class Judge {
  passed = 0;
  failed = 0;
  /** Statuses that each operation was seen to answer. */
  readonly seen = new Map<string, Set<number>>();
  private readonly notes = new Set<string>();

  constructor(
    private readonly document: ApiDocument,
    private readonly tell: (line: string) => void,
  ) {}

  /** Takes a check that is no answer. */
  check(what: string, mistakes: string[]): void {
    if (mistakes.length === 0) this.passed += 1;
    else {
      this.failed += 1;
      this.tell(`MISMATCH ${what}`);
      for (const mistake of mistakes) this.tell(`    ${mistake}`);
    }
  }

  /** Holds an answer against what the document says of it. Returns the body. */
  answer(what: string, method: string, address: string, expected: number, received: Received): unknown {
    const operation = this.document.find(method, address);
    if (operation === undefined) {
      this.check(what, [`The document has no ${method} ${address}.`]);
      return undefined;
    }
    const { status } = received;
    this.seen.set(operation.id, (this.seen.get(operation.id) ?? new Set()).add(status));
    const body = parsed(received);
    const asExpected = status === expected ? [] : [`expected ${String(expected)}, got ${received.text.slice(0, 300)}`];
    const label = `${operation.id} ${String(status)}: ${what}`;
    this.check(label, [...asExpected, ...this.mistakesOf(operation, received, body)]);
    return body;
  }

  /** Things that are no mismatch and worth knowing. */
  allNotes(): string[] {
    return [...this.notes];
  }

  private mistakesOf(operation: DocumentedOperation, received: Received, body: unknown): string[] {
    const { status } = received;
    const documented = this.document.response(operation, status);
    if (documented === undefined) return [`The document has no status ${String(status)} for it.`];
    if (!documented.ofOperation) {
      this.notes.add(`${operation.id} answers ${String(status)}, which the document gives only in general.`);
    }
    const content = contentOf(documented.response);
    const types = Object.keys(content);
    const type = received.contentType.split(";")[0]?.trim() ?? "";
    if (types.length === 0)
      return received.text === "" ? [] : [`There must be no body: ${received.text.slice(0, 200)}`];
    if (!types.includes(type)) return [`The content type is "${type}", not ${types.join(" or ")}.`];
    if (type !== "application/json") return [];
    if (body === undefined) return ["The body is no JSON."];
    return this.document.mistakes((content[type] as Json | undefined)?.["schema"] ?? {}, body);
  }
}

const contentOf = (response: Json): Json => (response["content"] ?? {}) as Json;

function parsed(received: Received): unknown {
  if (!received.contentType.startsWith("application/json")) return undefined;
  try {
    return JSON.parse(received.text) as unknown;
  } catch {
    return undefined; // told as a mismatch where JSON is expected
  }
}
