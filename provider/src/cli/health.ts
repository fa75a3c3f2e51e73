import type { Cell, Style } from "./style";

/** A source's `status` says in one word what its last test or aggregation found: `SOURCE_STATE_…`. */
export const isBroken = (status: string | null | undefined): boolean => /ERROR|FAILURE/.test(status ?? "");

export function healthCell(status: string | null | undefined, style: Style): Cell {
  const text = (status ?? "unknown")
    .replace(/^SOURCE_STATE_/, "")
    .toLowerCase()
    .replaceAll("_", " ");
  if (isBroken(status)) return { text, in: style.bad };
  return { text, in: status === "SOURCE_STATE_HEALTHY" ? style.good : style.warning };
}
