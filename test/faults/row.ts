import { type RunningTenant, startTenant } from "sailpoint-simulator";
import { contentOf, duplicatesOn } from "./content";
import { Engine, type Result } from "../engine-model/engine";
import { type Fault, type FaultName, faults } from "./kinds-of-faults";
import { type Subject, secrets } from "./subjects";

export const phases = ["create", "update", "refresh", "replace", "destroy"] as const;
export type Phase = (typeof phases)[number];

/** One fault at one request of one phase of one subject. */
export interface Row {
  subject: Subject;
  phase: Phase;
  operationId: string;
  /** Which request of this operation it strikes, from 0. */
  nth: number;
  fault: FaultName;
}

export interface Verdict {
  row: Row;
  /** How many commands without the fault it took after the one with it. */
  commands: number;
  /** Empty: converged. */
  problems: string[];
  duplicates: string[];
  orphans: string[];
  leaks: string[];
  /** The fault never struck: the row says nothing. */
  missed: boolean;
}

const SETTINGS = { settleSeconds: "0.3" };
/** How long a call may take in the command with the fault: some faults last. */
const PATIENCE = { timeoutSeconds: "3" };
/** Commands without the fault until nothing is left to do. */
const MOST_COMMANDS = 2;

export const settingsFor = ({ baseUrl, clientId, clientSecret }: RunningTenant): Record<string, string> => ({
  ...SETTINGS,
  baseUrl,
  clientId,
  clientSecret,
});

/** A tenant with a subject on it, ready for a phase. */
export interface Scene {
  tenant: RunningTenant;
  engine: Engine;
  given: string[];
  /** The command of the phase. */
  act: () => Promise<Result>;
  /** What is to be true afterwards; in the end a command that changes nothing. */
  again: () => Promise<Result>;
}

export async function prepare(subject: Subject, phase: Phase, engineOn = newEngine): Promise<Scene> {
  const tenant = await startTenant();
  try {
    const before = new Engine(settingsFor(tenant));
    succeeded(await before.up(subject.given), "the given sources");
    const given = subject.given.map(({ name }) => before.idOf(name));
    for (const [part, content] of Object.entries(subject.former)) {
      for (const id of given) tenant.admin.put(`/sources/${id}/${part}`, content);
    }
    const engine = engineOn(tenant);
    const declared = subject.declared(given);
    const goal = phase === "update" ? subject.updated(given) : phase === "replace" ? subject.replaced(given) : declared;
    if (phase !== "create") succeeded(await engine.up(declared), "the declared resources");
    const destroys = phase === "destroy";
    const again = () => (destroys ? engine.destroy() : engine.up(goal));
    return { tenant, engine, given, again, act: phase === "refresh" ? () => engine.refresh() : again };
  } catch (error) {
    await tenant.close();
    throw error;
  }
}

const newEngine = (tenant: RunningTenant) => new Engine(settingsFor(tenant));

function succeeded({ errors }: Result, what: string): void {
  if (errors.length > 0) throw new Error(`Without a fault ${what} cannot be deployed: ${errors.join("\n")}`);
}

/** What a phase sends and leaves behind when nothing goes wrong. */
export interface Recording {
  operations: string[];
  content: string[];
}

export async function record(subject: Subject, phase: Phase): Promise<Recording> {
  const scene = await prepare(subject, phase);
  try {
    scene.tenant.clearRequests();
    succeeded(await scene.act(), `phase ${phase} of ${subject.name}`);
    const operations = scene.tenant.requests().map(({ operationId }) => operationId ?? "unknown");
    const { steps, errors } = await scene.again();
    if (steps.length + errors.length > 0) {
      throw new Error(`Without a fault ${subject.name} does not settle: ${JSON.stringify({ steps, errors })}`);
    }
    return { operations, content: contentOf(scene.tenant) };
  } finally {
    await scene.tenant.close();
  }
}

/** Every request of a phase with every fault. */
export function rowsOf(subject: Subject, phase: Phase, { operations }: Recording): Row[] {
  const seen = new Map<string, number>();
  return operations.flatMap((operationId) => {
    const nth = seen.get(operationId) ?? 0;
    seen.set(operationId, nth + 1);
    return (Object.keys(faults) as FaultName[]).map((fault): Row => ({ subject, phase, operationId, nth, fault }));
  });
}

/** On a busy machine a call may come too late and the command end before the fault: then once more. */
export async function judge(row: Row, expected: Recording): Promise<Verdict> {
  const verdict = await judgeOnce(row, expected);
  return verdict.missed ? judgeOnce(row, expected) : verdict;
}

async function judgeOnce(row: Row, expected: Recording): Promise<Verdict> {
  const scene = await prepare(row.subject, row.phase);
  try {
    return await struck(scene, row, faults[row.fault], expected);
  } finally {
    await scene.tenant.close();
  }
}

async function struck(scene: Scene, row: Row, fault: Fault, expected: Recording): Promise<Verdict> {
  const { tenant, engine } = scene;
  tenant.clearRequests();
  tenant.admin.fault({ ...fault, operationId: row.operationId, skip: row.nth });
  engine.extra = PATIENCE;
  const messages = [...(await scene.act()).errors];
  engine.extra = {};
  tenant.admin.clearFaults();
  const missed = !tenant.requests().some(({ fault: kind }) => kind !== undefined);
  const { commands, problems, errors } = await settle(scene, expected);
  messages.push(...errors);
  return {
    row,
    commands,
    problems,
    duplicates: duplicatesOn(tenant),
    orphans: orphansOn(tenant, engine, scene.given),
    leaks: leaksIn(messages.join("\n"), tenant),
    missed,
  };
}

export interface Settled {
  commands: number;
  problems: string[];
  errors: string[];
}

/** Goes on without a fault until a command changes nothing, and compares what is there then. */
export async function settle({ tenant, again }: Scene, expected: Recording): Promise<Settled> {
  const errors: string[] = [];
  for (let commands = 1; ; commands += 1) {
    const result = await again();
    errors.push(...result.errors);
    if (result.steps.length + result.errors.length === 0) {
      return { commands: commands - 1, problems: differences(contentOf(tenant), expected.content), errors };
    }
    if (commands > MOST_COMMANDS) {
      return { commands, problems: [`not settled: ${JSON.stringify({ ...result })}`], errors };
    }
  }
}

function differences(found: string[], wanted: string[]): string[] {
  return [
    ...wanted.filter((line) => !found.includes(line)).map((line) => `missing ${line}`),
    ...found.filter((line) => !wanted.includes(line)).map((line) => `unexpected ${line}`),
  ];
}

/** Sources that were not there before and that no state knows. */
export function orphansOn(tenant: RunningTenant, engine: Engine, given: readonly string[]): string[] {
  const known = new Set([...given, ...engine.kept().map(({ id }) => id.split("/")[0])]);
  return Object.entries(tenant.admin.state()["sources"] ?? {})
    .filter(([id, source]) => !known.has(id) && (source as { name: string }).name !== "Corporate Directory")
    .map(([id]) => id);
}

function leaksIn(text: string, tenant: RunningTenant): string[] {
  const hidden = [...secrets, tenant.clientSecret];
  return [...hidden.filter((secret) => text.includes(secret)), ...(text.includes("Bearer ey") ? ["the token"] : [])];
}
