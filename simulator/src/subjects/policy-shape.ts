import { z } from "zod";

/** The usage types of policies that have a path by usage type. */
export const usageTypes = [
  "CREATE",
  "UPDATE",
  "ENABLE",
  "DISABLE",
  "DELETE",
  "ASSIGN",
  "UNASSIGN",
  "CREATE_GROUP",
  "UPDATE_GROUP",
  "DELETE_GROUP",
  "REGISTER",
  "CREATE_IDENTITY",
  "UPDATE_IDENTITY",
  "EDIT_GROUP",
  "UNLOCK",
  "CHANGE_PASSWORD",
] as const;

/** The usage type whose policies, one for each subtype of the source, have a path by id only. */
export const bySubtype = "CREATE_MACHINE_ACCOUNT";

const anyObject = z.record(z.string(), z.unknown());

const content = {
  name: z.string().nullable(),
  description: z.string().nullish(),
  fields: z
    .array(
      z.looseObject({
        name: z.string(),
        transform: anyObject.nullish(),
        attributes: anyObject.nullish(),
        isRequired: z.boolean().nullish(),
        // The official example of a creation has "" here.
        type: z.enum(["string", "int", "long", "date", "boolean", "secret", ""]).nullish(),
        isMultiValued: z.boolean().nullish(),
      }),
    )
    .nullish(),
};

/** What a client may send of a policy by usage type. */
export const policySchema = z.object({ ...content, usageType: z.enum(usageTypes).optional() });

/** What a client may send of a policy by id. */
export const policyByIdSchema = z.object({
  ...content,
  id: z.string().nullish(),
  usageType: z.enum([...usageTypes, bySubtype]).optional(),
  subtypeId: z.string().nullish(),
});

export type PolicyContent = Pick<z.infer<typeof policySchema>, "name" | "description" | "fields">;
