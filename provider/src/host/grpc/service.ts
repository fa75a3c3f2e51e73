import { status } from "@grpc/grpc-js";
import { type Action, type Kind, isAction } from "../../kinds/kind";
import {
  type Call,
  type Foresight,
  HalfDoneError,
  type Lifecycle,
  NOTHING_MET,
  asFarAsPossible,
  inputsOf,
  lifecycleOf,
} from "../../lifecycle";
import type { Json, JsonObject } from "../../reconcile";
import { UNKNOWN } from "../../reconcile/unknown";
import type { Connection, Session } from "../../tenant/session";
import { AskedOf } from "../asked";
import { DeclaredObjects } from "./declared-objects";
import { type Looks, MISSING, creationLooks, lacksNames, nameLooks, requireNames } from "../looks";
import { ReadOnlyHints } from "../read-only";
import { CallError } from "./call-error";
import { detailed } from "./detailed-diff";
import { diffResponse } from "./diff-response";
import { typeOf } from "./face";
import { explained, halfDone, importedAlready } from "./failure";
import type { Ground } from "./ground";
import { MissingNames } from "./missing-names";
import { outputsInPreview, plannedId } from "./preview";
import { ResourceIds } from "./resource-ids";
import { sent } from "./secrecy";
import {
  type Answer,
  type Asked,
  CheckFailure,
  type CheckRequest,
  type CheckResponse,
  type ConfigureRequest,
  type ConfigureResponse,
  type CreateRequest,
  type CreateResponse,
  type DeleteRequest,
  type DiffRequest,
  type DiffResponse,
  type ReadRequest,
  type ReadResponse,
  type UpdateRequest,
  type UpdateResponse,
} from "./protocol";
import { Unread, goneUnread, toldOf } from "./unread";
import { Secrets, unmarked } from "./values";

/** A resource as a call names it. */
interface Subject {
  urn: string;
  kind: Kind | Action;
  lifecycle: Lifecycle;
  envelope: JsonObject;
}

/** Pulumi's protocol for our kinds: each call in its words, done by the lifecycle that all hosts share. */
export class KindService {
  private connection: Connection;
  private readonly lifecycles = new Map<Kind | Action, Lifecycle>();
  private readonly ids: ResourceIds;
  private readonly unread = new Unread();
  private readonly told = new Set<string>();
  private readonly asked = new AskedOf();
  private readonly names: Looks;
  private readonly creations: Looks;
  private readonly readOnly = new ReadOnlyHints();
  private readonly missing = new MissingNames();
  private readonly objects = new DeclaredObjects();

  constructor(private readonly ground: Ground) {
    this.names = nameLooks(ground.reports(""));
    this.creations = creationLooks(ground.reports(""));
    this.connection = ground.sessions.connect(() => undefined);
    this.ids = new ResourceIds(ground.journal);
  }

  /** Called once, before any other call. */
  configure({ args, name }: Asked<typeof ConfigureRequest>): Answer<typeof ConfigureResponse> {
    const { face, sessions } = this.ground;
    this.connection = sessions.connect(face.settings(unmarked(args), name));
    return { acceptSecrets: true, supportsPreview: true };
  }

  check(request: Asked<typeof CheckRequest>): Promise<Answer<typeof CheckResponse>> {
    return this.missing.during(() => this.checked(request));
  }

