import type { Report } from "../tenant/report";
import type { Connection } from "../tenant/session";

/** Says in a preview that nothing of what is planned on a tenant will be done; once for each. */
export class ReadOnlyHints {
  private readonly told = new Set<string | undefined>();

  tell({ host, readOnly }: Pick<Connection, "host" | "readOnly">, report: Pick<Report, "warn">): void {
    if (!readOnly || this.told.has(host)) return;
    this.told.add(host);
    report.warn(
      `The connection to ${String(host)} is read-only (sailpoint:readOnly): \`up\` will refuse what is planned`,
    );
  }
}
