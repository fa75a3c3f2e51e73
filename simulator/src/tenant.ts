import { Identifiers } from "./identifiers";
import { settingsOf, type Settings, type TenantOptions } from "./options";
import { Vault } from "./secrets";
import { MemoryStorage, type Storage } from "./storage";

/** One tenant: what it stores, how it behaves, and the ids, secrets and times that it gives out. */
export class Tenant {
  readonly name: string;
  readonly org: string;
  readonly settings: Settings;
  readonly storage: MemoryStorage;
  readonly ids: Identifiers;
  readonly vault: Vault;
  /** False while the tenant is made: what it starts with was always there. */
  open = false;
  /** Called after every change of what is stored. */
  changed: () => void = () => undefined;
  private readonly seed: string;
  private lastTime = 0;

  constructor(options: TenantOptions) {
    this.name = options.tenant ?? "a";
    this.org = `tenant-${this.name}`;
    this.seed = `${options.seed ?? "sailpoint"}/${this.name}`;
    this.settings = settingsOf(options);
    this.ids = new Identifiers(this.seed);
    this.vault = new Vault(this.seed);
    this.storage = new MemoryStorage(
      () => this.now(),
      () => (this.open ? this.settings.staleReadsMs : 0),
      () => {
        this.changed();
      },
    );
  }

  /** The tenant's clock, in milliseconds. */
  now(): number {
    return Date.now() + this.settings.clockOffsetMs;
  }

  /** The tenant's clock as the API writes times; no two calls give the same, so that every write can be seen. */
  timestamp(): string {
    this.lastTime = Math.max(this.now(), this.lastTime + 1);
    return new Date(this.lastTime).toISOString();
  }

  /** What a GET reads: the present, or what was there before the lag. */
  readStorage(): Storage {
    const lag = this.settings.staleReadsMs;
    return lag === 0 ? this.storage : this.storage.asOf(this.now() - lag);
  }

  /** The items in another order, the same one each time. */
  shuffled<T>(items: readonly T[], keyOf: (item: T) => string): readonly T[] {
    if (!this.settings.shuffle || items.length < 2) return items;
    const other = items.toSorted((left, right) => (this.rank(keyOf(left)) < this.rank(keyOf(right)) ? -1 : 1));
    return other.every((item, index) => item === items[index]) ? other.toReversed() : other;
  }

  /** The members of a list that nobody sorted. */
  inListOrder<T extends object>(rows: T[]): T[] {
    if (this.settings.behaviours.listOrder === "kept") return rows;
    return rows.toSorted((left, right) => (this.rank(nameIn(left)) < this.rank(nameIn(right)) ? -1 : 1));
  }

  private readonly ranks = new Map<string, string>();

  private rank(key: string): string {
    let rank = this.ranks.get(key);
    if (rank === undefined) this.ranks.set(key, (rank = this.ids.digest(`rank ${key}`)));
    return rank;
  }
}

/** What tells the members of a list apart. */
function nameIn(row: object): string {
  const { id, name, usageType, type } = row as Record<string, unknown>;
  return JSON.stringify([id, name, usageType, type]);
}
