import type { Operation } from "./operations";
import { type ApiVersion, apiVersions, pathIn } from "./versions";

/** Something that is no failure and that people should know: the host tells it as a warning. */
export interface Notice {
  /**
   * `deprecated`: the tenant says that what was called will end. `odd`: an answer is not as documented, and a part of it
   * was left out.
   */
  kind: "deprecated" | "odd";
  /** Whole sentences, with what to do. Never a secret. */
  text: string;
  operationId: string;
}

/** Tells each notice once, and that something is deprecated once in all. */
export class Notices {
  private readonly told = new Set<string>();

  constructor(private readonly tell: ((notice: Notice) => void) | undefined) {}

  add(notice: Notice): void {
    const key = notice.kind === "deprecated" ? notice.kind : notice.text;
    if (this.told.has(key)) return;
    this.told.add(key);
    this.tell?.(notice);
  }
}

const preferred: ApiVersion = apiVersions[0];

/** What to do where the tenant answers `X-Deprecated`. An annual version ends as a whole, a service's number by itself. */
export function deprecation(operationId: string, { method, path, number }: Operation, apiVersion: string): Notice {
  const text =
    apiVersion === "services"
      ? `The tenant calls ${method} ${pathIn(apiVersion, path, number)} deprecated: it will end. Look for a newer ` +
        "pulumi-sailpoint, which may call what takes its place."
      : `The tenant calls version ${apiVersion} of the API deprecated (${method} ${path}): it will end. Set ` +
        `sailpoint:apiVersion to ${preferred} (on the command line: --api-version ${preferred}); ` +
        "`pulumi-sailpoint doctor` tells which versions the tenant answers.";
  return { kind: "deprecated", text, operationId };
}

const most = 5;

/** What was left out of an answer. */
export function oddity(operationId: string, { method, path }: Operation, oddities: readonly string[]): Notice {
  const more = oddities.length > most ? `; and ${String(oddities.length - most)} more` : "";
  const text =
    `What the tenant answered to ${method} ${path} is not as documented in places, and was left out there: ` +
    `${oddities.slice(0, most).join("; ")}${more}. The rest was read.`;
  return { kind: "odd", text, operationId };
}
