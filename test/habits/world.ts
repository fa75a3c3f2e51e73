import { type RunningTenant, startTenant } from "sailpoint-simulator";
import { Engine, type Options, type Result } from "../engine-model/engine";
import type { Goal } from "../engine-model/goal";
import { shown } from "../engine-model/marks";
import type { Clock } from "./clock";
import { told } from "./excuses";
import { type Beginning, firstStack, make } from "./beginning";
import { SECRET_ATOM, leaksIn, misplacedIn } from "./leaks";
import { type Deed, Ledger, changedAtoms } from "./ledger";
import { listened } from "./listening";
import { lookedUp } from "./look-ups";
import { mended } from "./mended";
import { NAMES, PLACES, type Place, type Stack, goalsOfStack } from "./stack";
import { type Stock, idOn, sourceObject, stockOf } from "./tenant-atoms";
import { managedObjects, wantedAtoms } from "./wanted";

/** More than the tenant lags, so that what is done is seen in time. */
const SETTLE_SECONDS = "3";
/** After edits of others: longer than any lag. */
const A_WHILE_MS = 10_000;
/** What a connector that runs writes into its own source. */
const CONNECTORS_OWN = /\.connectorAttributes\.(lastSync|refresh_token)$/;

/** What broke a rule, after what was done. */
class Violation extends Error {
  constructor(log: readonly string[], broken: string) {
    super(`${log.join("\n")}\n\n${broken}`);
  }
}

/** A tenant, a program and its state, what others do there, and the rules that hold whatever happens. */
export class World {
  stack: Stack = { sources: {}, children: {} };
  readonly ledger = new Ledger();
  /** Sources that others use. */
  readonly used = new Set<Place>();
  /** A fault waits for the next command. */
  isStruck = false;
  /** Cipher text does not tell whether a secret was changed. */
  isBlind = false;
  /** A connector wrote during the last command what the program declares. */
  private isRewritten = false;
  /** What others have changed since the state last saw the tenant. */
  readonly unseen = new Set<string>();
  private readonly engine: Engine;
  private current: Stock;
  /** What was done so far. */
  readonly log: string[] = [];
  private readonly goals = new Map<string, Goal[]>();

  private constructor(
    readonly tenant: RunningTenant,
    private readonly clock: Clock,
    private readonly door: Beginning["door"],
  ) {
    const { baseUrl, clientId, clientSecret } = tenant;
    const patience = { settleSeconds: SETTLE_SECONDS, requestsPer10Seconds: "unlimited", timeoutSeconds: "60" };
    const nowhere = { baseUrl: "http://127.0.0.1:9", clientId, clientSecret };
    this.engine = new Engine(door === "default" ? { baseUrl, clientId, clientSecret } : nowhere);
    this.engine.extra = patience;
    this.current = stockOf(tenant);
  }

  static async begin({ door, given }: Beginning, clock: Clock): Promise<World> {
    const tenant = await startTenant({ behaviours: { connectorWritesItself: true } });
    const world = new World(tenant, clock, door);
    for (const place of given) await make(place, tenant);
    clock.jump(A_WHILE_MS);
    world.current = stockOf(tenant);
    return world;
  }

  async deploy(beginning: Beginning): Promise<void> {
    this.stack = firstStack(beginning);
    if (beginning.deployed.length > 0) await this.up();
  }

  async end(): Promise<void> {
    await this.tenant.close();
  }

  idOf(place: Place): string | undefined {
    return idOn(this.current, place);
  }

  kept(): ReturnType<Engine["kept"]> {
    return this.engine.kept();
  }

  /** Others do something, behind the program's back. */
  others(act: (tenant: RunningTenant) => void): void {
    const before = this.current;
    act(this.tenant);
    this.clock.jump(A_WHILE_MS);
    const after = (this.current = stockOf(this.tenant));
    const changed = changedAtoms(before, after);
    this.ledger.contest(changed, after);
    for (const atom of changed) this.unseen.add(atom);
  }

  taint(urn: string): void {
    this.engine.taint(urn);
  }

  /** `pulumi state delete`. */
  forget(urn: string): void {
    const before = this.engine.kept();
    this.engine.forget(urn);
    this.forgetWhatLeft(before);
  }