  private async checked(request: Asked<typeof CheckRequest>): Promise<Answer<typeof CheckResponse>> {
    const secrets = new Secrets();
    const news = unmarked(request.news, secrets);
    const subject = this.subject(request.urn, news);
    const isDeclared = ([key]: [string, Json]) => !(key in subject.envelope) && key !== MISSING;
    const declared = Object.fromEntries(Object.entries(news).filter(isDeclared));
    const { inputs, failures, advice } = subject.lifecycle.check(this.connection, declared);
    this.asked.add(subject.urn, inputsOf(subject.kind, inputs));
    const report = this.ground.reports(subject.urn);
    const doubles = failures.length > 0 ? [] : this.objects.shared(subject.urn, subject.kind, inputs);
    for (const line of [...advice, ...doubles]) report.warn(line);
    const missing = failures.length > 0 ? [] : await this.unknownNames(subject, unmarked(request.olds), inputs);
    this.missing.add(subject.urn, missing);
    const known: JsonObject = missing.length > 0 ? { ...inputs, [MISSING]: missing } : inputs;
    const told = failures.map(({ property, reason }) => CheckFailure.encode({ property, reason }));
    return { inputs: sent(subject, known, [secrets]), failures: told };
  }

  async diff(request: Asked<typeof DiffRequest>): Promise<Answer<typeof DiffResponse>> {
    const kept = unmarked(request.olds);
    const news = unmarked(request.news);
    const subject = this.subject(request.urn, news);
    const isDeclared = this.asked.has(subject.urn, inputsOf(subject.kind, news));
    const read = isDeclared ? await this.readNow(subject, request, kept) : undefined;
    const olds = read ?? kept;
    const { changes, ...plan } = subject.lifecycle.diff(this.connection, olds, news);
    const planned = lacksNames(news) ? [] : plan.replaces;
    // Before a program declares what hangs on a source again, the engine asks what becomes of it when that is replaced.
    const isCleared = !isDeclared && news["source"] === UNKNOWN && olds["source"] !== UNKNOWN;
    if (isCleared) await this.during(subject, 0, [], (call) => subject.lifecycle.goesWithSource(call, request.id));
    if (isDeclared)
      subject.lifecycle.declares({ connection: this.connection, journal: this.ground.journal }, request.id, olds);
    this.ids.learn(subject.urn, request.id);
    const isPlan = isDeclared && changes.length > 0 && !lacksNames(news);
    const replaces = isPlan ? await this.foresee(subject, request.id, olds, news, planned) : planned;
    if (changes.length === 0) return diffResponse(false, replaces, []);
    const before = request.oldInputs.length > 0 && !read ? unmarked(request.oldInputs) : olds;
    return diffResponse(true, replaces, detailed(changes, before, news, replaces));
  }

  async create(request: Asked<typeof CreateRequest>): Promise<Answer<typeof CreateResponse>> {
    const secrets = new Secrets();
    const inputs = unmarked(request.properties, secrets);
    const subject = this.subject(request.urn, inputs);
    if (!lacksNames(inputs)) await this.foreseeReplacement(subject, inputs);
    if (request.preview) {
      this.readOnly.tell(this.connection, this.ground.reports(""));
      if (lacksNames(inputs)) await this.tellMissing();
      const met = lacksNames(inputs) ? undefined : await this.foreseeCreation(subject, inputs);
      const id = met ?? plannedId(subject.kind, inputs);
      const outputs = this.outputs(subject, id, outputsInPreview(subject.kind, inputs));
      return { id, properties: sent(subject, outputs, [secrets]), refreshBeforeUpdate: true };
    }
    const created = await this.during(subject, request.timeout, [secrets], (call) => {
      requireNames(subject.kind.title(inputs), inputs);
      return subject.lifecycle.create(call, inputs);
    });
    const outputs = this.outputs(subject, created.id, created.outs);
    return { id: created.id, properties: sent(subject, outputs, [secrets]), refreshBeforeUpdate: true };
  }

