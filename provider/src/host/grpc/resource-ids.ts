import type { Journal } from "../../lifecycle";

/** The ids that resources have in the state, as far as the engine has told them to a process of this command. */
export class ResourceIds {
  private readonly known = new Map<string, string>();

  constructor(private readonly journal: Journal) {}

  /** Of a resource that the engine asks about. */
  learn(urn: string, id: string): void {
    this.known.set(urn, id);
  }

  /** Of one that it refreshes: another process may have to do with it afterwards. */
  learnOfState(urn: string, id: string): void {
    this.learn(urn, id);
    this.journal.note(["has", urn], id);
  }

  of(urn: string): string | undefined {
    return this.known.get(urn) ?? this.journal.noted(["has", urn]).at(-1);
  }
}