  /** Of what the state had and has no more, nobody knows what the program has put there. */
  private forgetWhatLeft(before: ReturnType<Engine["kept"]>): void {
    const left = managedObjects(this.engine.kept());
    this.ledger.forget(new Set([...managedObjects(before)].filter((object) => !left.has(object))));
  }

  /** What a program asks of its tenant by name. */
  async lookUp(place: Place): Promise<void> {
    this.tenant.clearRequests();
    const broken = [...(await lookedUp(this.tenant, NAMES[place], this.idOf(place))), ...this.written("function")];
    if (broken.length > 0 && !this.isStruck) throw new Violation(this.log, broken.join("\n"));
  }

  async goalsOf(stack: Stack): Promise<Goal[]> {
    const key = JSON.stringify(stack);
    const { baseUrl, clientId, clientSecret } = this.tenant;
    const settings = this.door === "named" ? { baseUrl, clientId, clientSecret } : undefined;
    const known = this.goals.get(key) ?? (await goalsOfStack(stack, settings));
    this.goals.set(key, known);
    return known;
  }

  async up(options: Options = {}): Promise<void> {
    const goals = await this.goalsOf(this.stack);
    const deed = await this.command("up", options, goals, () => this.engine.up(goals, options));
    const isWhole = options.refresh !== false && options.targets === undefined;
    if (deed && isWhole && this.used.size === 0 && !this.isRewritten) {
      await this.quiet(goals);
    }
  }

  async preview(options: Options = {}): Promise<void> {
    const goals = await this.goalsOf(this.stack);
    await this.command("preview", options, goals, () => this.engine.preview(goals, options));
  }

  async refresh(): Promise<void> {
    await this.command("refresh", {}, [], () => this.engine.refresh());
  }

  async destroy(): Promise<void> {
    await this.command("destroy", {}, [], () => this.engine.destroy());
  }

  /** In the end, what is in the way is taken out of it: then an `up` goes through, and another finds nothing to do. */
  async settle(): Promise<void> {
    const { admin } = this.tenant;
    admin.set({ staleReadsMs: 0, shuffle: false, behaviours: { secrets: "stable" } });
    admin.clearFaults();
    this.isStruck = false;
    for (const app of Object.keys(admin.state()["source-apps"] ?? {})) admin.remove(`/source-apps/${app}`);
    this.used.clear();
    this.stack = mended(this.stack);
    await this.up();
  }

