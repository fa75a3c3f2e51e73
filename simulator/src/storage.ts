/** A stored object. Objects are never changed in place: a write puts a new one, so a reader may keep what it got. */
export type Stored = Readonly<Record<string, unknown>>;

/**
 * All that a tenant keeps: objects in collections. A collection belongs to the tenant ("sources") or to one object of it
 * ("schemas" of a source).
 */
export interface Storage {
  collection(kind: string, parent?: string): Collection;
  /** Every collection there is, for dumps. */
  collections(): Iterable<{ kind: string; parent: string; collection: Collection }>;
  /** Forgets the collections that belong to this object. */
  removeChildren(parent: string): void;
}

export interface Collection {
  get(key: string): Stored | undefined;
  list(): Stored[];
  entries(): [string, Stored][];
  put(key: string, object: Stored): void;
  remove(key: string): boolean;
}

interface Version {
  at: number;
  object: Stored | undefined;
}

/** Storage in memory that can also be read as it was some time ago. */
export class MemoryStorage implements Storage {
  private readonly byName = new Map<string, MemoryCollection>();

  constructor(
    private readonly now: () => number,
    private readonly keepMs: () => number,
    private readonly changed: () => void = () => undefined,
  ) {}

  collection(kind: string, parent = ""): MemoryCollection {
    const name = `${kind} ${parent}`;
    let collection = this.byName.get(name);
    if (collection === undefined) {
      collection = new MemoryCollection(kind, parent, this.now, this.keepMs, this.changed);
      this.byName.set(name, collection);
    }
    return collection;
  }

  *collections(): Iterable<{ kind: string; parent: string; collection: MemoryCollection }> {
    for (const collection of this.byName.values()) {
      yield { kind: collection.kind, parent: collection.parent, collection };
    }
  }

  removeChildren(parent: string): void {
    for (const { parent: owner, collection } of this.collections()) {
      if (owner === parent) for (const [key] of collection.entries()) collection.remove(key);
    }
  }

  /** The storage as it was at that time; it cannot be written to. */
  asOf(time: number): Storage {
    return new PastStorage(this, time);
  }
}

class MemoryCollection implements Collection {
  private readonly objects = new Map<string, Stored>();
  private readonly past = new Map<string, Version[]>();

  constructor(
    readonly kind: string,
    readonly parent: string,
    private readonly now: () => number,
    private readonly keepMs: () => number,
    private readonly changed: () => void,
  ) {}

  get(key: string): Stored | undefined {
    return this.objects.get(key);
  }

  list(): Stored[] {
    return [...this.objects.values()];
  }

  entries(): [string, Stored][] {
    return [...this.objects.entries()];
  }

  put(key: string, object: Stored): void {
    this.remember(key, object);
    this.objects.set(key, object);
    this.changed();
  }

  remove(key: string): boolean {
    if (!this.objects.has(key)) return false;
    this.remember(key, undefined);
    this.objects.delete(key);
    this.changed();
    return true;
  }

  /** The object under this key at that time. */
  getAsOf(key: string, time: number): Stored | undefined {
    const versions = this.past.get(key);
    const last = versions?.findLast((version) => version.at <= time);
    if (last !== undefined) return last.object;
    return versions === undefined ? this.objects.get(key) : undefined;
  }

  keysEver(): Iterable<string> {
    return new Set([...this.past.keys(), ...this.objects.keys()]);
  }

  private remember(key: string, object: Stored | undefined): void {
    const keep = this.keepMs();
    if (keep === 0) {
      this.past.delete(key);
      return;
    }
    const now = this.now();
    const versions = this.past.get(key) ?? [{ at: 0, object: this.objects.get(key) }];
    const firstNeeded = versions.findLastIndex((version) => version.at <= now - keep);
    this.past.set(key, [...versions.slice(Math.max(firstNeeded, 0)), { at: now, object }]);
  }
}

class PastStorage implements Storage {
  constructor(
    private readonly present: MemoryStorage,
    private readonly time: number,
  ) {}

  collection(kind: string, parent = ""): Collection {
    return new PastCollection(this.present.collection(kind, parent), this.time);
  }

  *collections(): Iterable<{ kind: string; parent: string; collection: Collection }> {
    for (const { kind, parent } of this.present.collections()) {
      yield { kind, parent, collection: this.collection(kind, parent) };
    }
  }

  removeChildren(): void {
    throw new Error("The past cannot be written to.");
  }
}

class PastCollection implements Collection {
  constructor(
    private readonly present: MemoryCollection,
    private readonly time: number,
  ) {}

  get(key: string): Stored | undefined {
    return this.present.getAsOf(key, this.time);
  }

  list(): Stored[] {
    return this.entries().map(([, object]) => object);
  }

  entries(): [string, Stored][] {
    return [...this.present.keysEver()].flatMap((key): [string, Stored][] => {
      const object = this.get(key);
      return object === undefined ? [] : [[key, object]];
    });
  }

  put(): void {
    throw new Error("The past cannot be written to.");
  }

  remove(): boolean {
    throw new Error("The past cannot be written to.");
  }
}
