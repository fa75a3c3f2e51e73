import { z } from "zod";

/*
 * The pieces that the definitions of the operations share. Objects are loose: what the tenant sends and we do not
 * know is kept. Almost everything may be null or absent, whatever the documentation says.
 */

/** May be absent or null. */
export const maybe = <T extends z.ZodType>(type: T) => type.nullish();
export const text = z.string();
export const flag = z.boolean();
export const whole = z.number();
/** Free JSON by key. */
export const freeform = z.record(z.string(), z.unknown());

/** A reference to another object of the tenant. */
export const reference = z.looseObject({ type: maybe(text), id: maybe(text), name: maybe(text) });
/** Another object of the tenant, by type and id. */
export type Reference = z.infer<typeof reference>;

/** One operation of a JSON Patch (RFC 6902). */
const patchOperation = z.discriminatedUnion("op", [
  z.object({ op: z.enum(["add", "replace", "test"]), path: text, value: z.unknown() }),
  z.object({ op: z.literal("remove"), path: text }),
  z.object({ op: z.enum(["move", "copy"]), path: text, from: text }),
]);
/** One change of a JSON Patch. */
export type PatchOperation = z.infer<typeof patchOperation>;
export const jsonPatch = z.array(patchOperation);

/** A file to upload: its name and its content, text as UTF-8. */
export const file = z.object({ name: text, content: z.union([z.string(), z.instanceof(Uint8Array)]) });
/** A file to upload: its name and content. */
export type UploadFile = z.infer<typeof file>;

/** Query parameters of every collection. */
export const paged = { limit: whole.optional(), offset: whole.optional(), count: flag.optional() };
export const filtered = { filters: text.optional() };
export const sorted = { sorters: text.optional() };