  private async command(
    what: "up" | "preview" | "refresh" | "destroy",
    options: Options,
    goals: readonly Goal[],
    act: () => Promise<Result>,
  ): Promise<boolean> {
    const writes = what === "up" || what === "destroy";
    const before = this.current;
    const kept = this.engine.kept();
    this.tenant.clearRequests();
    const { result, printed } = await listened(act);
    const struck = this.isStruck;
    this.isStruck = false;
    this.tenant.admin.clearFaults();
    this.clock.jump(A_WHILE_MS);
    const after = (this.current = stockOf(this.tenant));
    const ok = result.errors.length === 0;
    const unseen = new Set(options.refresh === false ? this.unseen : []);
    if (ok && options.refresh !== false && options.targets === undefined && what !== "preview") this.unseen.clear();
    const wanted = wantedAtoms(what === "up" ? goals : [], after);
    // Who names a resource that the program has no more asks for its deletion, whatever else stands for the object.
    const targeted = kept.filter(
      ({ urn }) =>
        options.targets?.includes(urn) === true && !goals.some((goal) => [goal.urn, ...goal.aliases].includes(urn)),
    );
    const isTargeted = (object: string) => targeted.some(({ id }) => object.endsWith(id.split("/")[0] ?? id));
    // Who takes an object over without having read its former resource cannot know what that one had added to it.
    const isUnread = options.refresh === false && result.steps.some(({ op }) => op === "create");
    const isUnknown = (atom: string) => isUnread && !wanted.atoms.has(atom);
    const ran = result.steps.some(({ name }) =>
      goals.some((goal) => goal.name === name && goal.kind === "aggregation"),
    );
    const byConnector = (atom: string) => ran && CONNECTORS_OWN.test(atom);
    const rewritten = changedAtoms(before, after).filter(byConnector);
    this.isRewritten = rewritten.some((atom) => wanted.atoms.has(atom) && !wanted.optional(atom));
    const deed: Deed = {
      before,
      after,
      ok: ok && what === "up" && options.targets === undefined,
      wanted: wanted.atoms,
      byOthers: (atom) => wanted.byPosition(atom) || byConnector(atom),
      ignored: wanted.optional,
      managed: managedObjects(what === "destroy" ? [] : this.engine.kept()),
      mayGo: (object) => writes && (this.mayGo(object, what, kept, before) || isTargeted(object)),
      exempt: (atom) =>
        unseen.has(atom) ||
        [wanted.optional, byConnector, isUnknown].some((is) => is(atom)) ||
        (this.isBlind && SECRET_ATOM.test(atom)),
    };
    const broken = [
      ...this.ledger.judge(deed),
      ...after.foreign.map((where) => `${where} holds cipher text of another object`),
      ...leaksIn([...printed, ...result.errors]),
      ...leaksIn(this.shownState()),
      ...misplacedIn(this.tenant.requests(), after, before),
      ...(writes ? [] : this.written(what)),
      ...(ok || struck ? this.silent(result) : told(result.errors, { world: this, goals, kept, unseen, before })),
    ];
    this.log.push(`  ${what}: ${result.steps.map(({ op, name }) => `${op} ${name}`).join(", ")}`);
    if (broken.length > 0) {
      throw new Violation(
        this.log,
        [
          ...broken,
          ...result.errors.map((text) => `  error: ${text.split("\n")[0] ?? ""}`),
          ...printed.map((text) => `  printed: ${text}`),
        ].join("\n"),
      );
    }
    this.ledger.enter(deed);
    this.forgetWhatLeft(kept);
    const known = new Set(kept.map(({ urn }) => urn));
    const anew = new Set(result.steps.filter(({ op }) => op === "create").map(({ name }) => name));
    const isAnew = ({ urn, name }: { urn: string; name: string }) => !known.has(urn) || anew.has(name);
    if (isUnread) this.ledger.doubt(managedObjects(this.engine.kept().filter(isAnew)));
    this.ledger.contest(rewritten);
    for (const atom of rewritten) this.unseen.add(atom);
    return ok;
  }

  private silent({ errors }: Result): string[] {
    return errors.filter((text) => text.trim().length < 10).map(() => "an error says nothing");
  }

  /** An `up` that succeeded is followed by a quiet preview. */
  private async quiet(goals: readonly Goal[]): Promise<void> {
    const { result, printed } = await listened(() => this.engine.preview(goals));
    this.clock.jump(A_WHILE_MS);
    const { steps, errors } = result;
    if (steps.length + errors.length === 0) return;
    throw new Violation(
      this.log,
      `an up that succeeded is followed by ${steps.map(({ op, name }) => `${op} ${name}`).join(", ")} ` +
        [...errors, ...printed].join("\n"),
    );
  }

  private written(what: string): string[] {
    return this.tenant
      .requests()
      .filter(({ method }) => method !== "GET")
      .map(({ method, path }) => `a ${what} sent ${method} ${path}`);
  }

  /** What of the state is there for everyone to read. */
  private shownState(): string[] {
    return this.engine
      .kept()
      .map(({ inputs, inputMarks, outputs, outputMarks }) =>
        JSON.stringify([shown(inputs, inputMarks), shown(outputs, outputMarks)]),
      );
  }

  private mayGo(object: string, what: string, kept: ReturnType<Engine["kept"]>, before: Stock): boolean {
    const id = object.split(" ").at(-1) ?? "";
    const source = kept.find((other) => other.kind === "source" && other.id === id);
    const place = PLACES.find((other) => idOn(before, other) === id);
    const sourceGoes = source !== undefined && place !== undefined && this.sourceMayGo(source, place, what);
    if (object === sourceObject(id) || sourceGoes) return sourceGoes;
    return this.ledger.isMade(object) || !/^(schemas|provisioning-policies|schedules) /.test(object);
  }

  private sourceMayGo(source: ReturnType<Engine["kept"]>[number], place: Place, what: string): boolean {
    const declared = this.stack.sources[place];
    if (what === "destroy" || !declared) return !source.protect && !source.retainOnDelete;
    const asks = (key: string) => {
      const now = declared.args[key];
      return now !== undefined && now !== source.inputs[key];
    };
    return asks("connector") || asks("connectorClass");
  }
}