  async read(request: Asked<typeof ReadRequest>): Promise<Answer<typeof ReadResponse>> {
    const secrets = [new Secrets(), new Secrets()] as const;
    const properties = unmarked(request.properties, secrets[0]);
    const inputs = unmarked(request.inputs, secrets[1]);
    const subject = this.subject(request.urn, properties);
    const id = request.id;
    if (Object.keys(inputs).length > 0) this.ids.learnOfState(subject.urn, id);
    const found = await this.during(subject, request.timeout, secrets, (call) =>
      subject.lifecycle.read(call, id, properties),
    );
    this.unread.isRead(subject, id);
    if (found.id === "") return {};
    this.unread.isRead(subject, found.id);
    if (found.id !== id && this.ids.of(subject.urn) === found.id) throw importedAlready(id, found.id);
    return {
      id: found.id,
      properties: sent(subject, this.outputs(subject, found.id, found.props ?? {}), secrets),
      inputs: sent(subject, found.inputs ?? {}, secrets),
      refreshBeforeUpdate: true,
    };
  }

  async update(request: Asked<typeof UpdateRequest>): Promise<Answer<typeof UpdateResponse>> {
    const secrets = new Secrets();
    const news = unmarked(request.news, secrets);
    const subject = this.subject(request.urn, news);
    const olds = (await this.unread.found(subject, request.id)) ?? unmarked(request.olds);
    if (request.preview) {
      this.readOnly.tell(this.connection, this.ground.reports(""));
      if (lacksNames(news)) await this.tellMissing();
      const outputs = this.outputs(subject, request.id, outputsInPreview(subject.kind, news, olds));
      return { properties: sent(subject, outputs, [secrets]), refreshBeforeUpdate: true };
    }
    // A process that serves several commands looks again for the next one.
    this.unread.forget(subject, request.id);
    const { outs } = await this.during(subject, request.timeout, [secrets], (call) => {
      requireNames(subject.kind.title(news), news);
      return subject.lifecycle.update(call, request.id, olds, news);
    });
    const outputs = this.outputs(subject, request.id, outs);
    return { properties: sent(subject, outputs, [secrets]), refreshBeforeUpdate: true };
  }

  async delete(request: Asked<typeof DeleteRequest>): Promise<object> {
    const properties = unmarked(request.properties);
    const subject = this.subject(request.urn, properties);
    await this.during(subject, request.timeout, [], (call) => subject.lifecycle.delete(call, request.id, properties));
    return {};
  }

  /** What a function looks up. */
  async ask<T>(args: JsonObject, answer: (session: Session, args: JsonObject) => Promise<T>): Promise<T> {
    const { end, told, ...occasion } = this.ground.calls.begin(this.ground.reports(""));
    try {
      return await answer(await this.connection.session(occasion), args);
    } catch (error) {
      throw explained(error, told);
    } finally {
      end();
    }
  }

  cancel(): object {
    this.ground.calls.cancel();
    return {};
  }

  /** What the tenant lacks is found in an `up` too: the engine does not say which it is. */
  private unknownNames(subject: Subject, olds: JsonObject, inputs: JsonObject): Promise<string[]> {
    return this.during(subject, 0, [], (call) =>
      this.names.ahead(this.connection, () => subject.lifecycle.unknownNames(call, olds, inputs), []),
    );
  }

  /** Fails, unless the program tells by itself or another preview will. */
  private async tellMissing(): Promise<void> {
    const told = this.ground.face.programTells ? undefined : await this.missing.awaited();
    if (told !== undefined) throw new CallError(status.UNKNOWN, told);
  }

  /**
   * The state as the tenant has it, where the engine has not read the resource: it reads only what we marked, and Pulumi's
   * own host takes the mark away.
   */
  private async readNow(
    subject: Subject,
    { id, ignoreChanges }: Asked<typeof DiffRequest>,
    kept: JsonObject,
  ): Promise<JsonObject | undefined> {
    const { lifecycle, kind, urn } = subject;
    const { connection, ground } = this;
    if (ground.destroys || isAction(kind)) return undefined;
    return this.unread.readOnce(subject, id, async () => {
      if (lifecycle.wasRead({ connection, journal: ground.journal }, id)) return undefined;
      const found = await this.during(subject, 0, [], (call) => lifecycle.read(call, id, kept));
      const title = kind.title(inputsOf(kind, kept));
      if (!found.props) throw goneUnread(title);
      const isInPart = ignoreChanges.length > 0;
      const warnings = toldOf(lifecycle.diff(connection, found.props, kept).changes, isInPart);
      this.tell(urn, { lines: [], warnings }, (line) => `${title}: ${line}`);
      return isInPart ? undefined : found.props;
    });
  }

