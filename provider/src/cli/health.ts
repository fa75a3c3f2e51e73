import type { Cell, Style } from "./style";

/** A source's `status` says in one word what its last test or aggregation found: `SOURCE_STATE_…`. */
export const isBroken = (status: string | null | undefined): boolean => /ERROR|FAILURE/.test(status ?? "");

export const healthText = (status: string | null | undefined): string =>
  (status ?? "unknown")
    .replace(/^SOURCE_STATE_/, "")
    .replace(/^UNCHECKED_SOURCE/, "NOT_TESTED")
    .replace(/_NO_ACCOUNTS$/, ",_NO_ACCOUNTS")
    .toLowerCase()
    .replaceAll("_", " ");

export function healthCell(status: string | null | undefined, style: Style): Cell {
  const text = healthText(status);
  if (isBroken(status)) return { text, in: style.bad };
  return { text, in: status === "SOURCE_STATE_HEALTHY" ? style.good : style.warning };
}
