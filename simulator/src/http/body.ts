import type { z } from "zod";

import { invalid } from "./errors";

/** The body in this shape; refused with one cause for each thing that is wrong with it. */
export function bodyAs<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw invalid(...parsed.error.issues.map(({ path, message }) => `${path.join(".") || "body"}: ${message}`));
}
