import { createHash } from "node:crypto";

/**
 * Ids that look random and derive from the tenant's seed. The id of an object depends on its kind, its name and how many
 * of that name came before it, not on the order in which different objects are made: parallel runs agree.
 */
export class Identifiers {
  private readonly counts = new Map<string, number>();

  constructor(private readonly seed: string) {}

  /** The next id for an object of this kind and name: 32 hexadecimal digits. */
  next(kind: string, name: string): string {
    const key = `${kind}/${name}`;
    const count = this.counts.get(key) ?? 0;
    this.counts.set(key, count + 1);
    return this.digest(count === 0 ? key : `${key}/${String(count)}`).slice(0, 32);
  }

  /** The next id in the form of a UUID. */
  nextUuid(kind: string, name: string): string {
    return uuidOf(this.next(kind, name));
  }

  /** The UUID that always belongs to this text. */
  uuidOf(text: string): string {
    return uuidOf(this.digest(text).slice(0, 32));
  }

  /** A digest of the seed and this text, 64 hexadecimal digits. */
  digest(text: string): string {
    return createHash("sha256").update(`${this.seed}\n${text}`).digest("hex");
  }

  counters(): Record<string, number> {
    return Object.fromEntries(this.counts);
  }

  restore(counters: Record<string, number>): void {
    for (const [key, count] of Object.entries(counters)) this.counts.set(key, count);
  }
}

const uuidOf = (hex: string) =>
  [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join("-");
