import { z } from "zod";

import { features } from "./source-shape";

/** What the server does not know of an attribute, such as the `isManaged` of exports, it keeps. */
const attributeSchema = z.looseObject({
  name: z.string().min(1),
  nativeName: z.string().nullish(),
  type: z.enum(["STRING", "LONG", "INT", "BOOLEAN", "DATE"]).nullish(),
  schema: z
    .object({ type: z.literal("CONNECTOR_SCHEMA").optional(), id: z.string(), name: z.string().nullish() })
    .nullish(),
  description: z.string().nullish(),
  isMulti: z.boolean().nullish(),
  /** What older documents call `isMulti`. */
  isMultiValued: z.boolean().nullish(),
  isEntitlement: z.boolean().nullish(),
  isGroup: z.boolean().nullish(),
});

/** What a client may send of a schema. */
export const schemaSchema = z.object({
  name: z.string().min(1),
  nativeObjectType: z.string().nullish(),
  identityAttribute: z.string().nullish(),
  displayAttribute: z.string().nullish(),
  hierarchyAttribute: z.string().nullish(),
  includePermissions: z.boolean().nullish(),
  features: z.array(z.enum(features)).nullish(),
  configuration: z.record(z.string(), z.unknown()).nullish(),
  attributes: z
    .array(attributeSchema)
    .superRefine((attributes, context) => {
      const seen = new Set<string>();
      for (const { name } of attributes) {
        if (seen.has(name)) context.addIssue({ code: "custom", message: `there are two attributes "${name}"` });
        seen.add(name);
      }
    })
    .nullish(),
});

export type SentSchema = z.infer<typeof schemaSchema>;
