import { applyPatch, JsonPatchError, type Operation as PatchOperation } from "fast-json-patch";
import { z } from "zod";

import type { Behaviours } from "../behaviours";
import type { JsonObject } from "../json";
import { immutable, invalid } from "./errors";

const needsValue = ["add", "replace", "test"];

const operationSchema = z
  .object({
    op: z.enum(["add", "remove", "replace", "move", "copy", "test"]),
    path: z.string().regex(/^(\/([^~]|~[01])*)?$/, "is not a JSON Pointer"),
    from: z.string().optional(),
    value: z.unknown().optional(),
  })
  .refine(({ op, from }) => (op !== "move" && op !== "copy") || from !== undefined, "move and copy need from")
  .refine((operation) => !needsValue.includes(operation.op) || "value" in operation, "value is missing");

const bodySchema = z.array(operationSchema);

/** The object with a JSON Patch applied, all of it or nothing; refuses operations on immutable fields. */
export function patched(
  object: Readonly<JsonObject>,
  body: unknown,
  immutableFields: readonly string[],
  behaviours: Behaviours,
): JsonObject {
  const operations = operationsOf(body, behaviours);
  for (const { op, path, ...rest } of operations) {
    if (op === "test") continue;
    const touched = op === "move" && "from" in rest ? [path, rest.from] : [path];
    for (const pointer of touched) {
      const field = unescape(pointer.split("/")[1] ?? "");
      if (immutableFields.includes(field)) throw immutable(field);
    }
  }
  return apply(object, operations);
}

function operationsOf(body: unknown, behaviours: Behaviours): PatchOperation[] {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) {
    throw invalid(...parsed.error.issues.map((issue) => `${issue.path.join("/")}: ${issue.message}`));
  }
  return parsed.data.map((operation) => {
    const nulled = operation.value === null && operation.op !== "test";
    if (nulled && behaviours.patchNull === "refuse")
      throw invalid(`The value of "${operation.path}" must not be null.`);
    if (nulled && behaviours.patchNull === "remove") return { op: "remove", path: operation.path };
    return operation as PatchOperation;
  });
}

function apply(object: Readonly<JsonObject>, operations: PatchOperation[]): JsonObject {
  try {
    return applyPatch(structuredClone(object) as JsonObject, operations, true, true).newDocument;
  } catch (error) {
    if (error instanceof JsonPatchError) throw invalid(`${error.name}: ${firstLine(error.message)}`);
    if (error instanceof TypeError) throw invalid(firstLine(error.message));
    throw error;
  }
}

const firstLine = (text: string) => text.split("\n")[0] ?? text;
const unescape = (segment: string) => segment.replaceAll("~1", "/").replaceAll("~0", "~");
