import type { Collection, Storage, Stored } from "../storage";

/** The storage as a client sees it that sees some sources only. */
export class VisibleStorage implements Storage {
  constructor(
    private readonly whole: Storage,
    private readonly sees: ReadonlySet<string>,
  ) {}

  collection(kind: string, parent = ""): Collection {
    const collection = this.whole.collection(kind, parent);
    return kind === "sources" ? new VisibleCollection(collection, this.sees) : collection;
  }

  *collections(): Iterable<{ kind: string; parent: string; collection: Collection }> {
    const sources = this.whole.collection("sources");
    for (const { kind, parent } of this.whole.collections()) {
      const isHidden = sources.get(parent) !== undefined && !this.sees.has(parent);
      if (!isHidden) yield { kind, parent, collection: this.collection(kind, parent) };
    }
  }

  removeChildren(parent: string): void {
    this.whole.removeChildren(parent);
  }
}

class VisibleCollection implements Collection {
  constructor(
    private readonly whole: Collection,
    private readonly sees: ReadonlySet<string>,
  ) {}

  get(key: string): Stored | undefined {
    return this.sees.has(key) ? this.whole.get(key) : undefined;
  }

  list(): Stored[] {
    return this.entries().map(([, object]) => object);
  }

  entries(): [string, Stored][] {
    return this.whole.entries().filter(([key]) => this.sees.has(key));
  }

  put(key: string, object: Stored): void {
    this.whole.put(key, object);
  }

  remove(key: string): boolean {
    return this.whole.remove(key);
  }
}