  /** Tells what the plan of an update cannot show; what it replaces then. */
  private async foresee(
    subject: Subject,
    id: string,
    olds: JsonObject,
    news: JsonObject,
    replaces: string[],
  ): Promise<string[]> {
    const { lifecycle, kind, urn } = subject;
    const foreseen = await this.during(subject, 0, [], (call) =>
      asFarAsPossible<Foresight>(() => lifecycle.foresee(call, id, olds, news), { lines: [] }),
    );
    this.tell(urn, foreseen, (line) => `${kind.title(news)}: ${line}`);
    return foreseen.replaces ?? replaces;
  }

  /** The same where what is made shall replace what the resource has had until now. */
  private async foreseeReplacement(subject: Subject, inputs: JsonObject): Promise<void> {
    const { lifecycle, kind, urn } = subject;
    const id = this.ids.of(urn);
    if (id === undefined) return;
    const foreseen = await this.during(subject, 0, [], (call) =>
      asFarAsPossible<Foresight>(() => lifecycle.foreseeReplacement(call, id, inputs), { lines: [] }),
    );
    this.tell(urn, foreseen, (line) => `${kind.title(inputs)}: ${line}`);
  }

  /** The same of a creation; the id of what it takes over. */
  private async foreseeCreation(subject: Subject, inputs: JsonObject): Promise<string | undefined> {
    const { lifecycle, kind, urn } = subject;
    const foreseen = await this.during(subject, 0, [], (call) =>
      this.creations.ahead(this.connection, () => lifecycle.foreseeCreation(call, inputs), NOTHING_MET),
    );
    this.tell(urn, foreseen, (line) => `${kind.title(inputs)} ${line}`);
    return foreseen.id;
  }

  /** Each line once: a refresh of what the program declares unchanged asks for the diff that the plan asks for again. */
  private tell(urn: string, { lines, warnings = [] }: Foresight, whole: (line: string) => string): void {
    const report = this.ground.reports(urn);
    const once = (told: readonly string[], how: "info" | "warn") => {
      for (const line of told.map(whole)) {
        const key = `${urn} ${line}`;
        if (!this.told.has(key)) report[how](line);
        this.told.add(key);
      }
    };
    once(lines, "info");
    once(warnings, "warn");
  }

  private outputs({ kind }: Subject, id: string, properties: JsonObject): JsonObject {
    return this.ground.face.outputs(kind, id, properties);
  }

  private subject(urn: string, properties: JsonObject): Subject {
    const { face } = this.ground;
    const type = typeOf(urn);
    const kind = face.kindOf(type, properties);
    if (!kind) throw new CallError(status.NOT_FOUND, `pulumi-sailpoint has no resource of type ${type}`);
    const lifecycle = this.lifecycles.get(kind) ?? lifecycleOf(kind);
    this.lifecycles.set(kind, lifecycle);
    return { urn, kind, lifecycle, envelope: face.envelope(type, properties) };
  }

  /** What the tenant is asked for, until it is there, its time is over, or the engine wants it no more. */
  private async during<T>(
    subject: Subject,
    seconds: number,
    secrets: readonly Secrets[],
    act: (call: Call) => Promise<T>,
  ): Promise<T> {
    const { calls, reports, journal, destroys } = this.ground;
    const { end, told, ...occasion } = calls.begin(reports(subject.urn), seconds);
    try {
      return await act({ ...occasion, connection: this.connection, journal, destroys });
    } catch (error) {
      if (error instanceof HalfDoneError) throw halfDone(error, (properties) => sent(subject, properties, secrets));
      throw explained(error, told);
    } finally {
      end();
    }
  }
}
