import { type Atoms, membersAround } from "./atoms";
import type { Stock } from "./tenant-atoms";

/** What an atom was before the program had it; unsure where the object was made together with it. */
type Prior = string | undefined | typeof UNSURE;
const UNSURE = Symbol("unsure");

/** Lists whose order and membership are the program's. */
const ORDERED = /\.(connectionParameters|fields|attributeAssignments)\[[^\]]*\]$/;

/** What one command did to the tenant, and what the program asked for. */
export interface Deed {
  before: Stock;
  after: Stock;
  wanted: Atoms;
  /** What the program ignores: what it has put there stays its own. */
  ignored: (atom: string) => boolean;
  /** What the engine may have put elsewhere, and what a connector has written meanwhile. */
  byOthers: (atom: string) => boolean;
  /** Whether the command says that all went well. */
  ok: boolean;
  /** Whether an object that is gone was to go. */
  mayGo: (object: string) => boolean;
  /** Objects that a resource of the program stands for. */
  managed: ReadonlySet<string>;
  /** Atoms that the command did not have to look at. */
  exempt: (atom: string) => boolean;
}

/** Who has what on the tenant: what the program has put there, and what was there before. */
export class Ledger {
  private readonly claims = new Map<string, Prior>();
  /** Claims that others have touched since: either may win. */
  private readonly contested = new Set<string>();
  private readonly made = new Set<string>();

  /** Whether the program has made this object. */
  isMade = (object: string): boolean => this.made.has(object);

  /** Others have changed this, and what they have removed is nobody's. */
  contest(changed: readonly string[], after?: Stock): void {
    for (const atom of changed) if (this.claims.has(atom)) this.contested.add(atom);
    for (const object of this.made) if (after?.objects.has(object) === false) this.made.delete(object);
  }

  /** The state has nothing of these objects any more: all that is there now, others may have put there. */
  forget(objects: ReadonlySet<string>): void {
    for (const object of objects) this.made.delete(object);
    for (const atom of [...this.claims.keys()]) {
      if (!objects.has(objectOf(atom))) continue;
      this.claims.delete(atom);
      this.contested.delete(atom);
    }
  }

  /** Another resource has taken these objects over, and could not know what of them the former one had added. */
  doubt(objects: ReadonlySet<string>): void {
    for (const atom of [...this.claims.keys()]) if (objects.has(objectOf(atom))) this.claims.set(atom, UNSURE);
  }

  /** Everything about a deed that the program's declaration does not explain. */
  judge(deed: Deed): string[] {
    const { before, after } = deed;
    const gone = [...before.objects].filter((object) => !after.objects.has(object) && !deed.mayGo(object));
    return [
      ...gone.map((object) => `${object} is gone`),
      ...changedAtoms(before, after).flatMap((atom) => this.unexplained(atom, deed)),
      ...(deed.ok ? this.missing(deed) : []),
    ];
  }

  private unexplained(atom: string, { before, after, wanted, ok, byOthers, managed }: Deed): string[] {
    const object = objectOf(atom);
    if (!before.objects.has(object) || !after.objects.has(object)) return [];
    const [was, is, want] = [before.atoms.get(atom), after.atoms.get(atom), wanted.get(atom)];
    if (want !== undefined && (is === want || this.contested.has(atom))) return [];
    if (byOthers(atom)) return [];
    // What came with a source that the program made is given back as the tenant made it, which nobody has seen.
    if (want === undefined && this.made.has(object) && !managed.has(object)) return [];
    const isClaimed = this.claims.has(atom);
    const prior = this.claims.get(atom);
    if (want !== undefined && !ok && isClaimed && (is === prior || is === undefined || prior === UNSURE)) return [];
    if (want === undefined && isClaimed) {
      if (prior === UNSURE || is === prior || this.contested.has(atom)) return [];
    }
    if (want === undefined && this.followsMember(atom, before, after, wanted)) return [];
    if (is === undefined && followsType(atom, before, wanted)) return [];
    return [`${atom} was ${String(was)} and is ${String(is)}${want === undefined ? ", undeclared" : `, not ${want}`}`];
  }

  /** What stands in a member of a list comes with the member, and goes with it. */
  private followsMember(atom: string, before: Stock, after: Stock, wanted: Atoms): boolean {
    return membersAround(atom).some((member) => {
      const [was, is] = [before.atoms.has(member), after.atoms.has(member)];
      if (!was && is) return wanted.has(member) || this.claims.has(member);
      if (was && !is) return !wanted.has(member) && (this.claims.has(member) || this.isOurList(member, wanted));
      return false;
    });
  }

  private isOurList(member: string, wanted: Atoms): boolean {
    if (!ORDERED.test(member)) return false;
    const list = member.slice(0, member.lastIndexOf("["));
    const isIn = (atom: string) => atom.startsWith(`${list}[`);
    return [...wanted.keys()].some(isIn) || [...this.claims.keys()].some(isIn);
  }

  private missing({ before, after, wanted, managed, exempt }: Deed): string[] {
    const declared = [...wanted].filter(([atom, want]) => after.atoms.get(atom) !== want && !exempt(atom));
    const kept = [...this.claims].filter(
      ([atom, prior]) =>
        prior === undefined &&
        !wanted.has(atom) &&
        !this.contested.has(atom) &&
        managed.has(objectOf(atom)) &&
        before.objects.has(objectOf(atom)) &&
        after.atoms.has(atom) &&
        !exempt(atom) &&
        membersAround(atom).length === 0,
    );
    return [
      ...declared.map(([atom, want]) => `${atom} is declared as ${want} and is ${String(after.atoms.get(atom))}`),
      ...kept.map(([atom]) => `${atom} is declared no longer and still there, though the program had added it`),
    ];
  }

  /** Writes down what a deed has made the program's, and what it has given back. */
  enter({ before, after, wanted, ok, managed, mayGo, ignored }: Deed): void {
    for (const object of after.objects) {
      if (!before.objects.has(object) && managed.has(object)) this.made.add(object);
    }
    const touched = new Set([...wanted.keys(), ...changedAtoms(before, after)]);
    for (const atom of touched) {
      if (this.claims.has(atom)) continue;
      this.claims.set(atom, before.objects.has(objectOf(atom)) ? before.atoms.get(atom) : UNSURE);
    }
    for (const atom of [...this.claims.keys()]) {
      const object = objectOf(atom);
      const isGivenBack =
        ok && !wanted.has(atom) && !ignored(atom) && object.startsWith("source ") && membersAround(atom).length === 0;
      const isLeft = ok && !managed.has(object);
      if (isGivenBack || isLeft || (before.objects.has(object) && !after.objects.has(object) && mayGo(object))) {
        this.claims.delete(atom);
        this.contested.delete(atom);
      }
    }
    for (const object of [...this.made]) if (!after.objects.has(object)) this.made.delete(object);
  }
}

/** What is in a transform goes with it where the program declares one of another type. */
function followsType(atom: string, before: Stock, wanted: Atoms): boolean {
  const [, transform] = /^(.*\.transform)\.attributes\./.exec(atom) ?? [];
  const type = wanted.get(`${String(transform)}.type`);
  return type !== undefined && before.atoms.get(`${String(transform)}.type`) !== type;
}

const objectOf = (atom: string): string => atom.split(/[.{[]/)[0] ?? "";

export function changedAtoms(before: Stock, after: Stock): string[] {
  const all = new Set([...before.atoms.keys(), ...after.atoms.keys()]);
  return [...all].filter((atom) => before.atoms.get(atom) !== after.atoms.get(atom));
}
