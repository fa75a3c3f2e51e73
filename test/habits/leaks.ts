import type { RequestRecord } from "sailpoint-simulator";
import { NAMES, PLACES, type Place } from "./stack";
import { type Stock, idOn } from "./tenant-atoms";

/** The secrets of a source: each says whose it is, so that one that turns up anywhere else is seen. */
export const secretOf = (place: Place, what: string, version: number): string =>
  `geheim-${place}-${what}-${String(version)}`;
const SECRET = /geheim-(\w+)-\w+-\d+/;
/** Where such a secret stands, and the lists whose members have some. */
export const SECRET_ATOM = /assword|client_secret|[a-z]Key$|eaders|connectionParameters$/;
const MARKER = "[secret changed on the tenant]";

export const leaksIn = (texts: readonly string[]): string[] =>
  texts.flatMap((text) =>
    SECRET.test(text) ? [`a secret is shown: ${SECRET.exec(text)?.[0] ?? ""} in ${text.slice(0, 300)}`] : [],
  );

/** Secrets that were sent to another object than their own, and what must never be sent. */
export function misplacedIn(requests: readonly RequestRecord[], ...stocks: readonly Stock[]): string[] {
  return requests.flatMap(({ method, path, body, query }) => {
    const sent = JSON.stringify([body, query]);
    const wrong: string[] = [];
    if (sent.includes(MARKER)) wrong.push(`${method} ${path} carries the text that stands for a secret`);
    for (const place of PLACES) {
      if (!sent.includes(`geheim-${place}-`)) continue;
      const isOwn = stocks.some((stock) => path.includes(idOn(stock, place) ?? "nowhere"));
      const isCreation = method === "POST" && (body as { name?: unknown }).name === NAMES[place];
      if (!isOwn && !isCreation) wrong.push(`${method} ${path} carries a secret of ${place}`);
    }
    return wrong;
  });
}
