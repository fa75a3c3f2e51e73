import { SailPointError } from "./errors";
import { apiVersions } from "./versions";

/**
 * Which versions of the API the tenant has answered in. A 404 of one that it does not know looks like that of an object
 * that is gone, and some tenants even word it so: until a version has answered once, its list of sources, which is
 * always there, tells the two apart.
 */
export class Answered {
  private readonly versions = new Set<string>();
  private readonly asked = new Map<string, Promise<void>>();

  has(version: string): boolean {
    return this.versions.has(version);
  }

  add(version: string): void {
    this.versions.add(version);
  }

  /** Lets the error be, unless the tenant does not know the version: then it fails with one that says so. */
  async doubt(error: unknown, version: string, listSources: () => Promise<unknown>): Promise<void> {
    if (!isAbsence(error) || this.has(version)) return;
    let asked = this.asked.get(version);
    if (!asked) {
      asked = this.ask(version, listSources).finally(() => this.asked.delete(version));
      this.asked.set(version, asked);
    }
    await asked;
  }

  private async ask(version: string, listSources: () => Promise<unknown>): Promise<void> {
    try {
      await listSources();
    } catch (error) {
      // Who may not list sources is known to a version that is there.
      if (!(error instanceof SailPointError && error.kind === "permission")) throw error;
    }
    this.add(version);
  }
}

export const isAbsence = (error: unknown): error is SailPointError =>
  error instanceof SailPointError && error.status === 404;

/** The list of sources itself is not there: neither is the version. */
export function unknownVersion(error: SailPointError, version: string, context: string | undefined) {
  const { method, path, status, detail, operationId } = error;
  const others = apiVersions.filter((other) => other !== version).join(", ");
  return new SailPointError({
    kind: "configuration",
    context,
    happened: `${context === undefined ? "The" : "the"} tenant does not know the version "${version}" of the API: it refuses ${method ?? ""} ${path ?? ""} (404)`,
    detail,
    operationId,
    method,
    path,
    status,
    remedy:
      `Set sailpoint:apiVersion to one that it knows, of ${others} (on the command line: --api-version); ` +
      "`pulumi-sailpoint doctor` tells which. What is deployed is read by the version in its state: `pulumi up " +
      "--run-program` takes the one that is set.",
  });
}
