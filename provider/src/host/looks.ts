import { setTimeout as pause } from "node:timers/promises";
import { ExplainedError, asFarAsPossible } from "../lifecycle";
import type { JsonObject } from "../reconcile";
import { ProblemError } from "../tenant/problem";
import type { Report } from "../tenant/report";
import type { Connection } from "../tenant/session";

/**
 * The names that a resource uses and the tenant lacks, on their way to the program: the engine ends a preview at the
 * first resource whose check fails, while the program can tell all of them. Pulumi shows no key that begins so.
 */
export const MISSING = "__missing";

/**
 * Whether inputs carry such names: then the program fails, and nothing needs to be foretold of them. Nor is anything
 * planned to be replaced, which would begin with a deletion.
 */
export const lacksNames = (inputs: JsonObject): boolean => inputs[MISSING] !== undefined;

/** A creation or update that lacks names: what was found out is as good then, and the plan may have been another. */
export function requireNames(title: string, inputs: JsonObject): void {
  const missing = inputs[MISSING];
  if (Array.isArray(missing)) throw new ExplainedError(title, new ProblemError(missing.join("\n")));
}

/** How long a preview waits for the answer: offline, it goes on without. */
const PATIENCE_MS = 15_000;

/** Looks ahead while a tenant can be reached. Once it cannot, says so and asks it no more in this deployment. */
export class Looks {
  /** The hosts that are asked no more. */
  private readonly over = new Set<string | undefined>();

  /** @param undone What is not done then, as a sentence's beginning. */
  constructor(
    private readonly report: Pick<Report, "info">,
    private readonly undone: string,
  ) {}

  async ahead<T>({ host }: Pick<Connection, "host">, ask: () => Promise<T>, otherwise: T): Promise<T> {
    if (this.over.has(host)) return otherwise;
    const found = await Promise.race([
      asFarAsPossible<T | undefined>(ask, undefined),
      pause(PATIENCE_MS, undefined, { ref: false }),
    ]);
    if (found !== undefined) return found;
    this.giveUp(host);
    return otherwise;
  }

  /** Others that asked at the same time may have said so already. */
  private giveUp(host: string | undefined): void {
    if (this.over.has(host)) return;
    this.over.add(host);
    this.report.info(`${this.undone}: the tenant cannot be reached, or does not let us look`);
  }
}

/** Of the names in a program. */
export const nameLooks = (report: Pick<Report, "info">): Looks =>
  new Looks(report, "The names in the program were not checked");

/** Of what creations meet on the tenant. */
export const creationLooks = (report: Pick<Report, "info">): Looks =>
  new Looks(report, "It was not looked at what creations take over");
