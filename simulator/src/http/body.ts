import type { z } from "zod";

import { invalid } from "./errors";

/** The body in this shape; refused with one cause for each thing that is wrong with it. */
export function bodyAs<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw invalid(...parsed.error.issues.map(({ path, message }) => said(path, message, body)));
}

function said(path: readonly PropertyKey[], message: string, body: unknown): string {
  const name = path.join(".") || "body";
  const at = (inner: unknown, step: PropertyKey): unknown =>
    typeof inner === "object" && inner !== null ? Reflect.get(inner, step) : undefined;
  const value = path.reduce(at, body);
  return value === undefined ? `${name} is required.` : `${name}: ${message}.`;
}
