import type { Cause } from "./errors";

/** What an error answer says, whichever of the five shapes it has. */
export interface Explanation {
  /** The tenant's words; empty when it said nothing that a person can read. */
  detail: string;
  causes: Cause[];
  trackingId: string | undefined;
  detailCode: string | undefined;
  /** `isc`: the API's own error. `gateway`: the edge before it. `page`: HTML. `empty`: nothing. */
  from: "isc" | "oauth" | "gateway" | "page" | "empty" | "other";
}

const longest = 2_000;

/**
 * Reads the body of an error answer: `{detailCode, trackingId, messages, causes}`, `{error, error_description}`,
 * `{error}`, `{message}`, `{formatted_msg | errorMessage | detailMessage}`, and what is none of them.
 */
export function explain(body: string): Explanation {
  const nothing = { causes: [], trackingId: undefined, detailCode: undefined };
  const trimmed = body.trim();
  if (trimmed === "") return { ...nothing, detail: "", from: "empty" };
  if (trimmed.startsWith("<")) return { ...nothing, detail: titleOf(trimmed), from: "page" };
  const parsed = parse(trimmed);
  if (!isRecord(parsed)) return { ...nothing, detail: clip(trimmed), from: "other" };

  const messages = texts(parsed["messages"]);
  const causes = texts(parsed["causes"]);
  const oauth = stringAt(parsed, "error_description");
  const own =
    stringAt(parsed, "formatted_msg") ?? stringAt(parsed, "errorMessage") ?? stringAt(parsed, "detailMessage");
  const error = stringAt(parsed, "error");
  const message = stringAt(parsed, "message");
  const said = [...messages, ...causes.filter((text) => !messages.includes(text))];
  const isOwn = own !== undefined || said.length > 0 || stringAt(parsed, "detailCode") !== undefined;
  const from = isOwn ? "isc" : error !== undefined ? "oauth" : message !== undefined ? "gateway" : "other";
  const detail = said.length > 0 ? said.join(" ") : (own ?? oauth ?? error ?? message ?? clip(trimmed));
  return {
    detail: clip(detail),
    causes: said.map(toCause),
    trackingId: stringAt(parsed, "trackingId"),
    detailCode: stringAt(parsed, "detailCode"),
    from,
  };
}

/** The property that a text of the tenant is about: `Illegal attempt to modify "healthy" field.` → `healthy`. */
function propertyNamedIn(text: string): string | undefined {
  for (const pattern of namings) {
    const found = pattern.exec(text)?.[1];
    if (found) return found.startsWith("/") ? found.slice(1).replaceAll("/", ".") : found;
  }
  return undefined;
}

const namings = [
  /["'“]([\w.[\]/-]+)["'”]\s+(?:field|property|attribute)\b/i,
  /\b(?:field|property|attribute|path|pointer)\s*:?\s+["'“]([\w.[\]/-]+)["'”]/i,
  /(?:^|\s)(\/[A-Za-z][\w.-]*(?:\/[\w.~-]+)*)/,
];

const toCause = (text: string): Cause => {
  const path = propertyNamedIn(text);
  return path === undefined ? { text } : { text, path };
};

/** The same message comes once for each locale: the first of them is told. */
function texts(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  const list = value.flatMap((item: unknown) => {
    if (typeof item === "string") return [item];
    const text = isRecord(item) ? stringAt(item, "text") : undefined;
    return text === undefined ? [] : [text];
  });
  return [...new Set(list.map((text) => text.trim()).filter((text) => text !== ""))];
}

function titleOf(page: string): string {
  const title = /<title[^>]*>([^<]*)</i.exec(page)?.[1] ?? /<h1[^>]*>([^<]*)</i.exec(page)?.[1];
  const name = title?.replace(/\s+/g, " ").trim();
  return name ? `a web page instead of an answer ("${clip(name)}")` : "a web page instead of an answer";
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON: the text itself is all that there is to tell.
    return undefined;
  }
}

function stringAt(record: Record<string, unknown>, key: string): string | undefined {
  const value = record[key];
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const clip = (text: string) => (text.length > longest ? `${text.slice(0, longest)}…` : text);
